import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_factories import CORPUS, make_fields
from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources import jsonl
from headwater.sources.jsonl import read_jsonl


def line(number: int) -> bytes:
    return json.dumps(make_fields(url=f"https://a.gov.uk/{number}")).encode() + b"\n"


def reasons(path: Path) -> tuple[int, list[str]]:
    """How many records are read, and what is wrong with the rest."""
    found = list(read_jsonl(path, name="f"))
    good = sum(isinstance(one, DocumentRecord) for one in found)
    return good, [str(one) for one in found if isinstance(one, UnreadableRecordError)]


def test_bad_lines_are_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + line(1) + b'{"url": \n' + b"\n" + line(2) + line(1) + b"[]\n" + b'{"a": "\xff"}\n'
        + b'{"text": "\\ud800"}\n' + b"[" * 100_000 + b"\n" + line(3).rstrip() + b"\r\n" + line(4).strip()
    )  # fmt: skip
    good, bad = reasons(path)
    assert good == 4
    assert [message.split(": ")[0] for message in bad] == ["f:2", "f:5", "f:6", "f:7", "f:8", "f:9"]
    assert "no JSON" in bad[0]
    assert "repeats line 1" in bad[1]
    assert "expected an object, found a list" in bad[2]
    assert all("no JSON" in message for message in bad[3:])


def test_two_versions_in_one_file_are_no_repetition(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(make_fields(text=f"It is {n}.")) for n in (84, 85)), encoding="utf-8")
    assert reasons(path) == (2, [])


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_compressed_files_and_cut_ones(tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> None:
    whole = compress(b"".join(line(number) for number in range(500)))
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(whole)
    assert reasons(path) == (500, [])
    path.write_bytes(whole[: len(whole) // 2])
    good, bad = reasons(path)
    assert good < 500
    assert len(bad) == 1
    assert "cannot be read on from here" in bad[0]
    path.write_bytes(b"no compressed file")
    assert reasons(path)[0] == 0


def test_a_line_too_long_to_hold_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1_000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(1) + b"x" * 5_000 + b"\n" + line(2))
    good, bad = reasons(path)
    assert good == 2
    assert bad == ["f:2: longer than 0 MiB"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    good, bad = reasons(tmp_path / "none.jsonl")
    assert good == 0
    assert "No such file" in bad[0]


@pytest.mark.slow
def test_all_of_the_corpus_can_be_read() -> None:
    found = [one for path in sorted(CORPUS.rglob("*.xz")) for one in read_jsonl(path)]
    assert len(found) == 2_843
    assert all(isinstance(one, DocumentRecord) for one in found)
