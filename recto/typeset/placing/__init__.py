"""The second pass: drafts find their places in the book, and references what they name."""
