import pytest

from headwater.text.tokens import STOPWORDS, TokenKind, content_stems, spoken, stems, token_stems, tokenise, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("state-of-the-art", "state-of-the-art"),
        ("the people's gangs' plan", "the people's gangs ' plan"),
        ("£75m and 19% of 9,400", "£ 75 m and 19 % of 9,400"),
        ("Covid-19, G7 and A10", "Covid-19 , G7 and A10"),
        ("2019-20 and 2019–20", "2019 - 20 and 2019 – 20"),
        ("U.S. and e.g. a.m. etc.", "U.S. and e.g. a.m. etc ."),
        ("R&D at M&S", "R&D at M&S"),
        ("“We... wait…”", "“ We ... wait … ”"),
        ("3.5bn in 2.1 or 1.", "3.5 bn in 2.1 or 1 ."),
        ("-5°C", "- 5 ° C"),
        ("cafe\u0301 naïve", "cafe\u0301 naïve"),
        ("हिन्दी में", "हिन्दी में"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("中文 text", "中 文 text"),
        ("rock ’n’ roll", "rock ’ n ’ roll"),
        ("", ""),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    tokens = tokenise(text)
    assert [token.text for token in tokens] == expected.split()
    assert all(token.span.slice(text) == token.text for token in tokens)


def test_kinds() -> None:
    kinds = [token.kind for token in tokenise("Over £75m, maybe")]
    assert kinds == [
        TokenKind.WORD,
        TokenKind.CURRENCY,
        TokenKind.NUMBER,
        TokenKind.WORD,
        TokenKind.PUNCTUATION,
        TokenKind.WORD,
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("people-smuggling gangs", "people smuggling gang"),
        ("the U.S. agreement", "the US agreements"),
        ("Britain’s borders", "BRITAIN'S border"),
        ("He announced", "he announces"),
        ("a.m.", "am"),
    ],
)
def test_stems_agree(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_words_are_folded() -> None:
    assert words("Britain’s £75m “Plan”") == ("britain's", "75", "m", "plan")


def test_content_stems_leave_stop_words_out() -> None:
    assert content_stems("The gangs who trade in people's misery") == ("gang", "trade", "peopl", "miseri")


@pytest.mark.parametrize("word", ["no", "not", "never", "without", "more", "less", "up", "down", "under", "over"])
def test_words_that_decide_meaning_are_no_stop_words(word: str) -> None:
    assert word not in STOPWORDS


def test_what_is_spoken_is_read_as_the_tokens_are() -> None:
    text = "“The U.S. people's £75m”: R&D up 19% in Covid-19’s wake, 中文 and state-of-the-art"
    read = [token for token in tokenise(text) if token.kind in {TokenKind.WORD, TokenKind.NUMBER}]
    assert list(spoken(text)) == [(token.span, token.text) for token in read]
    assert [token_stems(token.text) for token in read] == [stems(token.text) for token in read]
