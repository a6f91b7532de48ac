"""The images of a book: found, looked at before they are taken, and named."""
