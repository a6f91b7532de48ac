"""To begin a book: a new one, or any source as a tidy folder that builds the same.

begin.py, starter/   a new book, and its files
origin.py            where this Recto was taken from, for the workflow of a new book
unfold.py            a source turned into a folder: tidy_files.py its files, tidy_text.py their texts,
                     tidy_settings.py its book.toml
"""
