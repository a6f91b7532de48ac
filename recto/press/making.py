"""Making a press file out of a bound book: inks, boxes, the pages at the end, and what it says it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from recto.press.flavours import declare
from recto.press.inks import BlackInk, FourInks, Inks
from recto.press.objects import LeftError, opaque, shines_through, states, turn_picture, turn_shading
from recto.press.press_profile import PressProfile
from recto.press.printers_marks import NO_SLUG, Slug, mark
from recto.press.sheet import Displacement, box, close
from recto.press.streams import StreamWriter, plain, untagged
from recto.settings.metadata import Metadata
from recto.settings.trim import Geometry

# What a catalogue may hold for readers
_NOT_FOR_PRESSES = (
    "/Lang", "/MarkInfo", "/Names", "/OpenAction", "/Outlines", "/PageLayout", "/PageMode", "/StructTreeRoot",
    "/ViewerPreferences",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PressOrder:
    """What is ordered of a press: the printer's profile, paper, whether in colour, its ICC profile, marks."""

    profile: PressProfile
    paper: str = "white"
    color: bool = False
    icc: bytes = b""
    marks: bool = False


@dataclass(frozen=True, slots=True)
class PressFile:
    """A press file. `faults` are what could not be turned into its inks or flattened, with the page."""

    content: bytes
    pages: int
    added: int
    faults: tuple[tuple[int, str], ...] = ()


def inks_of(order: PressOrder) -> Inks | None:
    """What colours are turned into: black, four inks where there is a profile for them; None leaves them."""
    if not order.color:
        return BlackInk()
    return FourInks(order.icc, order.profile.ink / 100) if order.icc else None


def press(
    bound: bytes,
    order: PressOrder,
    page: Geometry,
    shift: Displacement,
    metadata: Metadata,
    slug: Slug = NO_SLUG,
) -> PressFile:
    """Make the press file of a book bound for a printer (recto.press.flavours says how it is bound).

    Where marks are ordered, `slug` is what stands beside each page.
    The same book gives the same bytes.
    """
    profile = order.profile
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        writer = StreamWriter(pdf, inks_of(order), profile.flattens)
        faults = list(_turn_pages(writer, shift))
        faults += [(0, fault) for fault in _turn_objects(writer)]
        added = close(pdf, page, profile)
        box(pdf, page, profile)
        if order.marks:
            mark(pdf, slug, four_inks=order.color and bool(order.icc))
        version = declare(pdf, profile, metadata)
        for key in _NOT_FOR_PRESSES:
            if key in pdf.Root:
                del pdf.Root[key]
        made = io.BytesIO()
        pdf.save(
            made,
            force_version=version,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return PressFile(made.getvalue(), len(pdf.pages), added, tuple(dict.fromkeys(faults)))


def _turn_pages(writer: StreamWriter, shift: Displacement) -> Iterator[tuple[int, str]]:
    """Turn the content of every page, and move it."""
    for number, page in enumerate(writer.pdf.pages):
        contents = page.obj.get("/Contents")
        if contents is None:
            continue
        parts = contents if isinstance(contents, Array) else [contents]
        whole = untagged(b"\n".join(b"q\n" + bytes(part.get_stream_buffer()) + b"\nQ" for part in parts))
        page.obj.Contents = writer.pdf.make_stream(whole)
        before = len(writer.faults)
        if not plain(whole):
            whole = writer.rewritten(page, page.obj.get("/Resources", Dictionary()))
        outward = shift.outward if number % 2 == 0 else -shift.outward
        if shift.outward or shift.down:
            whole = b"1 0 0 1 %.3f %.3f cm\n" % (outward, -shift.down) + whole
        page.obj.Contents = writer.pdf.make_stream(whole)
        yield from ((number + 1, fault) for fault in writer.faults[before:])


def _turn_objects(writer: StreamWriter) -> Iterator[str]:
    """Turn what pages draw: forms, tiles, pictures, shadings, groups, graphics states."""
    before, mixed = len(writer.faults), not writer.flattens and shines_through(writer.pdf)
    masks = _masks(writer.pdf) if mixed else frozenset()
    if mixed and writer.inks is not None:
        for page in writer.pdf.pages:  # what is mixed on the page is mixed in its inks too
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name(writer.inks.space), I=True)
    for item in list(writer.pdf.objects):
        if not isinstance(item, Dictionary | Stream):
            continue
        try:
            _turn(item, writer)
            _turn_group(item, writer, mixed=mixed, is_mask=item.objgen in masks)
        except LeftError as fault:
            yield str(fault)
    yield from writer.faults[before:]


def _masks(pdf: pikepdf.Pdf) -> frozenset[tuple[int, int]]:
    """The groups that soft masks are made of."""
    items = (item for item in pdf.objects if isinstance(item, Dictionary | Stream))
    masks = (state.get("/SMask") for item in items for state in states(item))
    return frozenset(mask.G.objgen for mask in masks if isinstance(mask, Dictionary) and "/G" in mask)


def _turn_group(item: Any, writer: StreamWriter, *, mixed: bool, is_mask: bool) -> None:
    """Let a group be mixed in the inks of the press, where anything is mixed at all; else it is none.

    What is grey is mixed in whatever the press has, where it stays black alone: a group with a space of its
    own (ISO 32000-1, table 147) is turned from grey into that, which may take four inks. A mask needs one.
    """
    if "/Group" in item and item.Group.get("/S") == Name.Transparency:
        if not mixed:
            del item["/Group"]
        elif writer.inks is not None:
            item.Group.CS = Name(writer.inks.space)
            if writer.inks.space == "/DeviceGray" and not is_mask:
                del item.Group["/CS"]


def _turn(item: Any, writer: StreamWriter) -> None:
    inks, flattens = writer.inks, writer.flattens
    if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
        turn_picture(writer.pdf, item, inks, flattens=flattens)
    elif isinstance(item, Stream) and (item.get("/Subtype") == Name.Form or item.get("/PatternType") == 1):
        _turn_form(item, writer)
    if inks is not None and "/ShadingType" in item:
        turn_shading(item, inks)
    if flattens:
        for state in states(item):
            opaque(state)


def _turn_form(form: Any, writer: StreamWriter) -> None:
    content = untagged(bytes(form.get_stream_buffer()))
    form.write(content)
    if not plain(content):
        form.write(writer.rewritten(form, form.get("/Resources", Dictionary())))
    if "/StructParents" in form:
        del form["/StructParents"]
