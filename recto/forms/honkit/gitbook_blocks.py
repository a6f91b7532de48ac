"""The blocks of GitBook's editor: tabs, titles of code, links to pages and to the web, as Markdown.

https://gitbook.com/docs/creating-content/blocks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code

# hold text, and say how it stands on a screen
_HOLDER = re.compile(
    r"\s*\{%\s*(?:end)?(?:tabs|code|content-ref|stepper|step|columns?)\b[^%{}]*%\}\s*|\s*\{%\s*endtab\s*%\}\s*"
)
_TAB = re.compile(r"\s*\{%\s*tab\b[^%{}]*?\btitle\s*=\s*[\"'](?P<title>[^\"']*)[\"'][^%{}]*%\}\s*")
_CODE = re.compile(r"\s*\{%\s*code\b[^%{}]*?\btitle\s*=\s*[\"'](?P<title>[^\"']*)[\"'][^%{}]*%\}\s*")
_EMBED = re.compile(r"\s*\{%\s*embed\b[^%{}]*?\burl\s*=\s*[\"'](?P<url>https?://[^\"'\s]+)[\"'][^%{}]*%\}\s*")
_HINT = re.compile(r"\s*(?P<begin>\{%\s*hint\b[^%{}]*%\})(?P<words>.*?)(?P<end>\{%\s*endhint\s*%\})\s*")
_FENCE = re.compile(r"(?P<open>\s*(?:`{3,}|~{3,})[ \t]*[\w+#-]+)[ \t]*")
_COMMENT = re.compile(r"\{#(?!\w)[^{}]*?#\}")  # no attribute list, `{#id}`


def unblocked(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with every such block as what it holds; a hint on one line is on three."""
    title = ""
    for line, origin, code in with_code(lines):
        if title and (fence := _FENCE.fullmatch(line)):
            line, title = f'{fence["open"]} title="{title}"', ""
        if code or "{" not in line:
            yield line, origin
        elif found := _TAB.fullmatch(line):
            yield from (("", origin), (f"**{found['title']}**", origin), ("", origin))
        elif _HOLDER.fullmatch(line):
            named = _CODE.fullmatch(line)
            title = named["title"].replace('"', "”") if named else ""
            yield "", origin
        elif found := _EMBED.fullmatch(line):
            yield f"<{found['url']}>", origin
        elif found := _HINT.fullmatch(line):
            yield from ((found[part].strip(), origin) for part in ("begin", "words", "end"))
        else:
            yield _COMMENT.sub("", line), origin
