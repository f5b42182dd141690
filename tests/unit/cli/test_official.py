"""`headwater check` against an address, a document of the corpus, and as a receipt says; hostile files; a stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus_factories import make_record
from file_factories import make_docx, make_locked_pdf, make_pdf, make_zip
from headwater.cli.main import main
from headwater.corpus.store import CorpusStore
from publisher_server import LocalFetcher, PublisherServer, serving

NEWS = "/government/news/improving-food-in-hospitals-and-schools"
URL = f"https://www.gov.uk{NEWS}"
STORED = "https://www.gov.uk/government/news/new-deals"
TEXT = "The fund will get £75 million in 2025, the minister said."


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "corpus.sqlite3"
    monkeypatch.setenv("HEADWATER_DATABASE", str(path))
    monkeypatch.setenv("HEADWATER_MODEL", "hashing")
    return path


@pytest.fixture
def store(database: Path) -> Iterator[CorpusStore]:
    first = datetime(2024, 11, 7, tzinfo=UTC)
    with CorpusStore(database) as store:
        store.add_documents([make_record(url=STORED, title="New deals", text=TEXT, first_published=first)])
        yield store


@pytest.fixture
def publishers(monkeypatch: pytest.MonkeyPatch) -> Iterator[PublisherServer]:
    made = PublisherServer()
    with serving(made) as base:
        monkeypatch.setattr("headwater.wiring.open_fetcher", lambda *_, **__: LocalFetcher(base))
        yield made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "article.txt"
    path.parent.mkdir()
    path.write_text("The fund will get £57 million in 2025, the minister said.", "utf-8")
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    return int(str(left.value.code))


def test_an_address_is_read_and_cited(
    article: Path, publishers: PublisherServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", article, "--against", URL, "--json") in {0, 1}
    told = json.loads(capsys.readouterr().out)
    (document,) = {(one["document"]["url"], one["document"]["licence"]) for one in told["claims"][0]["nearest"]}
    assert document == (URL, "OGL-UK-3.0")
    assert publishers.requests == [f"https://www.gov.uk/api/content{NEWS}"]


def test_an_address_of_no_official_host_is_refused(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", article, "--against", "https://www.example.com/x") == 2
    assert "not on the list of official hosts" in capsys.readouterr().err


@pytest.mark.usefixtures("store")
def test_a_document_of_the_corpus_by_its_address(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", article, "--document", STORED, "--json") == 1
    claim = json.loads(capsys.readouterr().out)["claims"][0]
    assert claim["verdict"] == "contradicted"
    assert claim["evidence"][0]["document"]["url"] == STORED
    assert run("check", article, "--document", STORED, "--document-version", 9) == 2
    assert "no version 9" in capsys.readouterr().err


def test_a_run_against_one_document_and_again_from_its_receipt(
    article: Path, store: CorpusStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("check", article.parent, "--document", STORED, "--report", out, "--fail-on", "high") == 1
    report = json.loads((out / "article.txt.json").read_text("utf-8"))
    assert report["source"]["url"] == STORED
    assert report["receipt"]["options"]["source_version"] == 1
    capsys.readouterr()
    assert run("check", article, "--from-receipt", out / "article.txt.json") == 0
    assert capsys.readouterr().out == "the same answer\n"
    store.remove_documents([report["source"]["document"]])
    assert run("check", article, "--from-receipt", out / "article.txt.json") == 2
    assert "no document of that identifier" in capsys.readouterr().err


def test_a_receipt_of_the_corpus_says_plainly_what_is_gone(
    article: Path, store: CorpusStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = make_record(url="https://www.gov.uk/other", text="The harbour was dredged in May 2019 for £3 million.")
    store.add_documents([other])
    assert run("embed") == 0
    out = tmp_path / "out"
    assert run("check", article, "--report", out) == 1
    report = out / "article.txt.json"
    (document,) = json.loads(report.read_text("utf-8"))["receipt"]["documents"]
    capsys.readouterr()
    assert run("check", article, "--from-receipt", report) == 0
    store.remove_documents([document["id"]])
    capsys.readouterr()
    assert run("check", article, "--from-receipt", report) == 1
    said = capsys.readouterr().out
    assert "the corpus changed: " in said
    assert f"document {document['id']}, version 1, is no longer in the corpus" in said
    assert "claim c1: contradicted before" in said


def test_the_rest_of_a_run_goes_on_after_each_hostile_file(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_MAX_FILE_BYTES", "1000000")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    bomb = b'<?xml version="1.0"?><w:document xmlns:w="w"><w:body>' + b" " * 60_000_000
    hostile = {
        "b-corrupt.docx": (make_docx("words of a release")[:200], "this is a damaged archive"),
        "c-locked.pdf": (make_locked_pdf(), "locked by a password"),
        "d-scanned.pdf": (make_pdf(), "pictures"),
        "e-large.txt": (b"x" * 1_000_001, "larger than 1 MB"),
        "f-bomb.docx": (make_zip({"word/document.xml": bomb}), "grows more than 250-fold"),
        "g-picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(90), "a PNG picture"),
    }
    for name, (raw, _) in hostile.items():
        (article.parent / name).write_bytes(raw)
    (article.parent / "h-wrong-name.pdf").write_bytes(make_docx("The fund will get £57 million in 2025."))
    source = tmp_path / "source.txt"
    source.write_text(TEXT, "utf-8")
    out = tmp_path / "out"
    assert run("check", article.parent, "--against", source, "--report", out) == 2
    said = " ".join(capsys.readouterr().err.split())
    for name, (_, words) in hostile.items():
        assert f"skipped {name}: " in said
        assert words in said
        assert not list(out.glob(f"{name}.*"))
    report = json.loads((out / "h-wrong-name.pdf.json").read_text("utf-8"))
    assert "the name promises a PDF" in report["article"]["notices"][0]
    assert (out / "article.txt.html").exists()
    rows = (out / "summary.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ["checked", *["unreadable"] * 6, "checked"]


def test_a_run_that_is_stopped_keeps_what_is_done(article: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("signals are others there")
    for number in range(400):
        (article.parent / f"b{number:03}.txt").write_text(f"{article.read_text('utf-8')} {number}" * 5, "utf-8")
    source, out = tmp_path / "source.txt", tmp_path / "out"
    source.write_text(TEXT, "utf-8")
    program = f"import sys; sys.path[:0] = {sys.path!r}; from headwater.cli.main import main; main()"
    command = [sys.executable, "-c", program, "check", article.parent, "--against", source, "--report", out]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        ends = time.monotonic() + 120
        # Once the second is done the first one has been shown, too.
        while not (out / "b000.txt.json").exists() and time.monotonic() < ends:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        told, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    rows = (out / "summary.csv").read_text("utf-8").splitlines()[1:]
    states = [row.split(",")[1] for row in rows]
    done = states.count("checked")
    assert len(states) == 401
    assert 0 < done < 401
    shown = re.search(r"stopped: (\d+) of 401 are done and kept", said)
    assert shown is not None, said
    assert done - int(shown[1]) in {0, 1}  # one may be done and not shown yet
    assert "Traceback" not in said
    assert "article.txt" in told
    assert not list(out.glob(".*.part")), "nothing is half-written"
    assert all((out / f"{row.split(',')[0]}.json").exists() for row in rows[:done])
