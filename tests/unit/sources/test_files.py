import gzip
import json
from pathlib import Path

import pytest

from corpus_factories import FIXTURES, RELEASE, make_fields
from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.files import list_files, read_file, read_path, read_paths


def only(path: Path) -> DocumentRecord:
    (record,) = read_file(path)
    assert isinstance(record, DocumentRecord)
    return record


def test_the_seed_release_has_its_particulars_beside_it() -> None:
    record = only(RELEASE)
    assert record.text.encode() == RELEASE.read_bytes()
    assert record.publisher == "Prime Minister's Office, 10 Downing Street"
    assert (record.document_type, record.licence, record.url) == (
        "press_release",
        "OGL-UK-3.0",
        "urn:headwater:seed:release",
    )
    assert record.first_published is not None
    assert record.first_published.date().isoformat() == "2024-11-07"


def test_a_text_alone_is_named_by_its_first_line_or_its_file(tmp_path: Path) -> None:
    (tmp_path / "budget-note_2024.txt").write_text("It fell by 3%.\n\nIt rose.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Small boats in 2024\n\nIt fell.", encoding="utf-8")
    assert only(tmp_path / "budget-note_2024.txt").title == "Budget note 2024"
    assert only(tmp_path / "b.txt").title == "Small boats in 2024"
    assert only(tmp_path / "b.txt").text == "Small boats in 2024\n\nIt fell."
    assert only(tmp_path / "b.txt").publisher == "Local file"


def test_files_of_one_name_in_two_folders_are_two_documents(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "release.txt").write_text("It fell.", encoding="utf-8")
    one, two = read_path(tmp_path)
    assert isinstance(one, DocumentRecord)
    assert isinstance(two, DocumentRecord)
    assert one.external_id != two.external_id
    assert str(tmp_path) not in one.url


def test_texts_are_decoded_by_rule(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"It cost \xa375 million.")
    (tmp_path / "b.html").write_bytes(b'<meta charset="windows-1252"><p>It cost \xa375 million.</p>')
    assert only(tmp_path / "a.txt").text == "It cost £75 million."
    assert only(tmp_path / "b.html").text == "It cost £75 million."


def test_folders_are_walked_in_order_and_leave_out_what_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/2.md", "b/1.txt", "a.html", "README.md", "LICENSE.txt", "c.docx", ".hidden/x.txt", "1.meta.json"):
        (tmp_path / name).write_text("It fell.", encoding="utf-8")
    with gzip.open(tmp_path / "z.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(make_fields()))
    names = [path.relative_to(tmp_path).as_posix() for path in list_files(tmp_path)]
    assert names == ["a.html", "b/1.txt", "b/2.md", "z.jsonl.gz"]
    assert sum(isinstance(one, DocumentRecord) for one in read_paths([tmp_path])) == 4


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK", "files of this kind are not read"),
        ("a.pdf", b"%PDF", "a PDF that cannot be opened"),
        ("a", b"x", "files of this kind are not read"),
        ("a.txt", b"", "text is empty"),
        ("a.txt", b"\xff\xfe", "text is empty"),
        ("a.md", b"---\ntitle: x\n---\n", "text is empty"),
        ("a.html", b"<p> </p>", "text is empty"),
        ("a.html", b'<meta name="date" content="soon"><p>Words</p>', "not a date"),
        ("a.html", b"<div>" * 100_000, "nested more than 5,000 deep"),
        ("a.txt.gz", b"no gzip", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (error,) = read_file(path)
    assert isinstance(error, UnreadableRecordError)
    assert str(error).startswith(str(path))
    assert reason in str(error)


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [(b"{", "no JSON"), (b"[]", "expected an object"), (b'{"title": 5}', "title must be text")],
)
def test_a_bad_sidecar_is_named(tmp_path: Path, sidecar: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_text("It fell.", encoding="utf-8")
    (tmp_path / "a.meta.json").write_bytes(sidecar)
    (error,) = read_file(tmp_path / "a.txt")
    assert isinstance(error, UnreadableRecordError)
    assert reason in str(error)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    (error,) = read_path(tmp_path / "none.txt")
    assert isinstance(error, UnreadableRecordError)
    assert "No such file" in str(error)


def test_a_pdf_keeps_the_places_of_its_pages(tmp_path: Path) -> None:
    stored = FIXTURES / "publishers" / "pdf" / "UK-Covid-19_Inquiry_Module_1_Response.pdf"
    (tmp_path / "response.pdf").write_bytes(stored.read_bytes())
    (tmp_path / "response.meta.json").write_text(json.dumps({"publisher": "Cabinet Office", "title": "Response"}))
    record = only(tmp_path / "response.pdf")
    assert (record.publisher, record.title, record.document_type) == ("Cabinet Office", "Response", "pdf")
    assert len(record.provenance.page_starts) == 40
    assert record.licence == "OGL-UK-3.0"
