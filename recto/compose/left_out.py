"""What a template of the book's own leaves out: sections that are in none of the documents it makes.

Shipped templates leave nothing out; nor is it looked for where a book has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recto.door import shipped_folder
from recto.model import Galley
from recto.problems import Problem, error, shown
from recto.theme import Theme


def left_out(
    galleys: Sequence[Galley], documents: Iterable[str], theme: Theme, folder: str
) -> Iterator[Problem]:
    """An error for each section whose anchor is no `id` in any document; `folder` has the templates."""
    own = list(_own(theme, folder))
    if not own:
        return
    made = "\n".join(documents)
    hint = f"see {', '.join(own)}: what comes in must go out, or delete the file to use the shipped one"
    for galley in galleys:
        for section in galley.all_sections:
            heading = section.heading
            if f'id="{heading.anchor}"' not in made:
                name = f"{heading.number} {heading.title}".strip() or heading.anchor
                message = f"a template of the book in templates/{folder} leaves out “{name}”"
                yield error("template-drops", message, section.place, hint=hint, subject=heading.anchor)


def _own(theme: Theme, folder: str) -> Iterator[str]:
    """The files of a folder of templates that are not shipped."""
    shipped = tuple(shipped_folder() / name for name in ("templates", "themes"))
    for name, path in sorted(theme.templates.items()):
        if name.startswith(f"{folder}/") and not any(path.is_relative_to(top) for top in shipped):
            yield shown(path)
