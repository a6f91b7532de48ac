"""The second pass, second half: references find what they name, anywhere in the book."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from recto.galley import MISSING, NOTEREF, NUMBER_ALONE, ONLY, XREF
from recto.ids import composed
from recto.model import Definition
from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, has_class
from recto.numbering import Number
from recto.problems import Place, Problem, warning
from recto.typeset.draft import Draft
from recto.typeset.language import label, reference
from recto.typeset.placing.addresses import encoded, is_whole
from recto.typeset.placing.entries import ROLES, look_up
from recto.typeset.placing.file_links import SourceFiles
from recto.typeset.placing.link_targets import Targets
from recto.typeset.placing.placer import PlacedDraft
from recto.typeset.placing.sentences import begins_sentence
from recto.typeset.placing.series import set_number
from recto.typeset.placing.slugs import Slugs
from recto.typeset.sanitise import SCHEMES
from recto.typeset.work import line_of

_NAMED = re.compile(r"(?:chapter|appendix|section)-((?:[a-z]|\d{1,4})(?:-\d{1,4}){0,7})", re.IGNORECASE)
_GITHUB = "user-content-"  # what GitHub puts before each id of a page, and authors copy
_SEARCHES = 50
_CALLED = {"paper": "printed book", "screen": "e-book"}
_CLASSES = {medium: name for name, medium in ONLY.items()}
_NUMBERED = frozenset({"figure", "table", "listing", "equation", "section", "chapter", "appendix", "part"})


class References:
    """Resolves the links of all drafts.

    `numbers` maps numbers typed in the manuscript to anchors (Book.numbers); `slugs` are the headings as
    GitHub names them, `files` the files that links may name.
    """

    def __init__(
        self,
        anchors: Targets,
        numbers: Mapping[str, str],
        slugs: Slugs,
        files: SourceFiles,
        words: Mapping[str, str],
    ) -> None:
        self.anchors, self.numbers, self.slugs, self.files = anchors, numbers, slugs, files
        self.words = words
        self.problems: list[Problem] = []
        self._looked = 0
        self._has_terms = any(each.kind == "term" for each in anchors.definitions.values())

    def resolve(self, placed: PlacedDraft) -> None:
        """Resolve every link of a draft, and every term that the glossary explains."""
        if self._has_terms:
            self.problems += look_up(placed, self.anchors)
        for link in [element for element in placed.elements() if element.tag == "a"]:
            if has_class(link, NOTEREF) or link.get("role") in ROLES.values():
                continue
            href = (link.get("href") or "").strip()
            href = f"https:{href}" if href.startswith("//") else href  # as a page of the web would have it
            if href.partition(":")[0].lower() in SCHEMES and ":" in href:
                (self._lead_out if is_whole(href) else self._lead_nowhere)(placed.draft, link, href)
            elif href.startswith("#"):
                self._refer(placed, link, unquote(href[1:]))
            elif href or not link.get("id"):
                self._relative(placed, link, href)

    def _lead_out(self, draft: Draft, link: Element, href: str) -> None:
        """A link to the web; one without words shows its address."""
        link.set("href", encoded(href))
        if xhtml.words(link) or any(child.tag == "img" for child in link.iter()):
            return
        link.text = href
        hint = f"write the words of the link, or <{href[:60]}> to print the address"
        place = self._place(draft, link, href)
        self.problems.append(
            warning(
                "link-wordless", "a link without words shows its address", place, hint=hint, subject=href[:80]
            )
        )

    def anchor(self, target: str, file: str = "", *, there: bool = False) -> str | None:
        """The anchor that a target means in a file: an id of the book, a number as typed, a heading's slug.

        Where the link names the file (`there`), a heading or an id of that file goes before all others.
        """
        if there and (found := self._inside(target, file)) is not None:
            return found
        found = self._anywhere(target, file)
        if found is None and target.startswith(_GITHUB):
            return self.anchor(target.removeprefix(_GITHUB), file, there=there)
        return found

    def _anywhere(self, target: str, file: str) -> str | None:
        return (
            self._named(target)
            or (self.slugs.find(target, file) if file else None)
            or self.slugs.find(target, None)
        )

    def _inside(self, target: str, file: str) -> str | None:
        named = self.anchors.names.get(composed(target))
        if named is not None and self.anchors.places[named].file == file:
            return named
        return self.slugs.find(target, file)

    def _named(self, target: str) -> str | None:
        """An id of the book, or a number as typed in the manuscript."""
        if (named := self.anchors.names.get(composed(target))) is not None:
            return named
        if target in self.anchors.definitions and target not in self.numbers.values():
            return target
        number = Number.parse(target.upper())
        if number is None and (found := _NAMED.fullmatch(target)):
            number = Number.parse(found[1].upper().replace("-", "."))
        if number is not None and str(number) in self.numbers:
            return self.numbers[str(number)]
        return target if target in self.anchors.definitions else None

    def _refer(self, placed: PlacedDraft, link: Element, target: str, file: str = "") -> None:
        """Resolve a link to a target; `file` is set where the link names the file that it stands in."""
        draft = placed.draft
        own = draft.section.place.file
        first = self.files.anchor(file or own)
        anchor = self.anchor(target, file or own, there=bool(file)) if target else first
        if anchor is None:
            self._missing(draft, link, target)
            return
        self._reach(placed, link, anchor)
        link.attrib.pop("data-typed", None)
        definition = self.anchors.definitions.get(anchor) or Definition(anchor, "other", "", "")
        if definition.kind in ROLES:
            link.set("role", ROLES[definition.kind])
        else:
            add_class(link, XREF)
        link.set("href", f"#{anchor}")
        link.set("data-kind", definition.kind)
        if xhtml.words(link) or len(link):
            return
        shown = self._words(definition, link), self._words(_on_screen(definition), link)
        set_number(link, *shown)
        if not all(shown):
            hint = f"write the words of the link: [words](#{target})"
            message = f"a reference to #{target} has no words of its own, and {target} has no number or title"
            self.problems.append(warning("reference-wordless", message, self._place(draft, link), hint=hint))
            link.text = target
            add_class(link, MISSING)

    def _words(self, definition: Definition, link: Element) -> str:
        if definition.kind not in _NUMBERED or not definition.number:
            return definition.title
        if has_class(link, NUMBER_ALONE):
            return definition.number
        name = label if begins_sentence(link) else reference
        return name(definition.kind, definition.number, self.words)

    def _reach(self, placed: PlacedDraft, link: Element, anchor: str) -> None:
        """Tell of a reference to what one edition alone has, from text that is in others as well."""
        there = self.anchors.only.get(anchor, "")
        described = link.get("data-described") is not None  # follows its target, see described.py
        if there and placed.medium_of(link) != there and not described:
            message = (
                f"#{anchor} is in the {_CALLED[there]} alone, and this refers to it from another book, too"
            )
            hint = f"put the reference into text for that book: [words](#{anchor}){{.{_CLASSES[there]}}}"
            self.problems.append(
                warning("edition-reference", message, self._place(placed.draft, link, anchor), hint=hint)
            )

    def _missing(self, draft: Draft, link: Element, target: str) -> None:
        near = self._near(target, draft.section.place.file)
        hint = f"did you mean #{near}?" if near else "give it as {#id} after a heading or in a caption"
        subject = str(draft.section.number or draft.section.role or "")
        message = f"there is nothing named #{target}"
        place = self._place(draft, link, target)
        self.problems.append(warning("reference-missing", message, place, hint=hint, subject=subject))
        if not xhtml.words(link) and not len(link):
            link.text = link.get("data-typed") or f"#{target}"
        _unlink(link)
        add_class(link, MISSING)

    def _near(self, target: str, file: str) -> str:
        """The known target that is nearest; looked for only so often, since it costs a look at every one."""
        self._looked += 1
        if self._looked > _SEARCHES or len(target) > 100:
            return ""
        known = [*self.anchors.names, *self.slugs.known(file), *self.anchors.definitions, *self.numbers]
        return next(iter(difflib.get_close_matches(target, known, n=1, cutoff=0.6)), "")

    def _relative(self, placed: PlacedDraft, link: Element, href: str) -> None:
        """A link to another file of the manuscript means what stands there."""
        draft = placed.draft
        path, _, fragment = href.partition("#")
        file = self.files.find(path, draft.section.place.file) if path else None
        if file is not None:
            self._refer(placed, link, unquote(fragment), file)
            return
        self._lead_nowhere(draft, link, href)

    def _lead_nowhere(self, draft: Draft, link: Element, href: str) -> None:
        message = f"the link to {href[:80]!r} leads nowhere in a book" if href else "this link leads nowhere"
        hint = "write a whole address (https://…), #id for a place in the book, or a file of the manuscript"
        subject = str(draft.section.number or draft.section.role or "")
        self.problems.append(
            warning("link-broken", message, self._place(draft, link, href), hint=hint, subject=subject)
        )
        if not xhtml.words(link) and not len(link):
            link.text = href
            add_class(link, MISSING)
        _unlink(link)

    @staticmethod
    def _place(draft: Draft, link: Element, target: str = "") -> Place:
        line = line_of(link)
        if line is None and target and (offset := draft.source.find(target)) >= 0:
            line = draft.section.text_line + draft.source.count("\n", 0, offset)
        return Place(draft.section.place.file, line) if line else draft.section.place


def _on_screen(definition: Definition) -> Definition:
    return replace(definition, number=definition.screen_number or definition.number)


def _unlink(link: Element) -> None:
    """Let a link that leads nowhere be words of the text; an id that it has stays a place."""
    link.tag = "span"
    for name in ("href", "data-kind", "data-typed"):
        link.attrib.pop(name, None)
