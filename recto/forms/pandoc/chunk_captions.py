"""The name and the caption of a chunk of code, and the picture that it only fetches.

`#| label: fig-nets` and `#| fig-cap: …` (https://quarto.org/docs/authoring/cross-references.html), or
`{r nets, fig.cap="…"}` (https://bookdown.org/yihui/bookdown/figures.html), where `\\@ref(fig:nets)` is the
name. `knitr::include_graphics("nets.png")` need not be run to be understood: it is that picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from recto.notations.yaml_text import YamlError, read_yaml

# no setting begins within a word, so a long word is gone through once
_SETTING = re.compile(
    r"(?<![\w.-])(?P<key>[\w.-]+)\s*=\s*(?:\"(?P<words>(?:[^\"\\]|\\[^\\]|\\\\.)*)\"|'(?P<other>[^']*)')"
)
_NAME = re.compile(r"[ ,]*(?P<name>[A-Za-z][\w-]*)[ \t]*(?:,|$)")


def chunk_options(header: str, lines: Sequence[str]) -> Mapping[str, str]:
    """The options of a chunk that are texts, by Quarto's names: `label`, `fig-cap`, `fig-alt`, `tbl-cap`."""
    found: dict[str, str] = {}
    for match in _SETTING.finditer(header):
        words = match["words"] if match["words"] is not None else match["other"]
        found[match["key"].replace(".", "-")] = re.sub(r"\\{1,2}(.)", r"\1", words)
    if name := _NAME.match(header):
        kind = "tab" if "tab-cap" in found else "fig"
        found.setdefault("label", f"{kind}:{name['name']}")
    try:
        data = read_yaml("\n".join(lines))
    except YamlError:
        return found
    if isinstance(data, dict):
        found.update({str(key): value for key, value in data.items() if isinstance(value, str)})
    return found


def captions(options: Mapping[str, str], pictures: Sequence[str]) -> Iterator[str]:
    """What stands below a chunk: its pictures with the caption, or the caption of its code."""
    label = options.get("label") or options.get("lst-label") or ""
    named = f" {{#{label}}}" if re.fullmatch(r"[A-Za-z][\w:.-]*", label) else ""
    words = " ".join(
        next(
            (options[key] for key in ("fig-cap", "tbl-cap", "tab-cap", "lst-cap") if options.get(key)), ""
        ).split()
    )
    for number, path in enumerate(pictures):
        alt = " ".join((options.get("fig-alt") or words).split()).replace("[", "(").replace("]", ")")
        yield ""
        yield f"![{alt}](<{quote(path)}>)"
        if words and not number:
            yield from ("", f"Figure: {words}{named}")
    if words and not pictures:
        yield from ("", f"Listing: {words}{named}")
    if words or pictures:
        yield ""
