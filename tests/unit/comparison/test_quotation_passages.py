# Quotations over several passages, the seed pair and its planted changes, house style, and texts meant to hurt.
from pathlib import Path

import pytest

from headwater.comparison.quotations import compare_quotations
from headwater.domain.facts import Annotated, Facts, QuotationForm
from headwater.domain.findings import Effect, Finding, Severity
from headwater.domain.spans import MappedText, Span
from headwater.extraction.quotations import extract_quotations
from headwater.text.normalise import normalise

SEED = Path(__file__).parents[3] / "fixtures" / "seed"
ARTICLE = (SEED / "article.txt").read_text("utf-8")


def annotated(text: str, offset: int = 0, passage_id: int | None = None) -> Annotated:
    return Annotated(MappedText.identity(text), Facts(quotations=extract_quotations(text)), offset, passage_id)


def release() -> list[Annotated]:
    """One passage a paragraph, as the corpus slices it."""
    mapped = normalise((SEED / "release.txt").read_text("utf-8")).mapped
    passages, at = [], 0
    for number, line in enumerate(mapped.text.split("\n")):
        if line.strip():
            part = mapped.slice(Span(at, at + len(line)))
            place = mapped.to_original(Span(at, at + len(line)))
            own = normalise(place.slice(mapped.original)).mapped
            passages.append(Annotated(own, Facts(quotations=extract_quotations(part.text)), place.start, number))
        at += len(line) + 1
    return passages


RELEASE = release()


def checked(raw: str) -> tuple[Finding, ...]:
    mapped = normalise(raw).mapped
    claim = Annotated(mapped, Facts(quotations=extract_quotations(mapped.text)))
    return compare_quotations(claim, RELEASE)


def edits(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [
        (f.edit, f.claimed.surface or (f.official.surface if f.official else ""), f.kind)
        for f in findings
        if f.kind != "verbatim"
    ]


GOLD = [
    ("insert", ",", "punctuation"),
    ("delete", ",", "punctuation"),
    ("delete", ",", "punctuation_changes_reading"),
    ("insert", "the", "word"),
    ("insert", "-", "hyphenation"),
]


def test_seed_article_has_exactly_the_edits_of_the_gold() -> None:
    findings = checked(ARTICLE)
    assert edits(findings) == GOLD
    assert [f.severity for f in findings if f.kind != "verbatim"] == [
        Severity.LOW, Severity.LOW, Severity.MEDIUM, Severity.MEDIUM, Severity.LOW,
    ]  # fmt: skip
    assert [f.claimed.surface for f in findings if f.kind == "verbatim"] == [
        "Criminal Empire",
        "There is a criminal empire operating on our continent, exacting a horrendous human toll and undermining our"
        " national security.",
        "we cannot do it in isolation.",
    ]
    assert not any(f.effect in (Effect.CONTRADICTS, Effect.NOT_STATED) for f in findings)


def test_every_span_points_at_its_words() -> None:
    source = (SEED / "release.txt").read_text("utf-8")
    for finding in checked(ARTICLE):
        assert finding.claimed.span.slice(ARTICLE) == finding.claimed.surface
        assert finding.official is not None
        assert finding.official.span.slice(source) == finding.official.surface


TYPOGRAPHY = [
    ARTICLE.translate(str.maketrans({"“": '"', "”": '"', "’": "'"})),
    ARTICLE.replace(" ", "\u00a0"),
    ARTICLE.replace("national", "na\u200btional"),
]


@pytest.mark.parametrize("article", TYPOGRAPHY)
def test_typography_is_no_edit(article: str) -> None:
    assert edits(checked(article)) == GOLD


PLANTED = [
    ("our national security", "our economic security", ("word", "high", "replace", "economic", "national")),
    ("we cannot do it", "we can do it", ("polarity", "high", "replace", "can", "cannot")),
    ("Working more closely with Serbia,", "Working more closely with Slovenia,",
     ("word", "high", "replace", "Slovenia", "Serbia")),
    ("further and faster", "faster and further",
     ("reordered", "medium", "replace", "faster and further", "further and faster")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), PLANTED)
def test_a_planted_change_is_found_and_nothing_else(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert ARTICLE.count(old) == 1
    fresh = [f for f in checked(ARTICLE.replace(old, new)) if f.kind != "verbatim"]
    found = [
        (f.kind, f.severity.value, f.edit, f.claimed.surface, f.official.surface if f.official else "") for f in fresh
    ]
    assert expected in found
    assert len(found) == len(GOLD) + 1


def test_an_invented_sentence_is_not_found() -> None:
    (finding,) = checked("He said: “Our borders will be shut to criminal gangs by the end of this spring.”")
    assert (finding.rule, finding.effect, finding.official) == ("QUO-NOT-FOUND", Effect.NOT_STATED, None)


def test_a_cut_with_marks_is_proper_and_without_them_is_not() -> None:
    assert [f.kind for f in checked("“Working more closely ... we will ... break the business models”")] == ["verbatim"]
    cut = checked("“Working more closely we will break the business models”")
    assert [f.kind for f in cut] == ["omission", "omission"]
    assert {f.effect for f in cut} == {Effect.SHIFTS}


def test_a_quotation_runs_over_consecutive_passages() -> None:
    findings = checked(
        "“exacting a horrendous human toll and undermining our national security. Backed by our new Border Security"
        " Command, the UK will be at the heart of the efforts”"
    )
    assert [f.kind for f in findings] == ["verbatim"]
    assert len(findings[0].evidence) == 1
    assert findings[0].evidence[0].surface.startswith("Backed by")


def test_parts_of_two_speakers_are_stitched() -> None:
    findings = checked(
        "“We need to go further and faster, alongside our international partners, and criminals will soon realise they"
        " have nowhere to hide.”"
    )
    assert [f.kind for f in findings] == ["stitched"]
    assert findings[0].official is not None
    assert "criminals will soon realise" in findings[0].official.surface


def test_words_of_two_documents_are_not_joined() -> None:
    one, other = (
        annotated("We will open the bridge in May.", 0, 1),
        annotated("It cost the town four million.", 900, 80),
    )
    findings = compare_quotations(
        annotated("“We will open the bridge in May. It cost the town four million.”"), [one, other]
    )
    assert [f.kind for f in findings] == ["stitched"]


def test_a_paraphrase_in_marks_is_told_from_an_invention() -> None:
    passage = annotated("The committee wants local authorities to publish annual reports on school transport costs.")
    near = compare_quotations(
        annotated("She said: “Annual school transport cost reports should be published by every local authority.”"),
        [passage],
    )
    assert [f.kind for f in near] == ["paraphrase"]
    far = compare_quotations(annotated("She said: “Teachers deserve a pay rise and will get one soon.”"), [passage])
    assert [f.kind for f in far] == ["not_found"]


def test_scare_quotes_that_are_not_found_are_no_alarm() -> None:
    assert compare_quotations(annotated("The so-called “deep state” is a myth."), RELEASE) == ()
    (found,) = compare_quotations(annotated("The so-called “criminal empire” is large."), RELEASE)
    assert found.kind == "verbatim"


def test_a_block_quote_without_marks_is_compared() -> None:
    text = "Jane Roe said:\nWe will open the bridge in June.\nThe end."
    quotations = extract_quotations(text, block_quotes=["We will open the bridge in June."])
    assert quotations[0].form is QuotationForm.BLOCK
    claim = Annotated(MappedText.identity(text), Facts(quotations=quotations))
    (finding,) = compare_quotations(claim, [annotated("We will open the bridge in May.")])
    assert (finding.claimed.surface, finding.official.surface if finding.official else "") == ("June", "May")


def test_a_quotation_of_other_writing_is_not_found() -> None:
    (finding,) = compare_quotations(annotated("قال: “هذه كلمات لا توجد في المصدر”"), RELEASE)
    assert finding.kind == "not_found"


@pytest.mark.parametrize("text", ["“the the the the the the the”", "“... ... ...”", "“[sic]”", "“a”", "“—”", "“1 2 3”"])
def test_odd_quotations_raise_nothing(text: str) -> None:
    findings = compare_quotations(annotated(f"He said: {text}"), RELEASE)
    assert all(finding.explanation for finding in findings)


def test_no_passage_and_no_quotation() -> None:
    assert [f.kind for f in compare_quotations(annotated("He said: “We will go on.”"), [])] == ["not_found"]
    assert compare_quotations(annotated("He went on."), RELEASE) == ()
