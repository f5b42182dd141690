"""What holds of decoding, unwrapping, sentences and tokens for every input."""

import textwrap
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.text.decoding import decode
from headwater.text.sentences import split_sentences
from headwater.text.tokens import stems, tokenise
from headwater.text.unwrap import unwrap

anything = st.text(st.characters(exclude_categories=()), max_size=80)
prose = st.lists(
    st.sampled_from(
        [
            "Mr.",
            "Smith",
            "said",
            "“No!”",
            "9.5%",
            "U.S.",
            "No. 5",
            "He",
            "e.g.",
            "p.m.",
            "(a)",
            "1.",
            "\n",
            "...",
            "why?",
        ]
    ),
    max_size=25,
).map(" ".join)

word = st.text(st.sampled_from("abcdefghijklmnoprstuvwy"), min_size=1, max_size=11)
sentence = st.lists(word, min_size=8, max_size=40).map(lambda words: " ".join(words).capitalize() + ".")
paragraph = st.lists(sentence, min_size=1, max_size=4).map(" ".join)


@given(
    st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-8", "latin-1", "utf-7"]))
)
@settings(max_examples=300)
def test_decoding_never_fails(raw: bytes, declared: str | None) -> None:
    decoded = decode(raw, declared)
    assert decoded.encoding
    for repair in decoded.repairs:
        assert repair.span.slice(decoded.text) == repair.repaired


@given(anything)
def test_utf8_comes_back(text: str) -> None:
    raw = text.encode("utf-8", "ignore")
    if not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in raw:
        assert decode(raw).text == raw.decode("utf-8")


@given(st.lists(paragraph, min_size=1, max_size=6), st.integers(50, 100))
@settings(max_examples=150)
def test_wrapped_paragraphs_come_back(paragraphs: list[str], width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(text, width) for text in paragraphs)
    found = [line for line in unwrap(wrapped).split("\n") if line]
    if wrapped.count("\n") - 2 * (len(paragraphs) - 1) >= 12:  # with fewer wrapped lines the words decide as well
        assert found == paragraphs
    assert " ".join(found) == " ".join(paragraphs)


@given(anything)
def test_unwrapping_is_idempotent(text: str) -> None:
    once = unwrap(text.replace("\r", ""))
    assert unwrap(once) == once


@given(st.one_of(anything, prose))
@settings(max_examples=300)
def test_sentences_hold_all_that_is_not_blank(text: str) -> None:
    spans = split_sentences(text)
    kept = "".join(span.slice(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(span.slice(text) == span.slice(text).strip() != "" for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.one_of(anything, prose))
@settings(max_examples=300)
def test_tokens_hold_all_that_is_not_blank(text: str) -> None:
    tokens = tokenise(text)
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert all(token.span.slice(text) == token.text for token in tokens)
    assert all(stem == stem.strip() != "" for stem in stems(text))
