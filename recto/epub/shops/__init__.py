"""Shops for e-books, a data file each (recto.epub.shop_gate reads them)."""
