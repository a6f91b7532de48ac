"""What the author asks of the index: marks in the text, a list of terms, and the patterns that find them."""
