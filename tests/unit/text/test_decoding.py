import pytest

from headwater.domain.repairs import RepairKind
from headwater.domain.spans import Span
from headwater.text.decoding import decode

POUNDS = "£75 million – “more”"


@pytest.mark.parametrize(
    ("raw", "declared", "text", "encoding"),
    [
        (b"", None, "", "utf-8"),
        (b"plain", None, "plain", "utf-8"),
        (POUNDS.encode(), None, POUNDS, "utf-8"),
        (POUNDS.encode("cp1252"), None, POUNDS, "cp1252"),
        (POUNDS.encode("cp1252"), "iso-8859-1", POUNDS, "cp1252"),  # as the Encoding Standard reads the label
        (POUNDS.encode("cp1252"), "utf-8", POUNDS, "cp1252"),
        (POUNDS.encode(), "iso-8859-1", POUNDS, "utf-8"),  # well-formed UTF-8 outweighs the declaration
        (POUNDS.encode(), "windows-1250", POUNDS, "utf-8"),
        ("Ł£".encode("cp1250", "ignore"), "windows-1250", "Ł", "cp1250"),
        ("Привет".encode("cp1251"), "windows-1251", "Привет", "cp1251"),
        ("Привет".encode("koi8_r"), ' "KOI8-R" ', "Привет", "koi8-r"),
        ("東京".encode("shift_jis"), "shift_jis", "東京", "shift_jis"),
        (POUNDS.encode(), "no-such-charset", POUNDS, "utf-8"),
        (b"3132", "hex", "3132", "utf-8"),
        (rb"\u0041", "unicode_escape", r"\u0041", "utf-8"),
        (b"a\x00", "ab\x00c", "a\x00", "utf-8"),
        (b"\xef\xbb\xbf" + POUNDS.encode(), "cp1250", POUNDS, "utf-8"),
        (b"\xff\xfe" + POUNDS.encode("utf-16-le"), None, POUNDS, "utf-16-le"),
        (b"\xfe\xff" + POUNDS.encode("utf-16-be"), None, POUNDS, "utf-16-be"),
        (b"\xff\xfe\x00\x00" + POUNDS.encode("utf-32-le"), None, POUNDS, "utf-32-le"),
        (b"\x00\x00\xfe\xff" + POUNDS.encode("utf-32-be"), None, POUNDS, "utf-32-be"),
        (b"\xff\xfe\x00\x00a\x00", None, "\x00a", "utf-16-le"),  # UTF-16 that opens with a NUL
        ("The plan".encode("utf-16-le"), None, "The plan", "utf-16-le"),  # no mark: every second byte is NUL
        ("The plan".encode("utf-16-be"), None, "The plan", "utf-16-be"),
        (b"\x81\x8d\x8f", None, "\x81\x8d\x8f", "cp1252"),  # left open by the code page: never an error
    ],
)
def test_decoding_by_rule(raw: bytes, declared: str | None, text: str, encoding: str) -> None:
    decoded = decode(raw, declared)
    assert (decoded.text, decoded.encoding, decoded.repairs) == (text, encoding, ())


def test_a_stray_byte_is_read_as_cp1252_and_reported() -> None:
    decoded = decode("the UK’s £75 million — Britain".encode() + b"\x92s")
    assert decoded.text == "the UK’s £75 million — Britain’s"
    (repair,) = decoded.repairs
    assert (repair.kind, repair.span, repair.surface, repair.repaired) == (
        RepairKind.STRAY_BYTES,
        Span(30, 31),
        "\\x92",
        "’",
    )


def test_a_byte_order_mark_does_not_hide_stray_bytes() -> None:
    decoded = decode(b"\xef\xbb\xbf\xc2\xa31 and \x92")
    assert decoded.text == "£1 and ’"
    assert [repair.span for repair in decoded.repairs] == [Span(7, 8)]


def test_fewer_than_half_well_formed_is_cp1252() -> None:
    decoded = decode(b"\xa31 \xa32 \xa33 \xc2\xa3")
    assert (decoded.text, decoded.encoding) == ("£1 £2 £3 Â£", "cp1252")
