"""Pictures that say nothing are artifacts: a screen reader passes over them (PDF/UA-1, 7.3).

The print engine tags every picture as a figure and asks for a description. A blank one marks an ornament:
here its tag is taken out of the tree again, and what is drawn becomes an artifact (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

from typing import Any

import pydyf


def release_ornaments(pdf: Any) -> None:
    """Make artifacts of the figures of a PDF (pydyf's) whose description is blank."""
    ornaments = [item for item in pdf.objects if _is_ornament(item)]
    if not ornaments:
        return
    by_number = {item.number: item for item in pdf.objects}
    root = next(item for item in by_number.values() if _type(item) == "/StructTreeRoot")
    numbers = by_number[_number(root["ParentTree"])]["Nums"]
    for figure in ornaments:
        page = by_number[_number(figure["Pg"])]
        stream = by_number[_number(page["Contents"])].stream
        owners = numbers[numbers.index(page["StructParents"]) + 1]
        for marked in figure["K"]:
            _unmark(stream, marked)
            owners[marked] = "null"
        by_number[_number(figure["P"])]["K"].remove(figure.reference)


def _unmark(stream: list[Any], marked: int) -> None:
    """Turn a piece of marked content into an artifact."""
    for at, properties in enumerate(stream):
        if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") == marked:
            stream[at - 1 : at + 2] = ["/Artifact", b"BMC"]
            return


def _is_ornament(item: Any) -> bool:
    return (
        _type(item) == "/StructElem"
        and item["S"] == "/Figure"
        and "Alt" in item
        and not item["Alt"].string.strip()
    )


def _type(item: Any) -> Any:
    return item.get("Type") if isinstance(item, pydyf.Dictionary) else None


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
