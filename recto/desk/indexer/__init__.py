"""The index by hand, on the page of the desk.

indexing.py      the index as it is judged: entries with their sentences, candidates below the line
decisions.py     what the indexer can decide, as changes of the list; list_editing.py the list meanwhile
term_list.py     the file index.toml: written at once, taken back step by step
foresight.py     how the index will look after a decision, before the next build has made it
"""
