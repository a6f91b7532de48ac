"""The index: marks, a list of terms, and an automatic draft become headings with locators."""
