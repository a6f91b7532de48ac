"""The settings of a book: what book.toml says, and what follows from it before a stage has run."""
