"""Items of lists as PDF/UA wants them: a label and a body, and nothing else (ISO 32000-1, 14.8.4.3.3).

WeasyPrint makes a body of an item that is one line box; the paragraphs of a loose list it leaves beside the
label. The objects are pydyf's.
"""

from __future__ import annotations

from typing import Any

import pydyf

_PARTS = ("/Lbl", "/LBody")


def body_items(pdf: Any) -> None:
    """Put what stands in items of lists beside label and body into a body."""
    elements = {
        item.reference: item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    }
    for reference, item in elements.items():
        if item["S"] == "/LI":
            loose = [kid for kid in item["K"] if kid in elements and elements[kid]["S"] not in _PARTS]
            if loose:
                _give_body(pdf, reference, item, [elements[kid] for kid in loose])


def _give_body(pdf: Any, reference: bytes, item: Any, loose: list[Any]) -> None:
    body = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/LBody",
            "K": pydyf.Array([kid.reference for kid in loose]),
            "Pg": item["Pg"],
            "P": reference,
        }
    )
    pdf.add_object(body)
    at = item["K"].index(loose[0].reference)
    gone = {kid.reference for kid in loose}
    item["K"][:] = [
        *item["K"][:at],
        body.reference,
        *(kid for kid in item["K"][at:] if kid not in gone),
    ]
    for kid in loose:
        kid["P"] = body.reference
