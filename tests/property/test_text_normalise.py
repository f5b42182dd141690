"""What holds of normalising for every string."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from headwater.domain.spans import Span
from headwater.text.normalise import normalise
from headwater.text.tokens import tokenise

PIECES = [
    *"aZ09.,:;!?-–—'\"“”‘’£€½ \n\t>|•()",
    *"ÂÃĂÄÅĹâÐÑðŁĽľŞş¬√‚├┬ΓÔÇÖ©®°±¢§é™œŸ\xa0\xad\x80\x85\x9d\x99",
    "ÂŁ", "â€™", "Ã¢â‚¬â„¢", "ÐŸÑ€", "ðŸ˜€", "\r\n", "\r", "\u2028", "\u200b", "\u200d", "\ufeff", "\u202e",
    "\u3000", "\u2009", "\x00", "\x1f", "\ud800", "\udc80", "\udce9", "\ud83d\ude00", "\ufffe", "\ufffd",
    "e\u0301", "\u0301", "\u0316", "\u1112\u1161\u11ab", "１２", "Ａ", "ﬁ", "\U0001d7d9", "ب", "न", "中", "。",
    "  ", "\n\n", "\n\n\n", " \n", "- ", "> ", "The Minister said that the\n", "government will publish its plan,\n",
    "which sets out what is to be done by the end of\n", "co-\n", "exam\xad\n", "\n    ", " | ",
]  # fmt: skip

anything = st.text(st.characters(exclude_categories=()), max_size=60)
broken = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
texts = st.one_of(anything, broken, st.tuples(broken, anything).map("".join))


@given(texts)
@example("Ã\xad\n")
@example("â\xad\x80\x99")
@example("ÂÂ£")
@example("Â\u200b£")
@settings(max_examples=600)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    twice = normalise(once.text)
    assert twice.text == once.text


@given(texts)
@settings(max_examples=400)
def test_the_map_runs_forward_inside_the_original(text: str) -> None:
    mapped = normalise(text).mapped
    assert mapped.original == text
    assert list(mapped.starts) == sorted(mapped.starts)
    assert list(mapped.ends) == sorted(mapped.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(mapped.starts, mapped.ends, strict=True))


@given(texts)
@settings(max_examples=400)
def test_every_word_maps_back_to_the_same_word(text: str) -> None:
    mapped = normalise(text).mapped
    for token in tokenise(mapped.text):
        surface = mapped.surface(token.span)
        start, end = token.span.start, token.span.end
        whole = start == 0 or mapped.ends[start - 1] <= mapped.starts[start]
        whole = whole and (end == len(mapped.text) or mapped.starts[end] >= mapped.ends[end - 1])
        if whole and surface.isprintable() and surface.isascii():
            assert surface == token.text


@given(texts)
@settings(max_examples=300)
def test_working_text_holds_nothing_invisible(text: str) -> None:
    working = normalise(text).text
    assert "  " not in working
    assert working == working.strip(" \n")
    assert not any(unicodedata.category(character) == "Cs" for character in working)
    assert not any(unicodedata.category(character) == "Cc" for character in working if character != "\n")


@given(texts)
@settings(max_examples=300)
def test_repairs_show_what_came_in(text: str) -> None:
    normalised = normalise(text)
    for repair in normalised.repairs:
        assert repair.span.slice(text) == repair.surface
        assert repair.surface != repair.repaired
    assert list(normalised.repairs) == sorted(normalised.repairs, key=lambda repair: repair.span)


@given(st.text(st.sampled_from("abc .,\n-ABC’“”"), max_size=200))
def test_only_blanks_and_line_ends_differ_in_clean_text(text: str) -> None:
    working = normalise(text).text
    assert "".join(working.split()) == "".join(text.split())


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_original_spans_map_to_working_text_and_back(text: str, first: int, second: int) -> None:
    mapped = normalise(text).mapped
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    working = mapped.to_working(Span(start, end))
    if len(working):
        assert mapped.to_original(working).overlaps(Span(start, end))
