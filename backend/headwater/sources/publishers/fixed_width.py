"""Text set for a printer: lines of fixed width, page marks, paragraphs told by indentation."""

from __future__ import annotations

import html
import re

PRE = re.compile(r"<pre[^>]*>(.*?)</pre>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,300}>")
# With the blank lines around it, for a page may end in the middle of a paragraph.
PAGE_MARK = re.compile(r"\n[ \t]*(?:\n[ \t]*){0,3}\[\[?Page [^\[\]\n]{1,12}\]\]?[ \t]*\n(?:[ \t]*\n){0,3}")
RULE = re.compile(r"^\s*[_=-]{3,}\s*$")
HEAD = re.compile(
    r"^\[(?:Congressional Record|Federal Register|From the |Pages? |FR Doc|www\.|House|Senate)", re.IGNORECASE
)
DEEP = 6  # blanks before a line that is set in the middle: a heading
OWN_HYPHEN = re.compile(r"(?<=\w)-$")  # these texts part no words: a hyphen at a line's end is the word's own


def read_fixed_width(page: str) -> str:
    """Return the paragraphs of a text that was set for a printer, parted by blank lines.

    Args:
        page: HTML with the text in `pre`, or the text alone.
    """
    found = PRE.search(page)
    text = html.unescape(TAG.sub("", found[1] if found else page)).replace("\r\n", "\n")
    lines = PAGE_MARK.sub("\n", text).split("\n")
    paragraphs: list[str] = []
    held: list[str] = []
    for line in [*lines, ""]:
        words = line.strip()
        if RULE.match(line) or HEAD.match(words):
            continue
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
        glue = "" if not text or OWN_HYPHEN.search(text) else " "
        text += glue + words
    return text
