"""The PDF of a unit: its last touches, and folded for binding."""
