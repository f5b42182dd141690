import textwrap
from pathlib import Path

import pytest

from headwater.text.normalise import normalise
from headwater.text.unwrap import unwrap

SEED = Path(__file__).parents[3] / "fixtures" / "seed"
RELEASE = (SEED / "release.txt").read_text(encoding="utf-8")
ARTICLE = (SEED / "article.txt").read_text(encoding="utf-8")


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def wrap(paragraph: str, width: int) -> str:
    return "\n".join(textwrap.wrap(paragraph, width, break_on_hyphens=False))


def test_the_seed_release_has_22_paragraphs() -> None:
    found = paragraphs(unwrap(RELEASE))
    assert len(found) == 22
    assert found[8] == "Prime Minister said:"
    assert found[9].startswith("“There is a criminal empire")
    assert found[9].endswith("national security.")
    assert found[21].startswith("He will also discuss how closer collaboration can drive economic growth in the UK")
    assert "source." in found[14]


def test_the_seed_article_is_not_wrapped() -> None:
    assert unwrap(ARTICLE) == ARTICLE


@pytest.mark.parametrize("width", range(50, 101))
def test_paragraphs_parted_by_blank_lines_come_back(width: int) -> None:
    article = paragraphs(normalise(ARTICLE).text)
    assert paragraphs(unwrap("\n\n".join(wrap(paragraph, width) for paragraph in article))) == article


@pytest.mark.parametrize("width", range(50, 101))
def test_most_paragraphs_come_back_without_blank_lines(width: int) -> None:
    release = paragraphs(unwrap(RELEASE))
    found = paragraphs(unwrap("\n".join(wrap(paragraph, width) for paragraph in release)))
    assert sum(paragraph in release for paragraph in found) >= 16  # of 22: some paragraphs fill their last line
    assert " ".join(found) == " ".join(release)


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        (
            "It will be marked by greater international co-\noperation on both sides of it in years to come.",
            "It will be marked by greater international co-operation on both sides of it in years to come.",
        ),
        (
            "The force will be given new and better state-of-\nthe-art equipment for its work on the sea.",
            "The force will be given new and better state-of-the-art equipment for its work on the sea.",
        ),
        (
            "The department looked very closely at the pre-\nand post-war figures for the north.",
            "The department looked very closely at the pre- and post-war figures for the north.",
        ),
        (
            "The number of people who crossed in the years 2019–\n20 was lower than it had been.",
            "The number of people who crossed in the years 2019–20 was lower than it had been.",
        ),
        (
            "The Prime Minister has made it a key focus of his work –\nand will go on doing so this year.",
            "The Prime Minister has made it a key focus of his work – and will go on doing so this year.",
        ),
        (
            "more than 31,000 people have taken the dangerous route so far, a\nconsiderable rise",
            "more than 31,000 people have taken the dangerous route so far, a considerable rise",
        ),
    ],
)
def test_joints(wrapped: str, joined: str) -> None:
    assert unwrap(wrapped) == joined


LAYOUTS = {
    "verse": """\
I wandered lonely as a cloud
That floats on high o'er vales and hills,
When all at once I saw a crowd,
A host, of golden daffodils;
Beside the lake, beneath the trees,
Fluttering and dancing in the breeze.
Continuous as the stars that shine
And twinkle on the milky way,
They stretched in never-ending line
Along the margin of a bay:""",
    "free verse": """\
so much depends
upon
a red wheel
barrow
glazed with rain
water
beside the white
chickens""",
    "list without markers": """\
increase intelligence sharing
arrest the gangs who run the crossings
break their business models
return people with no right to be here""",
    "items of like length": """\
The deals between the governments will:
increase the sharing of intelligence between countries
reduce the number of small boats that cross the Channel
arrest and prosecute the leaders of the criminal gangs
return more people with no right to be in the country""",
    "two items": """\
there were 269,000 unemployed men aged from 16 to 24, and
there were 181,000 unemployed women aged from 16 to 24""",
    "capital items": """\
Border Security Command
National Crime Agency
Ministry of Defence and the Royal Navy
Immigration Enforcement
Police Service of Northern Ireland""",
    "address": """\
Home Office
2 Marsham Street
London
SW1P 4DF""",
    "headlines": """\
Channel crossings rise to highest level since 2022
Chancellor promises new money for the border
Inflation falls to 2.3% in the year to April
Police numbers in England and Wales reach a record
Rail strike called off after talks through the night
Court rejects appeal by former minister""",
    "table": """\
Year | Arrivals | Boats
2022 | 45,755 | 1,110
2023 | 29,437 | 602
2024 | 36,816 | 695""",
    "figures": """\
1 November 2024 310 6
2 November 2024 0 0
3 November 2024 122 2
4 November 2024 572 10
5 November 2024 0 0""",
    "e-mail head": """\
From: Press Office
Sent: 7 November 2024 10:04
To: News Desk at the paper
Subject: New agreements with Serbia, North Macedonia and Kosovo""",
    "speakers": """\
Mr Speaker: Order.
The Prime Minister: I thank my hon. Friend.
Sir John Smith: Will he give way?
The Prime Minister: No.""",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_not_wrapped_stays(name: str) -> None:
    assert unwrap(LAYOUTS[name]) == LAYOUTS[name]


LETTER = """\
Dear colleague,

On Monday you wrote that the number of crossings had fallen, and
that the agreements with our partners in the region had worked as
they were meant to.

> The latest figures show that the government has returned 9,400
> people with no right to be in the country, an increase of 19% on
> the same period last year.
>
> > More than 31,000 people have travelled the dangerous route so
> > far this year.

We have three questions:

- whether the figure holds for the whole of the period that the
  department was asked about;
- who counted; and
- when it will be published.

1. The first answer is that the department does not know yet, and
   will not know before the spring.
2. The second is no.

    A paragraph with an indented first line is a paragraph of its
own, even where no blank line stands before it and the line is full.
    So is the next one, which is indented in the same way as the one
before it.

-----------------------------------------------------------------
Year        Arrivals        Boats
2022          45,755        1,110
2023          29,437          602
"""


def test_a_letter_with_quotations_lists_and_a_table() -> None:
    assert paragraphs(normalise(LETTER).text) == [
        "Dear colleague,",
        "On Monday you wrote that the number of crossings had fallen, and that the agreements with our partners in "
        "the region had worked as they were meant to.",
        "> The latest figures show that the government has returned 9,400 people with no right to be in the country, "
        "an increase of 19% on the same period last year.",
        ">",
        "> > More than 31,000 people have travelled the dangerous route so far this year.",
        "We have three questions:",
        "- whether the figure holds for the whole of the period that the department was asked about;",
        "- who counted; and",
        "- when it will be published.",
        "1. The first answer is that the department does not know yet, and will not know before the spring.",
        "2. The second is no.",
        "A paragraph with an indented first line is a paragraph of its own, even where no blank line stands before "
        "it and the line is full.",
        "So is the next one, which is indented in the same way as the one before it.",
        "-----------------------------------------------------------------",
        "Year Arrivals Boats",
        "2022 45,755 1,110",
        "2023 29,437 602",
    ]


def test_a_bulleted_list_whose_items_fill_their_lines() -> None:
    text = (
        "The minister set out what the new command will do, and what it will cost,\n"
        "in a statement to the House of Commons that was heard in silence on a\n"
        "Thursday afternoon:\n"
        "• share intelligence with the authorities of all the countries on the way\n"
        "• hire staff for enforcement and buy equipment for the work at the border\n"
        "• publish a report on the work of the command in the spring of each year\n"
    )
    assert len(paragraphs(unwrap(text))) == 4


def test_wide_text_is_left_alone() -> None:
    text = "\n".join(["word " * 40, "word " * 39, "word " * 41])
    assert unwrap(text) == text


def test_unwrapping_twice_changes_nothing() -> None:
    assert unwrap(unwrap(RELEASE)) == unwrap(RELEASE)
