import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from factories import (
    HOSTILE,
    OFFICIAL_TEXT,
    make_document,
    make_hostile_report,
    make_passage,
    make_report,
    scored,
)
from headwater.domain.verdicts import CheckReport
from headwater.report.text import make_console, print_document, print_report, visible


def printed(report: CheckReport) -> str:
    stream = io.StringIO()
    print_report(report, make_console(stream))
    return stream.getvalue()


def test_a_report_written_to_a_file() -> None:
    lines = [line.rstrip() for line in printed(make_report()).splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith("2. "))
    end = next(number for number, line in enumerate(lines) if line.startswith("3. "))
    assert lines[start:end] == [
        "2. ✗ Contradicted  another figure for the same thing",
        "   Article      The command gets £57 million.",
        "   Figure       ! article “£57 million”, source “£75 million”: £18 million less (high)",
        "   Official     “The Border Security Command will receive £75 million.”",
        "                Home Office, “New deals to smash the gangs”, 7 November 2024",
        "                https://www.gov.uk/government/news/new-deals",
        "",
    ]


def test_every_section_is_there() -> None:
    text = re.sub(r"\s+", " ", printed(make_report()))
    for words in (
        "6 claims",
        "✓ Supported",
        "≈ Shifted",
        "✗ Contradicted",
        "∅ Not in source",
        "– Not checkable",
        "Figure = the same figure Official",
        "Prime Minister, in Home Office",
        "not stated: “More than 31,000”",
        "it is no support",
        "no official source found on this topic",
        "leaves out: - “Almost 100,000 people”: a figure of the source",
        "wrongly decoded characters at",
        "“ÂŁ” read as “£”",
        "searched by words alone: no vectors are stored",
        "rules 2026.11.2, model minilm/onnx-int8@0123456789ab, corpus 17, 12 ms",
    ):
        assert words in text


def test_no_word_on_truth() -> None:
    assert re.search(r"\b(true|false|fake)\b", printed(make_report()), re.IGNORECASE) is None


def test_a_file_gets_no_colour_and_lines_that_fit() -> None:
    text = printed(make_report())
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_nearest_passage_of_an_unsupported_claim_is_not_called_official() -> None:
    section = printed(make_report()).split("\n3. ")[1].split("\n4. ")[0]
    assert "Nearest" in section
    assert "Official" not in section


def test_verdicts_in_ascii_where_nothing_else_can_be_shown() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    print_report(make_report(), Console(file=stream, width=100))
    stream.seek(0)
    text = stream.read()
    for plain in ("[=] Supported", "[~] Shifted", "[x] Contradicted", "[ ] Not in source", "[-] Not checkable"):
        assert plain in text


def test_hostile_text_cannot_move_the_cursor() -> None:
    text = printed(make_hostile_report())
    assert set(re.findall("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", text)) == {"\n"}
    assert "\\x1b[31mred" in text
    assert "[31m" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  spaces\u00a0", "two lines and spaces"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\u202egnp", "\\u202egnp"),
        ("a\ud800b", "a\ufffdb"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("\x9b31m", "\\x9b31m"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_markup_in_a_text_is_text() -> None:
    stream = io.StringIO()
    print_document(make_document(title="[red]x[/red]", text="[link=a]b[/link] :smile:"), make_console(stream))
    assert "[red]x[/red]" in stream.getvalue()
    assert "[link=a]b[/link] :smile:" in stream.getvalue()


def test_a_document_is_printed_with_its_provenance() -> None:
    stream = io.StringIO()
    print_document(make_document(publisher=HOSTILE), make_console(stream))
    text = re.sub(r"\s+", " ", stream.getvalue())
    assert "uk-deals, version 1" in text
    assert "https://www.gov.uk/government/news/new-deals" in text
    assert "Open Government Licence" in text
    assert re.sub(r"\s+", " ", OFFICIAL_TEXT) in text
    assert "\x1b" not in text


def test_lines_of_a_file_end_where_their_words_end() -> None:
    assert [line for line in printed(make_report()).splitlines() if line != line.rstrip()] == []


def test_a_terminal_gets_colour() -> None:
    stream = io.StringIO()
    print_report(make_report(), Console(file=stream, force_terminal=True, width=100))
    assert "\x1b[" in stream.getvalue()


def test_a_source_without_particulars_leaves_no_empty_line() -> None:
    document = make_document(publisher="", title="", first_published=None, url="")
    claim = make_report().claims[0]
    bare = replace(claim, evidence=(scored(make_passage("Almost 100,000", document=document, speaker="They")),))
    section = printed(CheckReport((bare,))).rstrip().splitlines()
    assert [line.strip() for line in section[-2:]] == ["Official     “Almost 100,000”", "They"]


def test_an_empty_report() -> None:
    assert "0 claims" in printed(CheckReport(()))
