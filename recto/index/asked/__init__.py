"""What the author asks of the index: marks in the text, a list of terms, the patterns that find them; and
what the list decides of headings and places that are there.
"""
