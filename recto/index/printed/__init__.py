"""The index as it is printed: headings collated, locators merged, in the words of the book's language."""
