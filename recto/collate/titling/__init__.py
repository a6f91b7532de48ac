"""What chapters are called: their headings made one, and titles for those that have none."""
