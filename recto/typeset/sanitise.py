"""Raw HTML: an allow-list of elements and attributes, applied by nh3; what it drops can be told beforehand.

Everything that Markdown makes passes here too, so a galley is well-formed whatever the author typed.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from recto.typeset.moments import is_moment

if TYPE_CHECKING:
    import nh3

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
WITH_CONTENT = frozenset({"script", "style", "noscript", "template", "title", "object", "iframe"})
MARKDOWN_ATTRIBUTES = frozenset({"markdown"})

_ELEMENTS = frozenset(
    """a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details
    dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q rp
    rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var
    wbr""".split()
)
_DROPPED = frozenset(
    """html head body base link meta script style title noscript template slot iframe frame frameset object
    embed param applet form input button select option optgroup datalist textarea label fieldset legend
    output progress meter canvas dialog audio video source track picture map area nav main hgroup menu math
    svg center font big tt strike marquee blink search portal""".split()
)
_EVERYWHERE = frozenset("id class title lang dir role aria-label aria-hidden aria-describedby".split())
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height", "longdesc", "aria-details"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    "th": frozenset({"colspan", "rowspan", "scope", "align", "abbr", "headers"}),
    "td": frozenset({"colspan", "rowspan", "align", "headers"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "blockquote": frozenset({"cite"}),
    "q": frozenset({"cite"}),
    "del": frozenset({"cite", "datetime"}),
    "ins": frozenset({"cite", "datetime"}),
    "time": frozenset({"datetime"}),
    "data": frozenset({"value"}),
    "details": frozenset({"open"}),
}
# what the reading of Markdown leaves for the steps after it; an author's HTML has lost its own by then
_OURS = frozenset(
    """data-line data-mark data-under data-kept data-list data-caption data-label data-title
    data-inline data-inside data-typed data-described data-tex data-mathml data-svg data-measure
    data-pieces""".split()
)
_URLS = frozenset({"href", "src", "cite"})
_SPANS = {"colspan": range(1, 101), "span": range(1, 101), "rowspan": range(1, 1_001)}  # no page has more
# of WAI-ARIA and DPUB-ARIA 1.1, those of what is read
_ROLES = (
    *"""article complementary definition figure group img list listitem math none note presentation region
    separator table term""".split(),
    *(
        f"doc-{role}"
        for role in """abstract acknowledgments afterword appendix backlink biblioentry bibliography biblioref
        chapter colophon conclusion cover credit credits dedication endnote endnotes epigraph epilogue errata
        example footnote foreword glossary glossref index introduction noteref notice pagebreak pagelist part
        preface prologue pullquote qna subtitle tip toc""".split()
    ),
)
_COUNT = re.compile("[0-9]{1,5}")
# what a value must be like, of an attribute on one element or on each (of a language the form alone, BCP 47)
_FORMS = {
    name: re.compile(form)
    for name, form in {
        "lang": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
        "dir": "ltr|rtl|auto",
        "aria-hidden": "true|false",
        "role": "|".join(_ROLES),
        "scope": "row|col|rowgroup|colgroup",
        "start": "-?[0-9]{1,9}",
        "ol type": "[1AaIi]",
        "li value": "-?[0-9]{1,9}",
    }.items()
}
# what HTML 4 and CSS have for what is set in the middle, or at the right: our classes
_ALIGNED = re.compile(r"(?:align:|style:text-align:\s*)(center|right)\s*;?", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
# each tag from end to end: a value may have what looks like another one in it
_TAG = re.compile(r'<([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>')
_VOID = frozenset(("br", "hr", "img", "col", "wbr"))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(_ELEMENTS),
        clean_content_tags=set(WITH_CONTENT),
        attributes={
            "*": set(_EVERYWHERE | _OURS),
            **{name: set(known) for name, known in _ATTRIBUTES.items()},
        },
        url_schemes={*SCHEMES, "data"},  # which _valued leaves to pictures alone
        link_rel=None,
        strip_comments=True,
        attribute_filter=_valued,
    )


def _valued(element: str, name: str, value: str) -> str | None:
    """The value of an attribute; None for what HTML has no such value of (3.2.6, 4.4 to 4.11)."""
    if name in _URLS and bad_scheme(html.unescape(value)):
        return value if name == "src" and value.startswith("data:image/") else None
    if name in ("dir", "reversed", "open", "aria-hidden"):
        value = value.lower()
    if name in ("reversed", "open"):
        return name if value in ("", name) else None
    if name in _SPANS:
        return value if _COUNT.fullmatch(value) and int(value) in _SPANS[name] else None
    if name == "datetime":
        return value if is_moment(element, value) else None
    if name == "cite":
        return value if _is_far(value) else None
    form = _FORMS.get(f"{element} {name}") or _FORMS.get(name)
    return value if form is None or form.fullmatch(value) else None


def _is_far(url: str) -> bool:
    """Tell whether a URL leads out of the book, and can be read as one."""
    try:
        return urlsplit(html.unescape(url)).scheme.lower() in SCHEMES
    except ValueError:
        return False


def clean(fragment: str) -> str:
    """HTML as a well-formed XHTML fragment, without anything that is not on the list."""
    cleaned = _cleaner().clean(fragment).replace("&nbsp;", "\u00a0")
    return _TAG.sub(lambda tag: f"<{tag[1]}{tag[2]}/>" if tag[1] in _VOID else tag[0], cleaned)


def is_html(name: str) -> bool:
    """Tell whether HTML has an element of this name (in lower case), allowed or not."""
    return name in _ELEMENTS or name in _DROPPED


def reads(name: str) -> bool:
    """Tell whether a tag may go to nh3: one that stays, or that of an element which goes with all inside.

    To HTML, what stands in many of the others is no markup (`<textarea>`) or not allowed (`<select>`).
    """
    return name in _ELEMENTS or name in WITH_CONTENT


def attributes(name: str, written: str) -> tuple[dict[str, str], str]:
    """The attributes of a tag that may stay, and in words what of it may not; "" where all may."""
    if name not in _ELEMENTS:
        return {}, f"<{name}>"
    known = _EVERYWHERE | _ATTRIBUTES.get(name, frozenset())
    kept: dict[str, str] = {}
    lost = []
    for found in _ATTRIBUTE.finditer(written):
        key = found[1].lower()
        value = (found[2] or found[3] or found[4] or "").replace('"', "&quot;").replace("<", "&lt;")
        if name == "a" and key == "name":  # what HTML 4 had for the id of a place
            key = "id"
        if key in known and _valued(name, key, value) is not None:
            kept.setdefault(key, value)
        elif found_place := _ALIGNED.fullmatch(f"{key}:{value.strip()}"):
            kept["class"] = f"{kept.get('class', '')} {found_place[1].lower()}".strip()
        elif key not in MARKDOWN_ATTRIBUTES:
            lost.append(f"{key} of <{name}>")
    return kept, ", ".join(lost)


def only_words(name: str, written: str) -> bool:
    """Tell whether the attributes of a tag are words that name none: `a<b and b>c` holds no tag."""
    known = _EVERYWHERE | MARKDOWN_ATTRIBUTES | _ATTRIBUTES.get(name, frozenset())
    found = [(each[1].lower(), "=" in each[0]) for each in _ATTRIBUTE.finditer(written)]
    return name in _ELEMENTS and bool(found) and not any(value or key in known for key, value in found)


def may_have(name: str, attribute: str) -> bool:
    """Tell whether an element may have an attribute that an author writes in a list."""
    if attribute in _URLS:
        return False
    return attribute in _EVERYWHERE or attribute in _ATTRIBUTES.get(name, frozenset())


def bad_scheme(url: str) -> str:
    """The scheme of a URL if it may not be linked to, else ""."""
    found = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
    return found[1].lower() if found and found[1].lower() not in SCHEMES else ""
