"""House styles: each switch moves what it names to info, and nothing else."""

from __future__ import annotations

import pytest

from headwater.alignment.passages import annotate
from headwater.comparison.house_style import (
    HouseStyle,
    UnknownHouseStyleError,
    house_styles,
    parse_house_style,
    with_house_style,
)
from headwater.comparison.lanes import compare
from headwater.corpus.given import given_passages
from headwater.domain.findings import Effect, Finding, Severity
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

STYLES = list(house_styles().values())


def findings_of(text: str, source: str, *names: str) -> list[Finding]:
    passages = [annotate(passage) for passage in given_passages(source)]
    return [
        finding
        for claim in segment_claims(normalise(text).mapped)
        for finding in with_house_style(compare(claim, passages), names, claim.content)
    ]


def loud(findings: list[Finding]) -> list[str]:
    return [f.rule for f in findings if f.severity is not Severity.INFO and f.effect is not Effect.AGREES]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_example_of_a_switch_is_a_finding_without_it_and_a_remark_with_it(style: HouseStyle) -> None:
    assert loud(findings_of(*style.example))
    moved = findings_of(*style.example, style.name)
    assert loud(moved) == []
    assert any(finding.explanation.endswith(f"Allowed by the house style: {style.title}.") for finding in moved)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_switch_leaves_the_others_findings_alone(style: HouseStyle) -> None:
    wider = {"serial_comma": {"punctuation"}, "ise_ize": {"spelling"}}  # a part of what another switch allows
    for other in STYLES:
        if style.name != other.name and style.name not in wider.get(other.name, set()):
            assert loud(findings_of(*other.example, style.name)), other.name


# the text, the official words, the switches that do not cover their difference
KEPT = [
    ("He said: “He came, and he went home early.”", "He said: “He came and he went home early.”", "serial_comma"),
    ("He said: “We want trade, and hope for all.”", "He said: “We want trade; and hope for all.”", "serial_comma"),
    ("He said: “We will advize the whole office.”", "He said: “We will advise the hole office.”", "ise_ize,spelling"),
    ("He said: “The colour of money is green here.”", "He said: “The color of money is green here.”", "ise_ize"),
    ("He said: “Crime fell by 91 per cent in all.”", "He said: “Crime fell by 19% in all.”", "percent,numerals"),
    ("He said: “Crime fell by nine points in all.”", "He said: “Crime fell by 9% in all.”", "percent,numerals"),
    (
        "He said: “I thank Lady Smith for the work she did.”",
        "He said: “I thank Mr Jones for the work he did.”",
        "honorifics",
    ),
    (
        "He said: “We can accept the work of the gangs.”",
        "He said: “We can't accept the work of the gangs.”",
        "contractions",
    ),
    (
        "He said: “It was signed on 8 November in the hall.”",
        "He said: “It was signed on November 7 in the hall.”",
        "date_order",
    ),
    (
        "The government returned 7,000 people in October.",
        "The government returned 9,400 people in October.",
        "rounding",
    ),
    (
        "He said: “We want, to be plain, no more of it now.”",
        "He said: “We want not to be plain, no more of it now.”",
        "punctuation",
    ),
]


@pytest.mark.parametrize(("text", "source", "names"), KEPT)
def test_what_is_no_style_stays_a_finding(text: str, source: str, names: str) -> None:
    assert loud(findings_of(text, source, *parse_house_style(names)))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("He said: “We cannot do it alone, and fast.”", "He said: “We can do it alone, and fast.”"),
        ("The fund is worth £57 million.", "The fund is worth £75 million."),
        ("He said: “There were 9,000 of them at work.”", "He said: “There were 9,400 of them at work.”"),
    ],
)
def test_all_switches_together_hide_nothing_that_misleads(text: str, source: str) -> None:
    alone = [f for f in findings_of(text, source) if f.severity is Severity.HIGH]
    assert alone
    assert [f for f in findings_of(text, source, *house_styles()) if f.severity is Severity.HIGH] == alone


def test_moved_findings_come_after_those_that_decide() -> None:
    text = "He said: “The people-smuggling gangs will fail, and soon.”"
    source = "He said: “The people smuggling gangs will never fail, and soon.”"
    severities = [finding.severity for finding in findings_of(text, source, "hyphenation")]
    assert severities.index(Severity.INFO) == len(severities) - severities.count(Severity.INFO) > 0


def test_switches_are_read_in_any_form_and_given_in_the_tables_order() -> None:
    assert parse_house_style(" Hyphenation,serial-comma,,HYPHENATION") == ("serial_comma", "hyphenation")
    assert parse_house_style(["percent"]) == ("percent",)
    assert parse_house_style("") == ()


def test_an_unknown_switch_names_the_nearest_and_all_but_not_what_was_given() -> None:
    with pytest.raises(UnknownHouseStyleError, match=r"did you mean serial_comma\? there are serial_comma, ") as raised:
        parse_house_style("oxford_serial_comma")
    assert "oxford" not in str(raised.value)


def test_every_rule_that_a_switch_names_is_made_somewhere() -> None:
    named = {rule for style in STYLES for row in style.rows for rule in row.rules}
    made = {finding.rule for style in STYLES for finding in findings_of(*style.example)}
    assert named - made == set()
