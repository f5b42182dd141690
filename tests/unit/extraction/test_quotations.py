# Quotations as readers see them: marks of every kind, apostrophes left alone, paragraphs, blocks, forms.
from pathlib import Path

import pytest

from headwater.domain.facts import QuotationForm
from headwater.extraction.quotations import extract_quotations
from headwater.text.normalise import normalise

SEED = Path(__file__).parents[3] / "fixtures" / "seed"

WORDS = [
    ("They stated, “We act.” Then he said that “we cannot wait.”", ["We act.", "we cannot wait."]),
    ('He said: "It is done," and left.', ["It is done,"]),
    ("She said 'it is done' and left.", ["it is done"]),
    ("She said ‘it is done’ and left.", ["it is done"]),
    ("„Wir schaffen das“, sagte sie.", ["Wir schaffen das"]),
    ("«C’est fini», dit-il. »So ist es«, sagte er.", ["C’est fini", "So ist es"]),
    ("``We will act,'' he said.", ["We will act,"]),
    ("He said “the so-called ‘deep state’ is a myth” twice.", ["the so-called ‘deep state’ is a myth"]),
    ("He said ‘the so-called “deep state” is a myth’ twice.", ["the so-called “deep state” is a myth"]),
    ('He said "the "deep state" is a myth" twice.', ['the "deep state" is a myth']),
    ('Mixed marks: “It works", he said.', ["It works"]),
    ("the workers' rights and the boys' bikes", []),
    ("rock 'n' roll in the '90s, 'tis said by O'Neill", []),
    ("’Tis the season; ’em and ’08 and the ’90s", []),
    ("It's Britain's, isn't it? Don’t say James’s.", []),
    ("a 12\" pipe, a 6' man, 5'10\" tall", []),
    ('He said "it is 12 inches, or 12" long" today.', ['it is 12 inches, or 12" long']),
    ("‘The workers’ rights were ignored,’ she said.", ["The workers’ rights were ignored,"]),
    ("She said 'the workers' rights were ignored'.", ["the workers' rights were ignored"]),
    ("He spoke of ‘four words’ and more.", ["four words"]),
    ("“Never closed\nNext paragraph.", ["Never closed"]),
    ("He said: “One.\n“Two.\n“Three.”\nNarration.", ["One.\nTwo.\nThree."]),
    ("He said: “One.\n\n“Two.”\n\nNarration “four words go here” ends.", ["One.\nTwo.", "four words go here"]),
    ("“One ends.”\n“Two begins.”", ["One ends.", "Two begins."]),
    (
        "They say: “We need it. The rules. “It may be. “Stay in.” I think.",
        ["We need it. The rules. It may be. Stay in."],
    ),
    ("", []),
    ("“”", []),
    ("“…”", []),
    ("’’’ '''' \"\"\" “““", []),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_between_marks(text: str, expected: list[str]) -> None:
    assert [quotation.words for quotation in extract_quotations(text)] == expected


FORMS = [
    ("He said: “We will act now.”", QuotationForm.MARKS),
    ("The so-called “deep state” is a myth.", QuotationForm.TERM),
    ("A report entitled “Stopping the Boats Today” appeared.", QuotationForm.TERM),
    ("The term “effective tariff rate” means the rate.", QuotationForm.TERM),
    ("He called it “a disgrace” on Monday.", QuotationForm.MARKS),
    ("“A disgrace,” said the mayor.", QuotationForm.MARKS),
    ("How Does the UK Plan to End the 'Criminal Empire' of Gangs?", QuotationForm.HEADLINE),
    ("PM Says UK “Cannot Do It in Isolation”", QuotationForm.HEADLINE),
    ("They used a ‘state of the art’ laboratory, officials were told by staff.", QuotationForm.MARKS),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form(text: str, form: QuotationForm) -> None:
    assert [quotation.form for quotation in extract_quotations(text)] == [form]


def test_spans_point_at_the_marks_and_at_the_words() -> None:
    text = "He said: “One.\n“Two.” Then “three words here” ended."
    for quotation in extract_quotations(text):
        assert quotation.span.slice(text) == quotation.surface
        assert quotation.surface[0] == "“"
        assert quotation.surface[-1] == "”"
        assert quotation.inner.slice(text) == quotation.surface[1:-1]


def test_block_quotes_are_found_where_they_stand() -> None:
    text = "Jane Roe said:\n\nWe are ready. We start today.\n\nIt will take a year.\n\nThe end of it."
    block = "We are ready. We start today.\n\nIt will take a year."
    (quotation,) = extract_quotations(text, block_quotes=[block, "not in the text"])
    assert (quotation.form, quotation.continued) == (QuotationForm.BLOCK, True)
    assert quotation.words == "We are ready. We start today.\nIt will take a year."
    assert quotation.span.slice(text).startswith("We are ready.")


def test_seed_release_has_two_quotations_of_six_openers_and_two_closers() -> None:
    text = normalise((SEED / "release.txt").read_text("utf-8")).mapped.text
    assert (text.count("“"), text.count("”")) == (6, 2)
    first, second = extract_quotations(text)
    assert (first.continued, second.continued) == (True, True)
    assert first.words.startswith("There is a criminal empire")
    assert first.words.endswith("Community meeting today.")
    assert second.words.endswith("nowhere to hide.")


def test_seed_article_has_five_quotations() -> None:
    text = normalise((SEED / "article.txt").read_text("utf-8")).mapped.text
    found = extract_quotations(text)
    assert [quotation.form for quotation in found] == [QuotationForm.HEADLINE, *[QuotationForm.MARKS] * 4]
    assert found[0].words == "Criminal Empire"
