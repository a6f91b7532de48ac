"""The print book composed: units in binding order, made ready for the printed page."""
