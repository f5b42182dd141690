"""Word documents: paragraphs, lists, tables and notes in order, as they read with all changes accepted.

A .docx is an archive of XML. It is read by events from a stream, never as a tree, and a document type or an entity,
which no Word document has, ends the reading: nothing can be made to grow, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import NoReturn
from xml.parsers import expat

from headwater.sources.intake.archives import DAMAGED, SafeArchive
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.kinds import describe_archive
from headwater.sources.intake.limits import LIMITS, IntakeLimits

MAIN_PART = "word/document.xml"
RELATIONS = "_rels/.rels"
MAIN_RELATION = "/officeDocument"  # end of the type that names the main part
NOTES = ("footnotes.xml", "endnotes.xml")  # beside the main part
LEFT_OUT = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPrChange", "rPrChange"}  # removed words, commands
DEEPEST = 2_000  # open elements, each of which the parser remembers: tables in tables in tables take a hundred
MOST_ELEMENTS = 1_500_000  # of one part, some seconds' reading: a document of a thousand pages has half as many
CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
LIST_STYLES = ("ListBullet", "ListNumber")  # of Word itself, whose lists need no word in the paragraph
SYSTEM_NOTES = {"separator", "continuationSeparator", "continuationNotice"}  # lines that Word draws above notes


@dataclass(frozen=True, slots=True)
class DocxText:
    """What a Word document holds: paragraphs parted by blank lines, and its title where its properties state one."""

    text: str
    title: str = ""


def read_docx(raw: bytes, name: str = "", limits: IntakeLimits = LIMITS) -> DocxText:
    """Return what a Word document holds.

    Args:
        raw: The file.
        name: For messages.
        limits: How large its parts and its text may be.

    Raises:
        UnreadableFileError: If it is damaged, locked, or another kind of archive.
        FileTooLargeError: If it grows beyond the limits.
    """
    archive = SafeArchive(raw, name, limits)
    parts = set(archive.parts)
    main = _main_part(archive, name) if RELATIONS in parts else MAIN_PART
    if main not in parts:
        raise UnreadableFileError(name, describe_archive(archive.parts))
    folder = main.rpartition("/")[0]
    body = _Body(name, limits.characters)
    for part in (main, *(join(folder, notes) for notes in NOTES)):
        if part in parts:
            _parse(archive, part, name, body)
    title = _Title()
    if "docProps/core.xml" in parts:
        _parse(archive, "docProps/core.xml", name, title)
    return DocxText(body.text, " ".join("".join(title.words).split()))


class _Handler:
    """What takes the events of one part; names are without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def characters(self, words: str) -> None:
        """Text stands in an element."""


@dataclass
class _Title(_Handler):
    words: list[str] = field(default_factory=list)
    is_open: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self.is_open = name == "title"

    def end(self, name: str) -> None:  # noqa: ARG002
        self.is_open = False

    def characters(self, words: str) -> None:
        if self.is_open:
            self.words.append(words)


@dataclass
class _Relations(_Handler):
    target: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(MAIN_RELATION):
            self.target = normpath(attributes.get("Target", "").lstrip("/"))


class _Body(_Handler):
    """Paragraphs as they come: text boxes inside a paragraph are set after it, cells of a row on one line."""

    def __init__(self, name: str, most: int) -> None:
        self._name, self._most = name, most
        self._blocks: list[tuple[str, str]] = []
        self._open: list[_Paragraph] = []
        self._cells: list[list[str]] = []  # of the rows that are open, outermost first
        self._left_out = 0
        self._in_text = False
        self._length = 0

    @property
    def text(self) -> str:
        """All paragraphs; an item stands on the line under the one before, and so does a row."""
        text: list[str] = []
        before = ""
        for kind, words in self._blocks:
            text += ["\n" if kind == before and kind != "prose" else "\n\n"] if text else []
            text.append(words)
            before = kind
        return "".join(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._left_out or name in LEFT_OUT or (attributes.get("type") in SYSTEM_NOTES and name.endswith("note")):
            self._left_out += 1
        elif name == "p":
            self._open.append(_Paragraph())
        elif name == "t":
            self._in_text = True
        elif name == "tr":
            self._cells.append([])
        elif name == "tc" and self._cells:
            self._cells[-1].append("")
        elif self._open:
            self._open[-1].note(name, attributes)

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name == "p" and self._open:
            self._close(self._open.pop())
        elif name == "t":
            self._in_text = False
        elif name == "tr" and self._cells:
            row = " | ".join(cell for cell in self._cells.pop() if cell)
            self._add("row", row)
        elif name == "r" and self._open:
            self._open[-1].is_hidden = False

    def characters(self, words: str) -> None:
        if self._in_text and not self._left_out and self._open and not self._open[-1].is_hidden:
            self._length += len(words)
            if self._length > self._most:
                raise FileTooLargeError(self._name, f"it holds more than {self._most:,} characters")
            self._open[-1].words.append(words)

    def _close(self, paragraph: _Paragraph) -> None:
        words = "\n".join(line for line in (" ".join(one.split()) for one in paragraph.text.split("\n")) if line)
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] = " ".join(filter(None, (self._cells[-1][-1], words.replace("\n", " "))))
        elif paragraph.is_item and words:
            self._add("item", f"- {words}")
        else:
            self._add("prose", words)

    def _add(self, kind: str, words: str) -> None:
        if words and self._cells:  # a row inside a cell of another table
            cell = self._cells[-1]
            cell[-1:] = [" ".join(filter(None, (cell[-1], words)))] if cell else [words]
        elif words:
            self._blocks.append((kind, words))


@dataclass
class _Paragraph:
    words: list[str] = field(default_factory=list)
    is_item: bool = False
    is_hidden: bool = False
    style: str = ""

    @property
    def text(self) -> str:
        return "".join(self.words)

    def note(self, name: str, attributes: dict[str, str]) -> None:
        """Take in what stands inside a paragraph besides its text."""
        if name in CHARACTERS:
            is_page_end = attributes.get("type") in {"page", "column"}
            self.words.append(" " if is_page_end else CHARACTERS[name])
        elif name == "pStyle":
            self.style = attributes.get("val", "")
            self.is_item = self.style.startswith(LIST_STYLES)
        elif name == "r":
            self.is_hidden = False  # the mark of a paragraph may be hidden, and its words are shown
        elif name == "numPr":
            self.is_item = not self.style.lower().startswith(("heading", "title"))
        elif name == "vanish":
            self.is_hidden = attributes.get("val", "1") not in {"0", "false", "off"}


def _main_part(archive: SafeArchive, name: str) -> str:
    relations = _Relations()
    _parse(archive, RELATIONS, name, relations)
    return relations.target or MAIN_PART


def _parse(archive: SafeArchive, part: str, name: str, handler: _Handler) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refusing(name)
    parser.EntityDeclHandler = _refusing(name)
    events = _Events(handler, name)
    parser.StartElementHandler, parser.EndElementHandler = events.start, events.end
    parser.CharacterDataHandler = handler.characters
    try:
        for piece in archive.pieces(part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnreadableFileError(name, DAMAGED) from None


@dataclass
class _Events:
    """What the parser says, handed on with names without their namespaces."""

    handler: _Handler
    file_name: str
    depth: int = 0
    count: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise FileTooLargeError(self.file_name, f"it holds more than {MOST_ELEMENTS:,} elements, as no document")
        if self.depth > DEEPEST:
            raise FileTooLargeError(
                self.file_name, f"elements are nested more than {DEEPEST:,} deep, as in no document"
            )
        self.handler.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.handler.end(_local(tag))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(*_declared: object) -> NoReturn:
        raise UnreadableFileError(name, "it declares a document type or entities, which no Word document does")

    return refuse
