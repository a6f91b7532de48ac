"""bookdown: `_bookdown.yml` or an index.Rmd of its site; nothing in it is run."""

from __future__ import annotations

from recto.forms.bookdown.ordering import order
from recto.forms.bookdown.part_headings import outline
from recto.forms.form import SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import read
from recto.forms.pandoc import finish, prepare

FORM = SourceForm("bookdown", (".rmd", ".md"), MARKDOWN, read, outline, order, prepare, finish=finish)
