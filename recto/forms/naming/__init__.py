"""How the names of pieces are read, whatever the form: in headings, in file names, as matter of the book."""
