"""The notations of others, each read in one place: XHTML as trees, CSS by tokens, TOML with its lines."""
