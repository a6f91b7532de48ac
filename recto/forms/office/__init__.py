"""What Word's documents and LibreOffice's have in common: how XHTML of either becomes Markdown."""
