"""Plain text: a heading is a line with a number alone between blank lines; all else is text, as it stands."""

from __future__ import annotations

from recto.forms.form import SourceForm, Syntax
from recto.forms.text.endings import is_prose, left_over
from recto.forms.text.reading import facts, outline, read
from recto.forms.text.setting import paragraphs

TEXT = Syntax("text", "4.2 Title", is_prose, left_over, names_files=False, ending=".txt", xhtml=paragraphs)
FORM = SourceForm("text", (".txt", ".text"), TEXT, read, outline, facts=facts)
