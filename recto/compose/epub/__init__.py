"""The e-book composed: documents in reading order, made ready for the screen."""
