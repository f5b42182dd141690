import pytest

from headwater.domain.repairs import RepairKind
from headwater.text.characters import composition_edits, foreign_edits, plain_characters, remaining_edits


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("plain", []),
        ("a\u200bb", [((1, 2, ""), RepairKind.INVISIBLE)]),
        ("a \u200b b", [((2, 3, ""), None)]),
        ("1\u200b,000", [((1, 2, ""), RepairKind.INVISIBLE)]),
        ("ab\x00\x00", [((2, 4, ""), RepairKind.CONTROL)]),
        ("a\x1eb", [((1, 2, " "), RepairKind.CONTROL)]),
        ("\ud83d\ude00", [((0, 2, "😀"), None)]),
        ("\udca3\udc92", [((0, 2, "£’"), RepairKind.STRAY_BYTES)]),
        ("\ud800\ud800", [((0, 2, "\ufffd\ufffd"), RepairKind.CONTROL)]),
        ("می\u200cشود", []),
    ],
)
def test_foreign_characters(text: str, edits: list[tuple[tuple[int, int, str], RepairKind | None]]) -> None:
    assert list(foreign_edits(text)) == edits


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a\r\nb", [((1, 3, "\n"), None)]),
        ("co\u00adop", [((2, 3, ""), RepairKind.INVISIBLE)]),
        ("co\u00ad \n op", [((2, 6, ""), None)]),
        ("co\u00ad\n5", [((2, 3, ""), None)]),
        ("\x93a\x81", [((0, 1, "“"), RepairKind.MOJIBAKE), ((2, 3, ""), RepairKind.CONTROL)]),
        ("ﬃ", [((0, 1, "ffi"), None)]),
    ],
)
def test_remaining_characters(text: str, edits: list[tuple[tuple[int, int, str], RepairKind | None]]) -> None:
    assert list(remaining_edits(text)) == edits


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("été", []),
        ("xe\u0301y", [(1, 3, "é")]),
        ("\u212b", [(0, 1, "Å")]),
        ("\u1112\u1161\u11ab\u1112\u1161", [(0, 3, "한"), (3, 5, "하")]),
        ("中" * 100 + "e\u0301", [(100, 102, "é")]),
    ],
)
def test_composition(text: str, edits: list[tuple[int, int, str]]) -> None:
    assert list(composition_edits(text)) == edits


def test_plain_characters_keep_their_places() -> None:
    assert plain_characters("１\u3000Ａ\u2028\u00a0￡") == "1 A\n £"
