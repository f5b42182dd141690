"""Reading Markdown: marks taken away, paragraphs unwrapped, block quotes kept apart, `key: value` lines at the head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"(?P<name>[A-Za-z_][\w-]*):[ \t]*(?P<value>.*)")
FENCE = re.compile(r"(?:```|~~~)")
HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>.*)")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")  # under a line: that line is a heading
RULE = re.compile(r"(?:[-*_][ \t]*){3,}")
QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
ITEM = re.compile(r"(?:[-*+]|(?P<number>[0-9]{1,3}[.)]))[ \t]+(?P<words>.*)")
TABLE_RULE = re.compile(r"[ \t|:-]+")
TARGET = r"\((?:[^()\n]++|\([^()\n]*+\))*+\)"  # of a link: its address, and a title that may have brackets in it
REFERENCE = re.compile(r"\[[^\[\]\n]{1,40}\]:\s+<?https?://\S*.*")  # where links lead that name it by a number
INLINE = (
    (re.compile(rf"!\[[^\[\]\n]*\]{TARGET}"), ""),  # pictures
    (re.compile(rf"\[(?P<words>[^\[\]\n]*)\](?:{TARGET}|\[[^\[\]\n]*\])"), r"\g<words>"),  # links
    (re.compile(r"<(?P<words>https?://[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>"), r"\g<words>"),
    (re.compile(r"(?<![\w*])(?P<mark>\*{1,3})(?=\S)(?P<words>[^*\n]+?)(?<=\S)(?P=mark)(?![\w*])"), r"\g<words>"),
    (re.compile(r"(?<![\w_])(?P<mark>_{1,3})(?=\S)(?P<words>[^_\n]+?)(?<=\S)(?P=mark)(?![\w_])"), r"\g<words>"),
    (re.compile(r"`(?P<words>[^`\n]+)`"), r"\g<words>"),
    (re.compile(r"\\(?P<words>[\\`*_{}\[\]()#+.!|>~-])"), r"\g<words>"),
)
KNOWN_FIELDS = {
    "url", "publisher", "document_type", "title", "language", "licence", "external_id", "description", "speaker",
    "first_published_at", "updated_at", "change_note",
}  # fmt: skip


def read_markdown(text: str) -> dict[str, Any]:
    """Return what a Markdown file holds, in the form of a record.

    Args:
        text: The decoded file.
    """
    text = text.replace("\r\n", "\n")
    head = FRONT_MATTER.match(text)
    fields: dict[str, Any] = _front_matter(head["lines"]) if head else {}
    body = text[head.end() :] if head else text
    blocks = list(_blocks(body.split("\n")))
    if not fields.get("title") and blocks and blocks[0][0] == "heading":
        fields["title"] = blocks.pop(0)[1]
    fields["blockquotes"] = [words for kind, words in blocks if kind == "quote"]
    fields["text"] = _join(blocks)
    return fields


def _front_matter(lines: str) -> dict[str, str]:
    found = (FIELD.fullmatch(line) for line in lines.split("\n"))
    return {
        field["name"]: field["value"].strip().strip("\"'")
        for field in found
        if field is not None and field["name"] in KNOWN_FIELDS
    }


def _join(blocks: list[tuple[str, str]]) -> str:
    """Part paragraphs by blank lines; an item stands on the line under the one before, and so does a table's row."""
    text, before = "", ""
    for kind, words in blocks:
        apart = "\n" if kind == "item" or kind == before == "row" else "\n\n"
        text += (apart if text else "") + words
        before = kind
    return text


def _blocks(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and words of each block: "heading", "quote", "item", "row" or "prose"."""
    held: list[str] = []
    kind, fenced = "", False
    for line in [*lines, ""]:
        if FENCE.match(line.strip()):
            fenced = not fenced
            continue
        this, words = ("row", line.strip()) if fenced and line.strip() else _read(line, kind)
        if this == "underline":
            yield "heading", _inline(" ".join(held))
            held, kind = [], ""
            continue
        if held and this != "same":
            yield kind, _inline(" ".join(held))
            held, kind = [], ""
        if words:
            kind = kind if this == "same" else this
            held.append(words)


def _read(line: str, before: str) -> tuple[str, str]:
    """Return the kind of a line and its words; "same" where it goes on with the block before."""
    stripped = line.strip()
    if not stripped or REFERENCE.fullmatch(stripped) or (RULE.fullmatch(stripped) and before != "prose"):
        return "", ""
    if before == "prose" and UNDERLINE.fullmatch(stripped):
        return "underline", ""
    if quote := QUOTE.match(line):
        return ("same" if before == "quote" else "quote"), line[quote.end() :].strip()
    return _read_marked(stripped) or ("same" if before in {"prose", "item", "quote"} else "prose", stripped)


def _read_marked(line: str) -> tuple[str, str] | None:
    """Return kind and words of a line whose first characters say what it is, or None."""
    if heading := HEADING.fullmatch(line):
        return "heading", heading["words"].rstrip(" \t#")
    if item := ITEM.fullmatch(line):
        return "item", f"{item['number'] or '-'} {item['words'].strip()}"
    if line.startswith("|") and line.endswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return "row", "" if TABLE_RULE.fullmatch(line) else " | ".join(cells)
    return None


def _inline(words: str) -> str:
    for pattern, replacement in INLINE:
        words = pattern.sub(replacement, words)
    return words.strip()
