# Quotations and speakers: nothing raises, spans point at their words, typography is no edit, changes are seen.
from hypothesis import given
from hypothesis import strategies as st

from headwater.comparison.quotations import compare_quotations
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect
from headwater.domain.spans import MappedText
from headwater.extraction.attribution import extract_attributions, resolve_speakers
from headwater.extraction.quotations import extract_quotations

PIECES = st.sampled_from(
    ["“", "”", "‘", "’", '"', "'", "„", "«", "»", "``", "''", " ", " ", "\n", ".", ",", ":", "…", "s", "said", "word",
     "He", "They told", "according to", "Mr Lee", "the", "that", "’s", "12", "(", ")", "—", "X", "who"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=120)
NOUNS = """river harbour council teacher budget winter engine garden market bridge doctor railway island letter
village forest captain museum kitchen factory"""
WORDS = st.sampled_from(NOUNS.split())
SENTENCES = st.lists(WORDS, min_size=8, max_size=24, unique=True)


def annotated(text: str) -> Annotated:
    return Annotated(MappedText.identity(text), Facts(quotations=extract_quotations(text)), passage_id=1)


@given(TEXTS)
def test_quotations_lie_in_order_and_point_at_their_words(text: str) -> None:
    end = 0
    for quotation in extract_quotations(text):
        assert quotation.span.slice(text) == quotation.surface
        assert quotation.span.contains(quotation.inner)
        assert quotation.span.start >= end
        assert any(character.isalnum() for character in quotation.words)
        end = quotation.span.end


@given(TEXTS)
def test_speakers_are_words_of_the_text(text: str) -> None:
    quotations = extract_quotations(text)
    resolved = resolve_speakers(text, quotations)
    assert [quotation.span for quotation in resolved] == [quotation.span for quotation in quotations]
    assert all(quotation.speaker in text for quotation in resolved)
    for attribution in extract_attributions(text, quotations):
        assert attribution.span.slice(text) == attribution.surface
        assert attribution.speaker in text
        assert attribution.content.end <= len(text)


@given(TEXTS, TEXTS)
def test_comparison_raises_nothing_and_points_at_words(claim: str, official: str) -> None:
    passage = annotated(official)
    for finding in compare_quotations(annotated(claim), [passage]):
        assert finding.claimed.span.slice(claim) == finding.claimed.surface
        if finding.official is not None:
            assert finding.official.span.slice(official) == finding.official.surface


@given(SENTENCES, st.integers(0, 7), st.sampled_from(["“”", '""', "‘’", "«»"]))
def test_typography_is_never_an_edit(words: list[str], at: int, marks: str) -> None:
    official = " ".join(words[: at + 1]) + "’s " + " ".join(words[at + 1 :]) + "."
    quoted = official.replace("’", "'").replace(" ", "\n", 1) if marks != '""' else official
    quoted = quoted.replace("\n", "  ")
    (finding,) = compare_quotations(annotated(f"He said: {marks[0]}{quoted}{marks[1]}"), [annotated(official)])
    assert finding.effect is Effect.AGREES


@given(SENTENCES, st.integers(0, 7), st.sampled_from(["mountain", "parliament", "never"]))
def test_a_replaced_word_is_the_one_that_is_named(words: list[str], at: int, other: str) -> None:
    changed = [*words[:at], other, *words[at + 1 :]]
    findings = compare_quotations(annotated(f"He said: “{' '.join(changed)}”"), [annotated(" ".join(words))])
    assert [(f.claimed.surface, f.official.surface if f.official else "") for f in findings] == [(other, words[at])]
    assert all(f.effect in (Effect.SHIFTS, Effect.CONTRADICTS) for f in findings)
