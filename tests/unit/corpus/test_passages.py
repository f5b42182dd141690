import json

import pytest

from corpus_factories import FIXTURES, RELEASE, real_fields
from headwater.corpus.passages import PassageSlice, slice_passages
from headwater.domain.documents import PassageKind

BULLETS = set("-*•‣▪◦–—●○■")


def kinds(text: str, **options: object) -> list[tuple[str, str, str]]:
    """Kind, heading and speaker of each passage."""
    return [(cut.kind.value, cut.heading, cut.speaker) for cut in slice_passages(text, **options)]  # type: ignore[arg-type]


def assert_tiles(text: str, cuts: tuple[PassageSlice, ...]) -> None:
    """Each passage is an exact slice, none overlap, and what lies between them is blank or a bullet."""
    end = 0
    for cut in cuts:
        assert cut.span.start >= end
        assert cut.span.slice(text) == cut.text
        assert cut.text == cut.text.strip() != ""
        assert set(text[end : cut.span.start]) - BULLETS <= set(" \t\r\n\u00a0\u200b\ufeff\u2028\u2029")
        end = cut.span.end
    assert not text[end:].strip()


def test_the_wrapped_release_yields_its_22_paragraphs() -> None:
    text = RELEASE.read_text(encoding="utf-8")
    cuts = slice_passages(text)
    assert len(cuts) == 22
    assert_tiles(text, cuts)


def test_the_passages_of_the_release_are_those_of_the_gold_labels() -> None:
    text = RELEASE.read_text(encoding="utf-8")
    cuts = slice_passages(text)
    labels = [
        json.loads(line)
        for line in (FIXTURES / "gold" / "seed" / "seed_source_passages.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for label in labels:
        holder = [cut for cut in cuts if cut.span.start <= label["start"] and label["end"] <= cut.span.end]
        assert len(holder) == 1, label["id"]
        voice = {"narration": "", "pm": "Prime Minister", "hs": "Home Secretary"}
        assert holder[0].speaker == voice.get(label["voice"], label["voice"]), label["id"]


@pytest.mark.parametrize(
    ("name", "at_least"),
    [
        ("uk_government/govuk_content_api", 141),
        ("uk_government/govuk_small_boats_versions", 92),
        ("uk_government/govuk_pm_covid_statements", 50),
        ("european_union/eu_parliament_press", 5),
        ("united_states/us_congressional_record", 110),
    ],
)
def test_real_documents_are_tiled(name: str, at_least: int) -> None:
    read = 0
    for fields in real_fields(name):
        cuts = slice_passages(fields["text"], block_quotes=fields.get("blockquotes") or ())
        assert_tiles(fields["text"], cuts)
        assert cuts
        read += 1
    assert read >= at_least


def test_paragraphs_without_breaks_are_cut_at_sentence_ends() -> None:
    fields = next(iter(real_fields("uk_government/scotgov_fm_covid_statements")))
    cuts = slice_passages(fields["text"])
    assert_tiles(fields["text"], cuts)
    assert max(len(cut.text) for cut in cuts) <= 900
    ends = sum(cut.text[-1] in ".?!”" for cut in cuts)
    assert ends >= len(cuts) - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", [("paragraph", "", ""), ("paragraph", "", "")]),
        ("One.\nTwo.\nThree.", [("paragraph", "", "")] * 3),
        ("Notes to editors\n\nIt fell.", [("heading", "", ""), ("paragraph", "Notes to editors", "")]),
        ("SUMMARY:\n\nIt fell.", [("heading", "", ""), ("paragraph", "SUMMARY", "")]),
        ("Only a line", [("paragraph", "", "")]),
        (
            "The data excludes those who:\n- came by lorry\n- were returned",
            [
                ("paragraph", "", ""),
                ("list_item", "The data excludes those who:", ""),
                ("list_item", "The data excludes those who:", ""),
            ],
        ),
        (
            "Table 1\n\nDate | Arrived\n13 August 2026 | 0\n14 August 2026 | 93",
            [
                ("heading", "", ""),
                ("table_row", "Table 1", ""),
                ("table_row", "Table 1 — Date | Arrived", ""),
                ("table_row", "Table 1 — Date | Arrived", ""),
            ],
        ),
        ("Asylum | 84\nVisas | 12", [("table_row", "", ""), ("table_row", "", "")]),
        ("Year | 2023 | 2024\nAsylum | 84 | 91", [("table_row", "", ""), ("table_row", "Year | 2023 | 2024", "")]),
    ],
)
def test_kinds_and_headings(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(text) == expected
    assert_tiles(text, slice_passages(text))


def test_bullets_are_left_out_so_that_no_dash_reads_as_a_minus() -> None:
    assert [cut.text for cut in slice_passages("They are:\n- 5 boats\n- 252 people")] == [
        "They are:",
        "5 boats",
        "252 people",
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The Home Secretary said:\n\n“We act.\n\n“We go on.”\n\nIt is.", ["", *["The Home Secretary"] * 2, ""]),
        ("Foreign Secretary:\n\n“We act.”", ["", "Foreign Secretary"]),
        ("Mr Smith said:\n\n“We act.”\n\nHe added:\n\n“We go on.”", ["", "Mr Smith", "", "Mr Smith"]),
        ("Mr Smith said:\n\nWe act at once.\n\nThe scheme opens in May.", ["", "Mr Smith", ""]),
        ("Mr Smith said: “We act.\n\n“We go on.”\n\nIt ended.", ["", "Mr Smith", ""]),
        ("The report said the following is needed:\n\nMore boats.", ["", ""]),
        ("The figures are as follows:\n\n“Boats” means vessels.", ["", ""]),
        ("It rose.\n\n“We act.”", ["", ""]),
    ],
)  # fmt: skip
def test_speakers_are_carried_over_their_quotation(text: str, speakers: list[str]) -> None:
    assert [cut.speaker for cut in slice_passages(text)] == speakers


def test_block_quotes_without_marks_are_quotes_of_who_was_announced() -> None:
    text = (
        "Ms Lee, Director, found the support invaluable,\n\nI never dreamed it.\n\nIt is vital.\n\nShe sold it.\n\n"
        "Bob said:\n\nI agree.\n\nWe grow.\n\nIt ended."
    )
    quotes = ("I never dreamed it.\n\nIt is vital.", "I agree.\n\nWe grow.")
    assert kinds(text, block_quotes=quotes) == [
        ("paragraph", "", ""),
        ("quote", "", ""),
        ("quote", "", ""),
        ("paragraph", "", ""),
        ("heading", "", ""),
        ("quote", "", "Bob"),
        ("quote", "", "Bob"),
        ("paragraph", "", ""),
    ]


def test_a_speech_is_its_speakers_but_for_the_question_it_answers() -> None:
    text = "To ask the Minister how many boats came.\n\nSome 252 people came."
    assert [cut.speaker for cut in slice_passages(text, speaker="Lord West")] == ["", "Lord West"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff", "- ", "\u0000"])
def test_nothing_to_read_is_no_passage(text: str) -> None:
    assert [cut for cut in slice_passages(text) if cut.text.strip("-\0")] == []


def test_a_lead_in_is_kept_as_a_heading() -> None:
    cuts = slice_passages("Prime Minister said:\n\n“We will act.”")
    assert [cut.kind for cut in cuts] == [PassageKind.HEADING, PassageKind.QUOTE]
