"""Recto: a book compiler."""

__version__ = "0.1.0"
