"""The book read for its index: its prose block by block, its words, and what each section tells of itself."""
