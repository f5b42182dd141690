"""Every kind of file that is handed over: what is read of it, and what is said where it cannot be read."""

import resource
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from file_factories import make_docx, make_locked_pdf, make_pdf, make_zip, paragraph
from headwater.domain.errors import InvalidInputError
from headwater.sources.intake.errors import FileTooLargeError, UnreadableFileError
from headwater.sources.intake.kinds import FileKind
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.intake.taking import take_in, take_in_file

PAGE = b"<!doctype html><html><title>T</title><article><h1>Ferries</h1><p>The fund is \xc2\xa375 million.</p></article>"
DOCX = make_docx("The fund is £75 million.", "It will run for six weeks.")
PDF = make_pdf("The fund is 75 million pounds.")
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)
PNG = bytes.fromhex("89504e470d0a1a0a") + bytes(500)


@pytest.mark.parametrize(
    ("raw", "name", "kind", "words"),
    [
        ("The fund is £75 million.".encode(), "a.txt", FileKind.TEXT, "The fund is £75 million."),
        ("The fund is £75 million.".encode("utf-16"), "a.txt", FileKind.TEXT, "The fund is £75 million."),
        ("The fund is £75 million.".encode("utf-16-le"), "", FileKind.TEXT, "The fund is £75 million."),
        ("The fund is £75 million.".encode("cp1252"), "", FileKind.TEXT, "The fund is £75 million."),
        (b"", "empty.txt", FileKind.TEXT, ""),
        (b"2 < 3, and # is no heading", "a.txt", FileKind.TEXT, "2 < 3, and # is no heading"),
        (b"# Ferries\n\nThe *fund* is large.\n", "", FileKind.MARKDOWN, "Ferries\n\nThe fund is large."),
        (b"A [fund](https://example.org/a) is\nlarge.\n", "", FileKind.MARKDOWN, "A fund is large."),
        (b"The **fund** is large.", "a.md", FileKind.MARKDOWN, "The fund is large."),
        (PAGE, "", FileKind.HTML, "Ferries\n\nThe fund is £75 million."),
        (b'<?xml version="1.0"?>\n' + PAGE, "", FileKind.HTML, "Ferries\n\nThe fund is £75 million."),
        (b"<p>The fund is large.</p>", "part.html", FileKind.HTML, "The fund is large."),
        (DOCX, "a.docx", FileKind.DOCX, "The fund is £75 million.\n\nIt will run for six weeks."),
        (PDF, "a.pdf", FileKind.PDF, "The fund is 75 million pounds."),
        (b"\n" + PDF, "", FileKind.PDF, "The fund is 75 million pounds."),
    ],
)
def test_kinds_are_told_by_bytes(raw: bytes, name: str, kind: FileKind, words: str) -> None:
    taken = take_in(raw, name)
    assert (taken.kind, taken.text, taken.notices) == (kind, words, ())


@pytest.mark.parametrize(
    ("raw", "name", "kind", "notice"),
    [
        (PAGE, "a.docx", FileKind.HTML, "promises a Word document (.docx), and it is a web page"),
        (DOCX, "a.pdf", FileKind.DOCX, "promises a PDF, and it is a Word document (.docx)"),
        (PDF, "a.txt", FileKind.PDF, "promises plain text, and it is a PDF"),
        (b"Plain words.", "a.docx", FileKind.TEXT, "promises a Word document (.docx), and it is plain text"),
    ],
)
def test_a_wrong_name_is_told_and_the_file_read(raw: bytes, name: str, kind: FileKind, notice: str) -> None:
    taken = take_in(raw, name)
    assert taken.kind is kind
    assert notice in taken.notices[0]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (DOCX[: len(DOCX) // 2], "damaged archive"),
        (make_zip({"word/document.xml": b"<w:document><w:body>"}), "damaged archive"),
        (make_zip({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a spreadsheet"),
        (make_zip({"mimetype": b"", "content.xml": b""}), "an OpenDocument file"),
        (make_zip({"a.txt": b"words"}), "an archive"),
        (make_docx(), "no word in it"),
        (make_docx(main="word/none.xml").replace(b"word/none.xml", b"word/nine.xml", 1), "damaged archive"),
        (OLE, "locked by a password"),
        (PNG, "a PNG picture"),
        (b"{\\rtf1 words}", "an RTF file"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (bytes(range(256)) * 20, "this is no text"),
        (make_locked_pdf(), "the PDF is locked by a password"),
        (make_pdf(), "hold no words but pictures"),
        (PDF[:120], "a damaged PDF"),
        (b"<html><body><img src='a'></body></html>", "no word in it"),
        (b"<div>" * 6000, "this is no"),
    ],
)
def test_what_cannot_be_read_is_named(raw: bytes, message: str) -> None:
    if message == "this is no":
        raw, message = b"<html>" + raw, "nested"
    with pytest.raises(UnreadableFileError, match=r"^article\.bin: ") as raised:
        take_in(raw, "article.bin")
    assert message in str(raised.value)


def test_a_file_over_the_limit_is_refused_and_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * 4_000_000)
    tracemalloc.start()
    with pytest.raises(FileTooLargeError, match=r"^long\.txt: the file is larger than 10 MB, which is the limit$"):
        take_in_file(path)
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("raw", [b"word " * 300, make_docx("word " * 300), make_pdf("word " * 300), PAGE * 20])
def test_too_many_characters_are_refused(raw: bytes) -> None:
    with pytest.raises(FileTooLargeError, match="holds more than 400 characters"):
        take_in(raw, limits=IntakeLimits(characters=400))


def bomb(inner: bytes) -> bytes:
    start, end = word_parts()
    return make_zip({"word/document.xml": start + inner + end})


def word_parts() -> tuple[bytes, bytes]:
    from file_factories import word_body

    start, _, end = word_body("|").encode().partition(b"|")
    return start, end


@pytest.mark.parametrize(
    "inner",
    [b" " * 12_000_000, b"<w:p/>" * 500_000, b"<w:t>" + b"a" * 12_000_000 + b"</w:t>", b"<w:a>" * 2_400_000],
)
def test_an_archive_that_grows_a_thousandfold_is_given_up(inner: bytes) -> None:
    raw = bomb(inner)
    assert len(raw) < len(inner) / 250
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileTooLargeError, match=r"grows more than 250-fold|nested more than"):
        take_in(raw, "bomb.docx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kilobytes


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE a [<!ENTITY e "words">]>', '<!DOCTYPE a SYSTEM "file:///etc/hostname">', "<!DOCTYPE a>"],
)
def test_entities_and_document_types_are_refused(declared: str) -> None:
    raw = make_zip({"word/document.xml": f"{declared}<a>&e;</a>"})
    with pytest.raises(UnreadableFileError, match="document type or entities"):
        take_in(raw)


def test_what_a_page_states_is_kept() -> None:
    head = b'<meta property="article:published_time" content="2024-11-07T09:00:00Z">'
    head += b'<meta property="og:title" content="Deals">'
    taken = take_in(b"<html><head>" + head + b"</head><body><p>The fund is large.</p></body></html>")
    assert (taken.title, taken.published) == ("Deals", date(2024, 11, 7))


def test_fields_at_the_head_of_markdown_are_kept() -> None:
    taken = take_in(b"---\ntitle: Deals\nfirst_published_at: 2024-11-07\n---\n\nThe fund is large.\n")
    assert (taken.text, taken.title, taken.published) == ("Deals\n\nThe fund is large.", "Deals", date(2024, 11, 7))


@given(st.binary(max_size=600), st.sampled_from(["", "a.docx", "a.html", "a.md", "a.txt"]))
def test_any_bytes_are_read_or_refused(raw: bytes, name: str) -> None:
    if b"%PDF-" in raw:
        return
    try:
        assert take_in(raw, name).name == name
    except InvalidInputError as error:
        assert str(error)


@given(st.integers(0, len(DOCX) - 1), st.binary(min_size=1, max_size=30))
def test_a_changed_document_is_read_or_refused(at: int, changed: bytes) -> None:
    try:
        assert take_in(DOCX[:at] + changed + DOCX[at + len(changed) :]).text
    except InvalidInputError as error:
        assert str(error)


def test_a_long_document_is_read_within_bounds() -> None:
    inner = "".join(
        paragraph(f"The fund number {number} paid £{number},000 to {number * 3} people.") for number in range(5000)
    )
    assert take_in(make_docx(inner=inner)).text.count("The fund") == 5000
