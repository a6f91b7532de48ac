"""A line brought to its measure, and drawn so: glyphs scaled, spaces and letters spaced.

In a PDF the text state has both, `Tz` and `Tc` (ISO 32000-1, 9.3), so that the text stays the text.
"""

from __future__ import annotations

from typing import Any

from recto.print.engine.inner import InlineBox, LineBox, TextBox
from recto.print.engine.sparing import drawing
from recto.print.engine.sparing.shaped_words import SPACES
from recto.print.engine.sparing.word_lines import WordLine, justify
from recto.print.paragraphs.line_setting import AS_IT_IS, Content, Limits, Setting, set_line


def bring(context: Any, line: Any, short: float, limits: Limits) -> None:
    """Bring a line to its measure, of which it is short by a length in pixels."""
    content = _content(line)
    setting = set_line(short, content, limits)
    if setting.track:  # now it matters that letters may be set as one glyph
        setting = set_line(short, content._replace(letters=sum(map(_glyphs, _texts(line)))), limits)
    if setting != AS_IT_IS:
        line.width += _set(context, line, setting, 0.0)


def draw(stream: Any, box: Any, *options: Any, **more: Any) -> None:
    """In place of `draw_text`: a text with its glyphs scaled and spaced."""
    setting: Setting | None = box.__dict__.get("_recto_setting")
    if setting is None:
        drawing.draw(stream, box, *options, **more)
        return
    if setting.scale != 1.0:
        stream.stream.append(b"%.3f Tz" % (100 * setting.scale))
    if setting.track:
        stream.stream.append(b"%.4f Tc" % setting.track)
    drawing.draw(stream, box, *options, **more)
    if setting.track:
        stream.stream.append(b"0 Tc")
    if setting.scale != 1.0:
        stream.stream.append(b"100 Tz")


def _texts(box: Any) -> Any:
    for child in box.children:
        if isinstance(child, TextBox):
            yield child
        elif isinstance(child, InlineBox) and child.is_in_normal_flow():
            yield from _texts(child)


def _content(line: Any) -> Content:
    """What stands in a line."""
    text = blank = 0.0
    spaces = letters = 0
    for box in _texts(line):
        text += box.width
        count = _spaces(box)
        spaces += count
        blank += count * _space(box)
        letters += len(box.text)
    return Content(text, blank, spaces, letters, line.style["font_size"])


def _spaces(box: Any) -> int:
    return sum(map(box.text.count, SPACES))


def _glyphs(box: Any) -> int:
    """How many glyphs a text is set in; where that is not known, as many as it has letters."""
    line = box.pango_layout
    return int(line.face.count(box.text)) if type(line) is WordLine else len(box.text)


def _space(box: Any) -> float:
    """The width of a space in a text, in pixels."""
    line = box.pango_layout
    return float(line.face.blank if type(line) is WordLine else box.style["font_size"] / 4)


def _set(context: Any, box: Any, setting: Setting, advance: float) -> float:
    """Set what stands in a line, moved by an advance; gives how far what comes after it is to be moved."""
    if isinstance(box, TextBox):
        return advance + _set_text(context, box, setting, advance)
    if not isinstance(box, LineBox | InlineBox):
        box.translate(advance, 0)
        return advance
    before = advance
    if not isinstance(box, LineBox):
        box.position_x += advance
    for child in box.children:
        if child.is_in_normal_flow():
            advance = _set(context, child, setting, advance)
    if not isinstance(box, LineBox):
        box.width += advance - before
    return advance


def _set_text(context: Any, box: Any, setting: Setting, advance: float) -> float:
    """Set a text; gives by how much it is wider."""
    width = box.width
    if type(box.pango_layout) is WordLine:
        box.justification_spacing = setting.space
        box.pango_layout = WordLine(box.pango_layout.face, box.text, setting.space)
        box.position_x += advance
        box.width += setting.space * _spaces(box)
    else:
        justify(context, box, setting.space, advance)
    box.width = setting.scale * (box.width + (setting.track and setting.track * _glyphs(box)))
    box._recto_setting = setting
    return float(box.width - width)
