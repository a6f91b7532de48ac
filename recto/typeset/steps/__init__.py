"""The steps that change the tree of a section, one after another (recto.typeset.markdown_steps)."""
