"""Reading web pages: the words of the document without the site around them, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
from selectolax.lexbor import LexborHTMLParser, LexborNode

from headwater.sources.html_text import RULES, PageText, join_texts, read_blocks
from headwater.sources.records import RecordFaultError
from headwater.sources.sites import Site, find_site

DEEPEST_MARKUP = 5_000  # open elements; parsing takes 0.1 s at this depth, and real pages stay under 100
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
SELF_ENDING = frozenset(RULES["self_ending_tags"])


def read_html(text: str, *, address: str = "") -> dict[str, Any]:
    """Return what a web page holds, in the form of a record; what the page does not say is left out.

    Args:
        text: The decoded page.
        address: Where it was fetched from, or "": a page names its own address, and its site tells how it is made.

    Raises:
        RecordFaultError: If the page is made to exhaust its reader.
    """
    if is_nested_too_deep(text):
        raise RecordFaultError(f"elements are nested more than {DEEPEST_MARKUP:,} deep: no page that people read")
    tree = LexborHTMLParser(text)
    meta = _meta(tree)
    stated = _structured(tree)
    licence = _licence(tree)
    title = _heading(tree) or _first(meta, "title") or _title(tree)
    stated_address = _address(tree, meta)
    site = find_site(address or stated_address)
    address = stated_address or address
    first_published = _first(meta, "first_published") or _dated(tree, stated, "datePublished")
    updated = _first(meta, "updated") or _dated(tree, stated, "dateModified")
    body = _body(tree, site)
    root = tree.css_first("html")
    fields = {
        "text": body.text,
        "blockquotes": body.quotes,
        "note_marks": body.marks,
        "title": " ".join(title.split()),
        "url": address,
        "publisher": _first(meta, "publisher")
        or (site.publisher if site else "")
        or _publisher(stated)
        or _first(meta, "site")
        or _host(address),
        "document_type": _first(meta, "type") or (site.document_type if site else "") or "web_page",
        "language": (root.attributes.get("lang") if root is not None else "") or "",
        "licence": licence or (site.licence if site else ""),
        "first_published_at": first_published,
        "updated_at": updated,
        "description": _first(meta, "description"),
    }
    return {name: value for name, value in fields.items() if value or name == "text"}


def is_nested_too_deep(text: str) -> bool:
    """Say whether parsing would take too long: its time grows with the square of the depth."""
    depth = 0
    for slash, tag in TAG.findall(text):
        if tag.lower() not in SELF_ENDING:
            depth = max(0, depth - 1) if slash else depth + 1
            if depth > DEEPEST_MARKUP:
                return True
    return False


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that a page's first bytes name, or None."""
    head = raw[:2048].lower()
    for mark in (b'charset="', b"charset='", b"charset="):
        at = head.find(mark)
        if at >= 0:
            name = head[at + len(mark) : at + len(mark) + 40].split(b'"')[0].split(b"'")[0].split(b">")[0]
            return name.strip(b" /;").decode("ascii", "ignore") or None
    return None


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        found.setdefault(name.lower(), (node.attributes.get("content") or "").strip())
    return found


def _first(meta: dict[str, str], what: str) -> str:
    return next((meta[name] for name in RULES["meta"][what] if meta.get(name)), "")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # "http://[": no address
        return ""


def _structured(tree: LexborHTMLParser) -> dict[str, Any]:
    """Return the first JSON-LD description that has a date of publication."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            described = orjson.loads(node.text(deep=True))
        except orjson.JSONDecodeError:
            continue
        for item in _items(described):
            if item.get("datePublished"):
                return item
    return {}


def _items(described: object) -> Iterator[dict[str, Any]]:
    for item in described if isinstance(described, list) else [described]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict))


def _publisher(stated: dict[str, Any]) -> str:
    publisher = stated.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return name if isinstance(name, str) else ""


def _licence(tree: LexborHTMLParser) -> str:
    for node in tree.css("a[rel=license], link[rel=license]"):
        address = node.attributes.get("href") or ""
        for part, licence in RULES["licences"].items():
            if part in address:
                return str(licence)
    return ""


def _heading(tree: LexborHTMLParser) -> str:
    node = tree.css_first("main h1") or tree.css_first("article h1") or tree.css_first("h1")
    return node.text(deep=True).strip() if node is not None else ""


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return node.text(deep=True).strip() if node is not None else ""


def _address(tree: LexborHTMLParser, meta: dict[str, str]) -> str:
    node = tree.css_first("link[rel=canonical]")
    canonical = (node.attributes.get("href") or "").strip() if node is not None else ""
    return canonical or _first(meta, "address")


def _dated(tree: LexborHTMLParser, stated: dict[str, Any], what: str) -> str:
    """Return a date that the page states for machines: in its description, or on the element that shows it."""
    node = tree.css_first(f"[itemprop={what}]")
    shown = (node.attributes.get("datetime") or node.attributes.get("content") or "") if node is not None else ""
    return str(stated.get(what) or "") or shown.strip()


def _body(tree: LexborHTMLParser, site: Site | None) -> PageText:
    """Return the document in a page: where its site keeps it, else where pages in general do."""
    if site is not None:
        for node in tree.css(", ".join(site.left_out)) if site.left_out else []:
            node.decompose()
        found = _read_roots(tree, site.roots, is_body=True)
        if found.text:
            return found
    return _read_roots(tree, RULES["document_roots"], is_body=False)


def _read_roots(tree: LexborHTMLParser, selectors: Iterable[str], *, is_body: bool) -> PageText:
    for selector in selectors:
        parts = [read_blocks(node, is_body=is_body) for node in _outermost(tree.css(selector))]
        held = [part for part in parts if part.text]
        if held:
            return join_texts(held)
    return PageText()


def _outermost(nodes: list[LexborNode]) -> Iterator[LexborNode]:
    """Yield the nodes that are not inside another of them."""
    known = {node.mem_id for node in nodes}
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in known:
            above = above.parent
        if above is None:
            yield node
