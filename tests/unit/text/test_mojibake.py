from collections.abc import Iterator

import pytest
from babel import localedata

from headwater.text.mojibake import leftover_edits, mojibake_edits
from headwater.text.normalise import normalise

ENCODINGS = ["cp1252", "latin-1", "cp1250", "iso8859_2", "mac_roman", "cp437", "cp850"]
WORDS = "‘so’ “more” – — … • £75 €5 ¢ §4 © ® ° ± ½ ¼ ¾ café naïve façade São año"
EASTERN = "Łódź wziąć Kościół Dvořák Škoda Erdoğan București"


def misread(text: str, encoding: str) -> str:
    """UTF-8 read in another encoding; bytes that it leaves open become control characters, as in a browser."""
    read = text.encode().decode(encoding, "surrogateescape")
    return "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in read)


def mend(text: str) -> str:
    for find in (mojibake_edits, leftover_edits):
        pieces, at = [], 0
        for start, end, replacement in find(text):
            pieces += [text[at:start], replacement]
            at = end
        text = "".join([*pieces, text[at:]])
    return text


AMBIGUOUS = {"ñ": "ù", "á": "å"}  # what ISO-8859-2 reads as cp1250 reads another letter: Windows is met more often


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_marks_and_letters_of_every_encoding(encoding: str) -> None:
    expected = WORDS.translate(str.maketrans(AMBIGUOUS)) if encoding == "iso8859_2" else WORDS
    assert mend(misread(WORDS, encoding)) == expected


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1250", "iso8859_2"])
def test_eastern_letters(encoding: str) -> None:
    expected = EASTERN.translate(str.maketrans(AMBIGUOUS)) if encoding == "iso8859_2" else EASTERN
    assert mend(misread(EASTERN, encoding)) == expected


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [2, 3])
def test_text_read_wrongly_more_than_once(encoding: str, times: int) -> None:
    broken = WORDS
    for _ in range(times):
        broken = misread(broken, encoding)
    assert mend(broken) == WORDS


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("an extra ÂŁ75 million", "an extra £75 million"),  # the seed article: cp1250
        ("ÂŁm and ÂŁbn", "£m and £bn"),
        ("2Âľ million and 3ÂĽ", "2¾ million and 3¼"),
        ("5 Ă— 3", "5 × 3"),
        ("itâ€™s â€œhereâ€\x9d", "it’s “here”"),
        ("â€œhereâ€ and there", "“here” and there"),  # the last byte lost
        ("â€œhereâ€\ufffd.", "“here”."),
        ("donÃ¢â‚¬â„¢t", "don’t"),
        ("£75Â million", "£75 million"),  # a no-break blank whose second byte became an ordinary one
        ("£75Â\xa0million", "£75\xa0million"),
        ("MaroÅ¡ Å\xa0efÄoviÄ\x8d", "Maroš ŠefÄovič"),
        ("Ã‰lysÃ©e and Ã‰LYSÃ‰E", "Élysée and ÉLYSÉE"),
        ("Ã  la carte", "Ã  la carte"),  # an ordinary blank is no evidence
        ("Ã\xa0 la carte", "à la carte"),
        ("Привет".encode().decode("latin-1"), "Привет"),
        (misread("Привет, мир", "cp1252"), "Привет, мир"),
        (misread("so 😀 it is", "cp1252"), "so 😀 it is"),
        (misread("Αθήνα", "cp1252"), "Αθήνα"),
        (misread("مرحبا", "cp1252"), "مرحبا"),
        ("‚Äôtis", "’tis"),
        ("ΓÇ£tisΓÇ¥", "“tis”"),
    ],
)
def test_mending(broken: str, mended: str) -> None:
    assert mend(broken) == mended


@pytest.mark.parametrize(
    "clean",
    [
        "CÂŞTIG DE CAUZĂ — NOUĂ—un", "Ăştia au câştigat", "Âşık Veysel", "la lettre «Â», “Â” ou Â.", "Â, Ă, Ł and Ã",
        "AMANHÔ e “IRMÔ…", "IRMÃ\xa0Maria", "MAÇÃ – ROMÃ", "«CASû CASĂ” CASĂ… LIMBĂ™", "PÄŤ KRÁT, ĽUDIA",
        "SÅ—", "YSTÄVÄ… HÄN”", "KESÄ™ »ÄÄ«", "Å”, Å…, 5\xa0Å\xa0wide", "VIỆT NAM: ÂN, ẤN ĐỘ", "THÂN Â’", "Ã’ẽ",
        "Verant¬wortung, Stra¬ße", "√π and √2", "„Äpfel‘, ‚Ärzte’, ‚Österreich’", "ŁÓDŹ — ŻÓŁĆ, Łódź", "Škoda’s ŠĆ’",
        "x ≈ 5, ¬p", "Ünïcödé®", "ÚRÚGVÆ’", "Âge d’or, ÂME, ÊTRE", "¿Qué? ¡Sí!", "NÃO, SÃO, ÓRGÃO", "GÃ, GÃ”",
        "ÇA, ŞİŞLİ, ÂDİL, ÎLÂ", "Dŵr, tŷ, GWLAD YR IÂ", "Ðorđe, Þór, Ñandú", "ĂȘTIA, ȚARĂ", "Γ, Ο ΓΙΩΡΓΟΣ",
    ],
)  # fmt: skip
def test_natural_words_stay(clean: str) -> None:
    assert mend(clean) == clean


def strings(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        for branch in tree.values():
            yield from strings(branch)
    elif isinstance(tree, list | tuple):
        for branch in tree:
            yield from strings(branch)
    elif isinstance(tree, str):
        yield tree


LANGUAGES = """
pl cs sk ro pt vi tr fr cy hu de fi et sv da nb is lv lt hr sl sq es it ca gl eu mt ga gd se smn ff yo ha sw
az uz tk el ru uk bg mk sr ar fa he hi bn th ja ko zh gn qu
"""


@pytest.mark.parametrize("language", [code for code in LANGUAGES.split() if localedata.exists(code)])
def test_the_words_of_a_language_stay(language: str) -> None:
    """Names of places, languages, months and units as the Unicode locale data write them, and what may follow them."""
    words = {word for word in strings(localedata.load(language)) if not word.isascii()}
    texts = [
        f"{shape}{following}"
        for word in words
        for shape in {word, word.upper(), word.capitalize()}
        for following in ("", "”", "’ ", "…", " – ", "—a", "»", "\xa0A", "™")
    ]
    page = "\n".join(texts)
    changed = zip(texts, mend(page).split("\n"), strict=True)
    assert [(text, mended) for text, mended in changed if text != mended] == []
    assert words


def test_a_repair_is_reported_with_its_original_span() -> None:
    text = "An\u200b extra ÂŁ75 million and donÃ¢â‚¬â„¢t"
    first, second = normalise(text).repairs
    assert (first.span.slice(text), first.repaired) == ("ÂŁ", "£")
    assert (second.span.slice(text), second.repaired) == ("Ã¢â‚¬â„¢", "’")
