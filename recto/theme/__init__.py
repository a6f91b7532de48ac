"""The theme: how a book looks, as data (theme.toml), style sheets and templates.

    theme = find(book_folder, config)

`theme.look` is what can be said in data; `theme.paper()`, `theme.screen()` and `theme.cover()` are the style
sheets of the print book, the e-book and the cover.
"""

from recto.door import shipped_folder
from recto.theme.chain import manual
from recto.theme.look import Look
from recto.theme.overlay import find
from recto.theme.theme_files import Theme

__all__ = ["Look", "Theme", "find", "manual", "shipped_folder"]
