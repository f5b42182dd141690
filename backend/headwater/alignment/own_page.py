"""Whether a text stands on the very page of an official document: agreement with itself shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from headwater.domain.verdicts import ClaimReport

NOTICE = "the text stands on a page of the corpus itself: agreement with that page shows nothing"


def own_page_notices(url: str, decided: Sequence[ClaimReport]) -> tuple[str, ...]:
    """Return a notice where a claim rests on the page that the text was taken from.

    Args:
        url: Of the text's page, or "".
        decided: The claims with their evidence.
    """
    own = _page(url)
    pages = {_page(hit.passage.document.url) for report in decided for hit in report.evidence}
    return (NOTICE,) if own and own in pages else ()


def _page(url: str) -> tuple[str, str, str] | None:
    """What tells pages apart: the host without "www.", the path and the query; no scheme, no place in the page."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # a broken address, as a page may send it
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return (host, parts.path.rstrip("/"), parts.query) if host else None
