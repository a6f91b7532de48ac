"""The author's desk: to begin a book, to see it while writing, to make its index by hand.

    begin.py     a new book
    starter/     its files

It stands on the pipeline, and nothing stands on it: a build never loads it (tests/test_architecture.py).
"""
