import pytest

from headwater.domain.spans import Span
from headwater.text.rewriting import Draft


def test_edits_follow_one_another() -> None:
    draft = Draft("one  two\r\nthree")
    draft.apply([(3, 5, " "), (8, 10, "\n")])
    draft.apply([(0, 3, "1"), (4, 7, "2")])
    mapped = draft.mapped()
    assert mapped.text == "1 2\nthree"
    assert [mapped.surface(Span(at, at + 1)) for at in range(4)] == ["one", "  ", "two", "\r\n"]
    assert draft.original_span(2, 4) == Span(5, 10)


def test_no_edit_keeps_the_text() -> None:
    draft = Draft("text")
    draft.apply([])
    assert tuple(draft.mapped().starts) == (0, 1, 2, 3)


def test_exchange_is_character_for_character() -> None:
    draft = Draft("a\u00a0b")
    draft.exchange("a b")
    assert draft.mapped().text == "a b"
    assert draft.mapped().original == "a\u00a0b"
    with pytest.raises(ValueError, match="3 before, 2 after"):
        draft.exchange("ab")
