"""The author's desk: to begin a book, to see it while writing, to make its index by hand.

    beginning/           a new book, and any source as a tidy folder
    desk.py              the last good book (proofs.py, ebook.py), and how the last build went
    advance.py           which pages may be shown before the book is bound
    concordance.py       from a word of a book to its line
    indexer/             the index by hand
    serving.py           builds go on, a server tells of them; guard.py whom it lets in
    server.py            what the page in the browser asks for; telling.py as JSON
    page/                that page; vendor/ is others' work, with their licences
    reproduction.py      whether a book comes out the same whoever builds it; difference.py where it doesn't

It stands on the pipeline, and nothing stands on it: a build never loads it (tests/test_architecture.py).
"""
