"""What outlives a build: the cache, the record of the last build, and the finished books.

cache.py        what one build made and the next can use
record.py       by which a build finds that nothing has changed
fingerprint.py  what takes part beside the manuscript
outputs.py      books written whole or not at all
"""
