import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.text.typography import CLOSERS, CLOSERS_OF, OPENERS, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Britain’s ‘own’ “plan” – 5′ 3″", "Britain's 'own' \"plan\" - 5' 3\""),
        ("state‑of‑the‑art — −5", "state-of-the-art - -5"),
        ("«so» „so“ ‚so‘ ‹so›", "\"so\" \"so\" 'so' 'so'"),
        ("100\u202f000", "100 000"),
        ("Plain", "Plain"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "folded"), [("UK", "uk"), ("Straße", "straße"), ("İzmir", "İzmir"), ("ÉTÉ", "été")])
def test_folding_case(text: str, folded: str) -> None:
    assert fold(text, casefold=True) == folded


@given(st.text(), st.booleans())
def test_the_length_stays(text: str, casefold: bool) -> None:
    assert len(fold(text, casefold=casefold)) == len(text)


def test_every_opener_has_its_closers() -> None:
    assert set(CLOSERS_OF) >= OPENERS
    assert all(closer in CLOSERS for opener in OPENERS for closer in CLOSERS_OF[opener])
