"""Text set for a printer: lines of fixed width, page marks, paragraphs told by indentation."""

from __future__ import annotations

import html
import re

PRE = re.compile(r"<pre[^>]*>(.*?)</pre>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,300}>")
PAGE_MARK = re.compile(r"^\s*(?:\[\[Page [^\[\]]{1,12}\]\]|[_=-]{3,}|\[Page [A-Z]?\d+\])\s*$")
HEAD = re.compile(
    r"^\[(?:Congressional Record|Federal Register|From the |Pages? |FR Doc|www\.|House|Senate)", re.IGNORECASE
)
DEEP = 6  # blanks before a line that is set in the middle: a heading
SPLIT_WORD = re.compile(r"(?<=[a-z])-$")


def read_fixed_width(page: str) -> str:
    """Return the paragraphs of a text that was set for a printer, parted by blank lines.

    Args:
        page: HTML with the text in `pre`, or the text alone.
    """
    found = PRE.search(page)
    lines = html.unescape(TAG.sub("", found[1] if found else page)).replace("\r\n", "\n").split("\n")
    paragraphs: list[str] = []
    held: list[str] = []
    for line in [*lines, ""]:
        words = line.strip()
        if PAGE_MARK.match(line) or HEAD.match(words):
            continue  # a page may end in the middle of a paragraph
        begins = not words or _indent(line) > 0 or (held and _indent(held[-1]) >= DEEP)
        if begins and held:
            paragraphs.append(_join(held))
            held = []
        if words:
            held.append(line)
    return "\n\n".join(paragraphs)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _join(lines: list[str]) -> str:
    text = ""
    for line in lines:
        words = line.strip()
        glue = "" if not text or SPLIT_WORD.search(text) else " "
        text += glue + words
    return text
