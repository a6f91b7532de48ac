"""The files of the book as the print engine is given them, by `book:///NAME`."""

from __future__ import annotations

import mimetypes
import urllib.parse
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from recto.galley import FILE_SCHEME
from recto.images.pictures import embedded
from recto.print.engine.weasy import URLFetcher, URLFetcherResponse
from recto.print.layout.job import AssetFile, ChangedError

# urljoin resolves relative addresses only for schemes it knows
for _known in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
    if FILE_SCHEME not in _known:
        _known.append(FILE_SCHEME)


class BookFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Gives the print engine the files of the asset table, by `book:///NAME`, and nothing else.

    A manuscript is untrusted: no network, no `file:`, and of `data:` only pictures, as drawings hold
    them, whatever a style sheet or image asks for.
    """

    def __init__(self, assets: Mapping[str, AssetFile]) -> None:
        super().__init__()
        self._assets = assets
        self._changed: ChangedError | None = None

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an address, or the picture in one. Raises ValueError for any other address."""
        if url.startswith("data:"):  # in an SVG of the book
            media_type, content = embedded(url)
            return URLFetcherResponse(url, content, {"Content-Type": media_type})
        address = urlsplit(url)
        name = unquote(address.path).lstrip("/")
        if address.scheme != FILE_SCHEME or address.netloc or name not in self._assets:
            raise ValueError("only files of the book can be used")
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        try:
            content = self._assets[name].read()
        except ChangedError as fault:
            self._changed = fault
            raise
        return URLFetcherResponse(url, content, {"Content-Type": media_type})

    def check(self) -> None:
        """Raise ChangedError where a file had changed: the print engine goes on without what it can't get."""
        if self._changed is not None:
            raise self._changed
