"""The words of a web page as paragraphs: blocks parted, lists and tables kept, the site's own furniture left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from selectolax.lexbor import LexborNode

RULES = tomllib.loads(Path(__file__).with_name("html.toml").read_text(encoding="utf-8"))
LEFT_OUT_TAGS = frozenset(RULES["left_out_tags"])
LEFT_OUT_ROLES = frozenset(RULES["left_out_roles"])
LEFT_OUT_CLASS = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(RULES['left_out_classes'])})")
LEFT_OUT_IDS = frozenset(RULES["left_out_ids"])
MACHINE_TAGS = frozenset(RULES["machine_tags"])
MACHINE_CLASS = re.compile(rf"(?:^|\s)(?:{'|'.join(RULES['machine_classes'])})(?:\s|$)")
BLOCK_TAGS = frozenset(RULES["block_tags"])
FEWEST_LINKS = 3  # items of a list of links; two may well be a document's own
DEEPEST = 200  # nested elements: no page needs more, and one made to exhaust the stack gets no further
PARTED = "\n\n"  # paragraphs
BLANKS = re.compile(r"[ \t\r\n\f\v]+")


MARK = "\ufdd0"  # stands for a footnote's mark while a block is read; no text may hold this character


@dataclass(slots=True)
class PageText:
    """The text of a page, its paragraphs that are set as block quotes, and where it shows marks of footnotes."""

    text: str = ""
    quotes: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)


def join_texts(parts: Iterable[PageText]) -> PageText:
    """Return several texts as one, in order; parts without a word are left out."""
    joined, texts, at = PageText(), [], 0
    for part in parts:
        if part.text:
            joined.quotes += part.quotes
            joined.marks += [at + mark for mark in part.marks]
            texts.append(part.text)
            at += len(part.text) + len(PARTED)
    joined.text = PARTED.join(texts)
    return joined


def read_blocks(root: LexborNode, *, is_body: bool = False) -> PageText:
    """Return the words under a node: paragraphs parted by blank lines, items and table rows a line each.

    Args:
        root: The element that holds the document.
        is_body: Whether it holds nothing else: asides and captions in it are then the document's own.
    """
    reader = _BlockReader(is_body=is_body)
    reader.walk(root, 0)
    reader.end_block()
    whole = "".join(reader.parts)
    lead = len(whole) - len(whole.lstrip())
    quotes = [PARTED.join(quote) for quote in reader.quotes if quote]
    return PageText(whole.strip(), quotes, [mark - lead for mark in reader.marks])


class _BlockReader:
    """Walks a page once and collects its blocks."""

    def __init__(self, *, is_body: bool) -> None:
        self._is_body = is_body
        self.parts: list[str] = []
        self.quotes: list[list[str]] = []
        self.marks: list[int] = []  # places in the parts put together
        self._length = 0  # of the parts
        self._words: list[str] = []
        self._prefix = ""  # of the block being read: a list item's dash
        self._before = ""  # kind of the block before
        self._kind = "prose"
        self._in_quote = 0

    def walk(self, node: LexborNode, depth: int) -> None:
        """Read what is inside a node."""
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                self._words.append((child.text(deep=False) or "").replace(MARK, ""))
            elif child.is_element_node and depth < DEEPEST and not self._is_left_out(child):
                self._element(child, depth + 1)
            child = child.next

    def _element(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._words.append("\0")
        elif tag == "tr":
            self._row(node, depth)
        elif tag == "blockquote":
            self._quote(node, depth)
        elif tag == "li":
            self.end_block()
            self._prefix, self._kind = "- ", "item"
            self.walk(node, depth)
            self.end_block()
        elif tag in BLOCK_TAGS:
            self._block(node, depth)
        elif tag == "sup" and _is_footnote_mark(node):
            self._words.append(MARK)
        else:
            self.walk(node, depth)

    def _block(self, node: LexborNode, depth: int) -> None:
        # The first paragraph inside a list item belongs to the item's line.
        if self._prefix and not "".join(self._words).strip():
            self.walk(node, depth)
            return
        self.end_block()
        self.walk(node, depth)
        self.end_block()

    def _quote(self, node: LexborNode, depth: int) -> None:
        self.end_block()
        if not self._in_quote:
            self.quotes.append([])
        self._in_quote += 1
        self.walk(node, depth)
        self.end_block()
        self._in_quote -= 1

    def _row(self, node: LexborNode, depth: int) -> None:
        self.end_block()
        cells = []
        child = node.first_child
        while child is not None:
            if child.tag in {"td", "th"} and not self._is_left_out(child):
                inner = _BlockReader(is_body=self._is_body)
                inner.walk(child, depth)
                inner.end_block()
                cells.append(BLANKS.sub(" ", "".join(inner.parts)).strip().removeprefix("- "))  # their marks are lost
            child = child.next
        if any(cells):
            self._words, self._kind = [" | ".join(cells).rstrip(" |")], "row"
        self.end_block()

    def end_block(self) -> None:
        """Close the block being read; blocks of white space vanish."""
        words, marks = _collapsed("".join(self._words))
        if words:
            # An item goes on the line under the one before, be that an item or the words that introduce the list.
            together = self._kind == "item" or (self._kind == self._before == "row")
            lead = ("\n" if together else PARTED) + self._prefix
            self.marks += [self._length + len(lead) + mark for mark in marks]
            self.parts.append(lead + words)
            self._length += len(lead) + len(words)
            if self._in_quote:
                self.quotes[-1].append(words)
            self._before = self._kind
        self._words, self._prefix, self._kind = [], "", "prose"

    def _is_left_out(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        names = attributes.get("class") or ""
        if self._is_body:
            return node.tag in MACHINE_TAGS or MACHINE_CLASS.search(names) is not None
        is_furniture = node.tag in LEFT_OUT_TAGS or attributes.get("role") in LEFT_OUT_ROLES
        is_named = LEFT_OUT_CLASS.search(names) is not None or attributes.get("id") in LEFT_OUT_IDS
        return is_furniture or is_named or _is_list_of_links(node)


def _collapsed(written: str) -> tuple[str, list[int]]:
    """Return the lines of a block without needless white space, and where marks of footnotes stood in them."""
    lines: list[str] = []
    marks: list[int] = []
    at = 0
    for line in written.split("\0"):
        words = BLANKS.sub(" ", line.replace(MARK, "")).strip()
        if words:
            ends = accumulate(len(part) for part in line.split(MARK)[:-1])
            plain = line.replace(MARK, "")
            marks += [at + min(len(words), len(BLANKS.sub(" ", plain[:end]).lstrip())) for end in ends]
            lines.append(words)
            at += len(words) + 1
    return "\n".join(lines), marks


def _is_list_of_links(node: LexborNode) -> bool:
    """Say whether a list on a page leads elsewhere and tells nothing: each of its items is a link."""
    if node.tag not in {"ul", "ol"}:
        return False
    items = [child for child in node.iter() if child.tag == "li"]
    return len(items) >= FEWEST_LINKS and all(_is_link(item) for item in items)


def _is_link(item: LexborNode) -> bool:
    words = len("".join(item.text(deep=True).split()))
    return words <= sum(len("".join(link.text(deep=True).split())) for link in item.css("a"))


def _is_footnote_mark(node: LexborNode) -> bool:
    """Say whether raised characters point to a note ("said[1]"), and are no power ("10²", "m²")."""
    return node.css_first("a") is not None or node.text(deep=True).strip().startswith("[")
