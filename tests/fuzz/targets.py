"""What is fuzzed: each target takes bytes, and raises nothing but what a broken promise raises.

A refusal that the product documents is an answer. Everything else that comes out is a finding, and so is a span that
points outside its text.
"""

from __future__ import annotations

import json
import lzma
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from file_factories import make_docx, make_pdf, make_zip
from headwater.api.checks.multipart import parse_multipart
from headwater.api.checks.requests import parse_check
from headwater.api.routes.document_list import parse_cursor
from headwater.checking import FactChecker
from headwater.cli.mcp_protocol import Tool, ToolServer
from headwater.corpus.given import given_passages
from headwater.domain.errors import HeadwaterError
from headwater.domain.spans import Span
from headwater.extraction.facts import extract_facts
from headwater.report.json import report_to_json
from headwater.retrieval.memory import InMemoryRetriever
from headwater.segmentation.claims import segment_claims
from headwater.settings import Settings
from headwater.sources.html import declared_encoding, read_html
from headwater.sources.intake.docx import read_docx
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.markdown import read_markdown
from headwater.sources.publishers.pdf import read_pdf
from headwater.sources.records import RecordFaultError
from headwater.text.decoding import decode
from headwater.text.normalise import normalise
from headwater.text.unwrap import unwrap
from headwater_embeddings.hashing import HashingEncoder

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = Path(__file__).with_name("cases")
WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
LIMITS = IntakeLimits(file_bytes=1_000_000, unpacked_bytes=4_000_000, characters=200_000)


@dataclass(frozen=True)
class Target:
    """A function of bytes, what it starts from, and words that its format knows."""

    act: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[str]


def text_of(raw: bytes) -> str:
    """Any text at all: lone surrogates come from what is no UTF-8."""
    return raw.decode("utf-8", "surrogateescape")


def spans_in(value: Any) -> Iterator[Span]:
    """Every span that a value holds, however deep."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from spans_in(item)


def require_inside(value: Any, length: int) -> None:
    for span in spans_in(value):
        assert 0 <= span.start <= span.end <= length, (span, length)


def normalised(raw: bytes) -> None:
    text = text_of(raw)
    found = normalise(text)
    require_inside(found.repairs, len(text))
    for start in range(0, len(found.text), 7):
        outer = found.mapped.to_original(Span(start, min(start + 7, len(found.text))))
        assert 0 <= outer.start <= outer.end <= len(text)
    unwrap(text)


def extracted(raw: bytes) -> None:
    text = normalise(text_of(raw)).mapped
    require_inside(extract_facts(text.text), len(text.text))
    for claim in segment_claims(text):
        require_inside(claim.span, len(text.original))


@cache
def checker() -> FactChecker:
    encoder = HashingEncoder()
    passages = given_passages("The fund is worth £75 million.")
    return FactChecker(encoder, InMemoryRetriever(passages, encoder.encode([one.text for one in passages])))


def compared(raw: bytes) -> None:
    text, _, source = text_of(raw).partition("\x1f")
    try:
        report = checker().compare(text, source or text)
    except HeadwaterError:
        return
    for claim in report.claims:
        assert 0 <= claim.claim.span.start <= claim.claim.span.end <= len(text)
    json.dumps(report_to_json(report))


def decoded(raw: bytes) -> None:
    found = decode(raw, declared_encoding(raw))
    require_inside(found.repairs, len(found.text))
    read_markdown(found.text)


def read_as_page(raw: bytes) -> None:
    try:
        fields_read = read_html(decode(raw, declared_encoding(raw)).text)
    except RecordFaultError:
        return
    json.dumps(fields_read)


def read_as_word(raw: bytes) -> None:
    try:
        read_docx(raw, "a.docx", LIMITS)
    except (UnreadableFileError, FileTooLargeError):
        return


def read_as_word_body(raw: bytes) -> None:
    """The XML inside: the archive around it would keep most changes from ever being parsed."""
    read_as_word(make_zip({"word/document.xml": raw, "word/footnotes.xml": raw, "docProps/core.xml": raw}))


def read_as_pdf(raw: bytes) -> None:
    try:
        read_pdf(raw)
    except RecordFaultError:
        return


def asked(raw: bytes) -> None:
    """The body of a check, as a form or as JSON, and the other things that come over the wire."""
    settings = Settings(database=Path("none"), max_text_characters=LIMITS.characters, max_file_bytes=LIMITS.file_bytes)
    for content_type in ("multipart/form-data; boundary=b", "application/json"):
        try:
            parse_check(content_type, raw, settings)
        except (HeadwaterError, ValueError) as error:  # a ValidationError is a ValueError, and answered by 422
            assert isinstance(error, HeadwaterError) or type(error).__name__ == "ValidationError", repr(error)
    for parse in (lambda: parse_multipart(text_of(raw[:100]), raw), lambda: parse_cursor(text_of(raw[:600]))):
        try:
            parse()
        except HeadwaterError:
            continue


@cache
def tools() -> ToolServer:
    echo = Tool("echo", "Say it again.", {"text": {"type": "string"}}, ("text",), act=lambda given: (given["text"], {}))
    return ToolServer((echo,), "")


def told(raw: bytes) -> None:
    answer = tools().answer(raw)
    assert answer is None or answer.get("error", {}).get("code") != -32603, answer
    json.dumps(answer)


def articles() -> list[bytes]:
    """Texts that people wrote."""
    texts = [FIXTURES / "seed" / "article.txt", FIXTURES / "seed" / "release.txt"]
    whole = [path.read_bytes() for path in texts]
    pieces = [part for text in whole for part in text.split(b"\n\n") if len(part) > 40]
    return [*pieces, *whole]


def pairs() -> list[bytes]:
    pieces = articles()
    return [b"\x1f".join(pair) for pair in pairwise(pieces)][:24]


def pages() -> list[bytes]:
    found = [lzma.decompress(path.read_bytes()) for path in sorted((FIXTURES / "publishers" / "pages").glob("*.xz"))]
    return [b"<html><head><title>A</title></head><body><p>One <b>two</b><ul><li>3</ul>", *(one[:6000] for one in found)]


def word_bodies() -> list[bytes]:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = (
        '<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One</w:t><w:tab/><w:br w:type="page"/></w:r></w:p><w:tbl><w:tr><w:tc>'
        "<w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
    )
    return [f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{inner}</w:body></w:document>'.encode()]


def forms() -> list[bytes]:
    field = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    form = "".join(
        field.format(*one)
        for one in (("article", "", "A claim."), ("source", '; filename="a.txt"', "Words."), ("limit", "", "3"))
    )
    return [
        f"{form}--b--\r\n".encode(),
        b'{"article": {"text": "A claim."}, "limit": 3, "as_of": "2024-11-08", "save": false}',
        b'{"article": {"content_base64": "QSBjbGFpbS4="}, "receipt": {"options": {}}}',
        b"WyIyMDI0LTExLTA4IiwgInVrLWRlYWxzIl0",
    ]


def messages() -> list[bytes]:
    asked_for = [
        {"method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
        {"method": "tools/list"},
        {"method": "tools/call", "params": {"name": "echo", "arguments": {"text": "A"}}},
    ]
    return [json.dumps({"jsonrpc": "2.0", "id": 1, **one}).encode() for one in asked_for]


TARGETS = {
    "normalise": Target(normalised, articles, WORDS["prose"]),
    "extract": Target(extracted, articles, WORDS["prose"]),
    "compare": Target(compared, pairs, WORDS["prose"]),
    "decode": Target(decoded, articles, (*WORDS["prose"], "charset=", "# ", "---\n", "title: ")),
    "html": Target(read_as_page, pages, (*WORDS["markup"], *WORDS["prose"][:12])),
    "docx": Target(read_as_word, lambda: [make_docx("One", "Two")], WORDS["word"]),
    "docx_body": Target(read_as_word_body, word_bodies, WORDS["word"]),
    "pdf": Target(read_as_pdf, lambda: [make_pdf("Words", "More words.")], WORDS["pdf"]),
    "wire": Target(asked, forms, WORDS["wire"]),
    "mcp": Target(told, messages, WORDS["wire"]),
}


def cases_of(name: str) -> list[Path]:
    """What once broke a target, and what is kept because it nearly did."""
    return sorted((CASES / name).glob("*"))
