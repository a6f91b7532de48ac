"""The automatic draft: candidates out of the readings, what speaks for each, their forms, their homes."""
