"""Formulas: MathML for the e-book, a drawing of outlines for print.

formula.py         LaTeX's words        mathml.py   MathML that an author pastes
formula_pieces.py  where a long one may be parted
"""
