"""A look as style sheets: what of a theme.toml is a matter of CSS. They come after the shipped sheets.

What a look leaves as the shipped sheets have it is not said again. The sheet of the e-book keeps to what old
readers know (see styles/epub.css); the reader's own typeface and size rule there.
"""

from __future__ import annotations

from collections.abc import Iterator

from recto.theme.look import FontFamily, Letters, Look

SIDE_GAP = 1.6  # ems between the text and notes beside it
# behind every typeface, for the characters that it lacks
_FALLBACK = ("Noto Sans Math", "Noto Sans Symbols 2", "M PLUS 1p")
_MOVING = ("figure.figure", "figure.table", "table.captioned")
# By what a typeface of books reaches higher above the baseline than below it, in its own size: so a letter
# let in has its baseline on that of the last line beside it.
_HIGH = 0.7
_INDENTED = ("ja", "ko", "zh")  # languages whose first paragraphs are, in the shipped sheets
_LETTERS: dict[Letters, str] = {
    "roman": "font-weight: 400; font-style: normal",
    "italic": "font-weight: 400; font-style: italic",
    "bold": "font-weight: 600; font-style: normal",
    "small-capitals": "font-weight: 400; font-style: normal; font-variant-caps: small-caps;"
    " letter-spacing: 0.05em; text-transform: none",
}


def paper_sheet(look: Look) -> str:
    """The sheet of the print book."""
    rules = (*_families(look), *_faces(look), *_opening(look), *_text(look), *_notes(look), *_apparatus(look))
    return "\n".join(rules) + "\n"


def screen_sheet(look: Look, *, fonts: bool = False) -> str:
    """The sheet of the e-book; "" for the look of the shipped sheets. `fonts`: in its typefaces."""
    faces = look.faces
    rules = [*_families(look)] if fonts else []
    if fonts:
        rules += [
            f'body {{ font-family: "{faces.text}", serif }}',
            f'h1, h2, h3, h4, h5, h6 {{ font-family: "{faces.headings}", sans-serif }}',
            f'.title {{ font-family: "{faces.titles}", serif }}',
            f'code, kbd, samp, pre {{ font-family: "{faces.code}", monospace }}',
        ]
    return "".join(f"{rule}\n" for rule in (*rules, *_screen(look)))


def cover_sheet(look: Look) -> str:
    """The sheet of a drawn cover."""
    titles, small = _stack(look.faces.titles), _stack(look.faces.small)
    rules = (
        *_families(look),
        f"body, .wrap {{ font-family: {titles} }}",
        f".author, .publisher, .spine-text .by {{ font-family: {small} }}",
    )
    return "\n".join(rules) + "\n"


def _families(look: Look) -> Iterator[str]:
    used = dict.fromkeys((look.faces.text, *_apart(look)))
    for name in used:
        family = look.families[name]
        for file, style, weight in _styles(family):
            yield (
                f'@font-face {{ font-family: "{name}"; font-style: {style}; font-weight: {weight};'
                f' src: url("book:///styles/{file}") }}'
            )


def _apart(look: Look) -> tuple[str, ...]:
    faces = look.faces
    return faces.titles, faces.headings, faces.small, faces.code


def _styles(family: FontFamily) -> Iterator[tuple[str, str, int]]:
    files = (
        (family.regular, "normal", 400),
        (family.italic, "italic", 400),
        (family.bold, "normal", 600),
        (family.bold_italic, "italic", 600),
    )
    return (each for each in files if each[0])


def _stack(name: str, generic: str = "serif") -> str:
    return ", ".join((*(f'"{each}"' for each in (name, *_FALLBACK)), generic))


def _faces(look: Look) -> Iterator[str]:
    faces = look.faces
    yield f"html, .footnote {{ font-family: {_stack(faces.text)} }}"
    yield f"h1, h2, h3, h4, h5, h6 {{ font-family: {_stack(faces.headings, 'sans-serif')} }}"
    yield f"code, kbd, samp, pre {{ font-family: {_stack(faces.code, 'monospace')} }}"
    small = "figcaption, caption, table, .admonition-title, .title-page .series, .title-page > .imprint"
    yield f"{small} {{ font-family: {_stack(faces.small, 'sans-serif')} }}"
    titles = "h1.opening .title, section.part-page .title, section.title-page h1, section.half-title"
    yield f"{titles} {{ font-family: {_stack(faces.titles)} }}"


def _opening(look: Look) -> Iterator[str]:
    made, headings = look.opening, look.headings
    yield f"h1.opening {{ padding-top: {made.sink:g}rlh; margin-bottom: {made.after:g}rlh }}"
    yield f"h1.plain {{ padding-top: {made.plain_sink:g}rlh; margin-bottom: {made.plain_after:g}rlh }}"
    yield f"h1.opening .title {{ font-size: {made.size:g}rem; line-height: {made.leading:g}rlh }}"
    if made.face != "roman":
        yield f"h1.opening .title, section.part-page .title {{ {_LETTERS[made.face]} }}"
    if made.label_face != "roman":
        letters = f"letter-spacing: 0; {_LETTERS[made.label_face]}"
        yield f"h1.opening .label, section.part-page .label {{ {letters} }}"
    if made.align == "center":
        yield (
            "h1.opening, section.part-page h1, section.title-page, section.title-page h1, section.half-title"
            " { text-align: center }"
        )
    if made.ornament:
        yield (
            f'h1.opening:not(.plain) {{ background: url("book:///styles/{made.ornament}")'
            " 50% 100% / auto 1rlh no-repeat; padding-bottom: 2rlh }"
        )
    if headings.face != "bold":
        yield f"h2, h3, h4, h5, h6 {{ {_LETTERS[headings.face]} }}"
    if headings.align == "center":
        yield "h2, h3, h4, h5, h6 { text-align: center }"
        yield "section.index .letter { text-align: start }"


def _text(look: Look) -> Iterator[str]:
    text = look.text
    # what may move to another page parts no paragraphs
    following = f"p + p, {', '.join(f'p + {each} + p' for each in _MOVING)}"
    yield f"{following} {{ text-indent: {text.indent:g}rem }}"
    if text.paragraphs == "spaced":
        yield f"{following} {{ text-indent: 0; margin-top: 1rlh }}"
        yield f"{', '.join(f':where(section) > p:lang({each})' for each in _INDENTED)} {{ text-indent: 0 }}"
    if not text.justify:
        yield "body { text-align: start }"
    if text.lead != "roman":
        yield f"span.lead {{ {_LETTERS[text.lead]} }}"
    if text.scene_break == "space":
        yield "hr { border: 0; height: 0; margin: 1rlh 0 }"
    if text.scene_break == "ornament" and text.ornament:
        yield (
            f'hr {{ border: 0; width: auto; height: 1rlh; margin: 1rlh 0; background: url("book:///styles/'
            f'{text.ornament}") 50% 50% / auto 0.7rlh no-repeat }}'
        )
    if text.drop_cap:
        high, size = text.drop_cap, 1 + (text.drop_cap - 1) * look.page.leading / _HIGH
        yield (
            f"span.drop-cap {{ float: inline-start; height: {high}rlh; line-height: {high}rlh;"
            f" font-size: {size:.2f}rem; margin-inline-end: 0.12rem }}"
        )
        yield f"span.drop-cap.descends {{ height: {high + 1}rlh }}"


def _notes(look: Look) -> Iterator[str]:
    if look.notes.place == "side":
        yield "@page { @footnote { background: none; padding-top: 0; margin-top: 0 } }"
        yield f"html {{ --notes: side {SIDE_GAP:g}rem }}"
        yield f"span.footnote {{ width: {look.page.side:g}rem; text-align: start; hyphens: manual }}"


def _apparatus(look: Look) -> Iterator[str]:
    apparatus = look.apparatus
    if apparatus.captions == "center":
        yield "figcaption, caption { text-align: center }"
        yield "table.captioned { margin-left: auto; margin-right: auto }"
    if apparatus.rules == "rows":
        yield "tr + tr > td, tr + tr > th { border-top: 0.75pt solid #999 }"
    if apparatus.boxes == "frame":
        yield (
            ".admonition { border: 0.75pt solid #000; border-inline-start: 0.75pt solid #000;"
            " padding: 0.5rlh 1rem }"
        )
        yield ".admonition-title { line-height: 1.5rlh }"
    if apparatus.boxes == "tint":
        yield (".admonition { border: 0; border-inline-start: 0; background: #e6e6e6; padding: 0.5rlh 1rem }")


def _screen(look: Look) -> Iterator[str]:
    made, text, apparatus = look.opening, look.text, look.apparatus
    if made.align == "center":
        yield "h1.opening { text-align: center }"
    if look.headings.face != "bold":
        yield f"h2, h3, h4, h5, h6 {{ {_LETTERS[look.headings.face]} }}"
    if look.headings.align == "center":
        yield "h2, h3, h4, h5, h6 { text-align: center }"
    if text.paragraphs == "spaced":
        every = ", ".join(("p", *(f"p:lang({each})" for each in _INDENTED)))
        yield f"{every} {{ text-indent: 0; margin-bottom: 0.8em }}"
    if text.lead != "roman":
        yield f"span.lead {{ {_LETTERS[text.lead]} }}"
    if text.scene_break == "space":
        yield "hr { border: none; margin: 1em 0 }"
    if apparatus.boxes != "rule":
        yield "aside.admonition, div.admonition { border: 1px solid #808080; padding: 0.6em 0.9em }"
    if apparatus.accent:
        accent = apparatus.accent
        yield f"h1.opening .label, span.label, .admonition-title {{ color: {accent} }}"
        yield f".admonition, thead, tbody {{ border-color: {accent} }}"
