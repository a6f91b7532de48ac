"""Blocks: epigraphs, verse, boxes, tables, task lists, paragraphs that hold only marks."""

from __future__ import annotations

import re

from recto.galley import INDEX_MARKS, kind
from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, class_names, has_class
from recto.typeset.language import admonition
from recto.typeset.work import Work, get_run, has_text, is_block, line_of, set_run

_DASH = re.compile(r"\s*(?:—|–|--)")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|\Z)", re.IGNORECASE)
_OTHER_ALERT = re.compile(r"\[![A-Za-z]+\]")
_TASK = re.compile(r"\[([ xX])\]\s+")
_BOXES = {" ": "☐ ", "x": "☑ "}


def epigraphs(work: Work) -> None:
    """A block quote of class epigraph: its last line, where it begins with a dash, is the attribution."""
    for quote in work.blocks("blockquote"):
        paragraphs = [child for child in quote if child.tag == "p"]
        if not paragraphs:
            continue
        last = paragraphs[-1]
        if has_class(last, "epigraph"):  # `{.epigraph}` directly below the quotation reads as part of it
            last.attrib.pop("class")
            add_class(quote, "epigraph")
        if has_class(quote, "epigraph"):
            _attribution(last)


def _attribution(last: Element) -> None:
    if _DASH.match(last.text or ""):
        add_class(last, "attribution")
        return
    runs = [(last, False), *((child, True) for child in last)]
    for node, tail in reversed(runs):
        text = (node.tail if tail else node.text) or ""
        head, newline, line = text.rpartition("\n")
        if not newline:
            continue
        if _DASH.match(line):
            made = xhtml.element("p", {"class": "attribution"}, line.lstrip())
            for child in list(node.itersiblings()) if tail else list(last):
                made.append(child)
            if tail:
                node.tail = head
            else:
                last.text = head
            last.addnext(made)
        return


def poems(work: Work) -> None:
    """In verse (`| line`, or `{.poem}` on any lines that end where they are typed) every line is a block."""
    for poem in [each for each in work.root.iter() if has_class(each, "poem")]:
        stanzas = [poem] if poem.tag == "p" else [child for child in poem if child.tag == "p"]
        for stanza in stanzas:
            if poem.tag != "div":  # in a line block, a line of the source may go on with the one before
                _break_lines(stanza)
            _verses(stanza)


def _break_lines(stanza: Element) -> None:
    """End the lines of a stanza where they end in the source."""
    for node in (stanza, *stanza):
        tail = node is not stanza
        text = get_run(node, tail)
        first, *more = text.lstrip("\n").split("\n") if tail and node.tag == "br" else text.split("\n")
        set_run(node, tail, first)
        for line in more:
            made = xhtml.element("br")
            made.tail = line
            if tail:
                node.addnext(made)
            else:
                stanza.insert(0, made)
            node, tail = made, True


def _verses(stanza: Element) -> None:
    verse = xhtml.element("span", {"class": "verse"}, stanza.text)
    children, made = list(stanza), [verse]
    for child in children:
        if child.tag == "br":
            verse = xhtml.element("span", {"class": "verse"}, (child.tail or "").lstrip("\n"))
            made.append(verse)
        else:
            verse.append(child)
    stanza.text = None
    stanza[:] = made
    for each in made[:-1]:
        each.tail = "\n"


def alerts(work: Work) -> None:
    """GitHub's boxes: a quotation that begins with `[!NOTE]`."""
    for quote in work.blocks("blockquote"):
        first = next(iter(quote), None)
        if first is None or first.tag != "p":
            continue
        if not (found := _ALERT.match(first.text or "")):
            _tell_of_another(first, work)
            continue
        kind = found[1].lower()
        first.text = (first.text or "")[found.end() :]
        if not len(first) and not first.text.strip():
            xhtml.remove(first)
        quote.tag = "div"
        add_class(quote, "admonition", kind)
        title = xhtml.element("p", {"class": "admonition-title"}, admonition(kind, work.style.language))
        quote.text, title.tail = None, quote.text
        quote.insert(0, title)


def _tell_of_another(first: Element, work: Work) -> None:
    if found := _OTHER_ALERT.match(first.text or ""):
        hint = "a box is a quotation that begins with [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]"
        message = f"{found[0]} is no box of GitHub's: a quotation was made of it"
        work.warning("markup-unknown", message, line_of(first), hint)


def admonitions(work: Work) -> None:
    """`!!! tip "Title"` as an aside with the role it has."""
    for box in work.blocks("div"):
        if has_class(box, "admonition"):
            box.tag = "aside"
            box.set("role", "doc-tip" if has_class(box, "tip") else "note")
            kind = next((n for n in class_names(box) if n != "admonition"), "note")
            title = next((child for child in box if has_class(child, "admonition-title")), None)
            if title is None:
                box.set("aria-label", admonition(kind, work.style.language))
            elif title.text == kind.capitalize() and not len(title):  # the one that Markdown made up
                title.text = admonition(kind, work.style.language)


def tables(work: Work) -> None:
    """Alignment as a class; every header cell says what it heads."""
    for cell in work.blocks("th", "td"):
        align = cell.attrib.pop("align", "")
        if align in ("left", "right", "center"):
            add_class(cell, align)
        if cell.tag == "th" and not cell.get("scope"):
            in_head = any(above.tag == "thead" for above in cell.iterancestors())
            first = cell.getprevious() is None
            cell.set("scope", "row" if first and not in_head and not _only_headers(cell) else "col")


def _only_headers(cell: Element) -> bool:
    row = cell.getparent()
    return row is not None and all(each.tag == "th" for each in row)


def task_lists(work: Work) -> None:
    """`[ ]` and `[x]` at the beginning of an item become boxes."""
    for item in work.blocks("li"):
        holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        if found := _TASK.match(holder.text or ""):
            add_class(item, "task")
            holder.text = _BOXES[found[1].lower()] + (holder.text or "")[found.end() :]


def lone_marks(work: Work) -> None:
    """A paragraph that holds nothing but index marks prints nothing: its marks move to the nearest text."""
    for paragraph in work.blocks("p"):
        if not len(paragraph) and not (paragraph.text or "").strip():
            xhtml.remove(paragraph)
        elif _only_marks(paragraph):
            _move_marks(paragraph)


def _only_marks(paragraph: Element) -> bool:
    texts = [paragraph.text, *(child.tail for child in paragraph)]
    empty = all(child.get("data-mark") and not len(child) and not child.text for child in paragraph)
    return empty and not any((text or "").strip() for text in texts)


def _move_marks(paragraph: Element) -> None:
    marks = list(paragraph)
    if (host := _next_text(paragraph)) is not None:
        for mark in reversed(marks):
            mark.tail, host.text = host.text, None
            host.insert(0, mark)
    elif (host := _last_text(paragraph)) is not None:
        for mark in marks:
            mark.tail = None
        host.extend(marks)
    else:  # only code or a table stands beside it: a block without any height
        paragraph.tag, paragraph.text = "div", None
        add_class(paragraph, INDEX_MARKS)
        for mark in marks:
            mark.tail = None
        return
    xhtml.remove(paragraph)


def _next_text(paragraph: Element) -> Element | None:
    """The block that the first text after a paragraph stands in."""
    following = paragraph.getnext()
    while following is not None and following.tag not in ("table", "pre", "hr") and kind(following) != "note":
        if following.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt") or has_text(following):
            return following
        following = next(iter(following), None)
    return None


def _last_text(paragraph: Element) -> Element | None:
    """The block that the last text before a paragraph stands in."""
    before = paragraph.getprevious()
    if before is None or before.tag in ("table", "pre") or next(before.iter("pre"), None) is not None:
        return None
    return next((e for e in reversed(list(before.iter())) if is_block(e) and has_text(e)), None)
