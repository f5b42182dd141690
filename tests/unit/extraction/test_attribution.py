# Speakers: a bank of real quotations with the speaker labelled by hand, and the forms of attribution one by one.
import json
from pathlib import Path

import pytest

from headwater.extraction.attribution import extract_attributions, resolve_speakers
from headwater.extraction.quotations import extract_quotations
from headwater.text.normalise import normalise

SEED = Path(__file__).parents[3] / "fixtures" / "seed"
BANK = [json.loads(line) for line in Path(__file__).with_name("attribution_bank.jsonl").read_text("utf-8").splitlines()]
# Right on the bank when it was last measured; what is wrong is mostly sermons, legal texts and names far away.
FLOOR_NAMED = 0.85
FLOOR_UNNAMED = 0.88


def speaker_of(row: dict[str, object]) -> str | None:
    text = str(row["text"])
    blocks = [str(row["block"])] if "block" in row else []
    quotations = resolve_speakers(text, extract_quotations(text, block_quotes=blocks))
    return next((q.speaker for q in quotations if q.surface.startswith(str(row["quote"])[:40])), None)


def bare(name: str) -> str:
    return name.strip().lower().removeprefix("the ")


def test_speakers_of_real_quotations() -> None:
    named = [row for row in BANK if row["speaker"]]
    right = sum(bare(speaker_of(row) or "") in {bare(name) for name in row["speaker"]} for row in named)
    assert len(named) >= 200
    assert right / len(named) >= FLOOR_NAMED


def test_quotations_that_nobody_says() -> None:
    unnamed = [row for row in BANK if not row["speaker"]]
    right = sum(speaker_of(row) == "" for row in unnamed)
    assert len(unnamed) >= 60
    assert right / len(unnamed) >= FLOOR_UNNAMED


SPEAKERS = [
    ("The Prime Minister said: “We will act now.”", ["The Prime Minister"]),
    ("“We will act now,” said Jane Smith, the health secretary.", ["Jane Smith, the health secretary"]),
    ("“We will act now,” Smith said. “We have a plan.”", ["Smith", "Smith"]),
    ("“We will act,” Dr Brown said, “and we will act now.”", ["Dr Brown", "Dr Brown"]),
    ("“We will act now,” according to the Treasury.", ["the Treasury"]),
    ("According to the Bank of England, “rates will stay where they are”.", ["the Bank of England"]),
    ("Prime Minister said:\n“We will act now.\n“We have a plan.”", ["Prime Minister"]),
    (
        "Home Secretary Yvette Cooper said:\n\n“We will act now.”\n\n“We have a plan.”",
        ["Home Secretary Yvette Cooper"] * 2,
    ),
    ("The Home Secretary praised the work. They stated, “Working together pays.”", ["The Home Secretary"]),
    ("Mrs. May arrived late. She told reporters: “We will act now.”", ["Mrs. May"]),
    ("Mr Lee met Mrs. May. She told him: “We will act now.”", ["Mrs. May"]),
    ("Keir Starmer, the prime minister, told MPs: “We will act now.”", ["Keir Starmer, the prime minister"]),
    ("Speaking in Paris on Monday, the foreign secretary said “we will act now”.", ["the foreign secretary"]),
    ("In a statement, a spokesman for the Home Office said: “We will act.”", ["a spokesman for the Home Office"]),
    ("The plan is ready, Mr Lee said, adding: “We will act now.”", ["Mr Lee"]),
    (
        "The Secretary of State for Health (Andy Burnham): “We will act now.”",
        ["The Secretary of State for Health (Andy Burnham)"],
    ),
    ("Jane Roe, head of policy at the charity, said: “We will act now.”", ["Jane Roe, head of policy at the charity"]),
    ("As the minister has said, “we will act now”.", ["the minister"]),
    ("She was told “you will have to wait for years”.", [""]),
    ("It was described by the mayor as “a great day for the city”.", ["the mayor"]),
    ("Ministers were asked by John Smith whether “the plan is dead”.", ["John Smith"]),
    ("“It is over,” he added.", ["he"]),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_speaker(text: str, expected: list[str]) -> None:
    assert [quotation.speaker for quotation in resolve_speakers(text, extract_quotations(text))] == expected


INDIRECT = [
    ("The Prime Minister said that borders come first.", ("The Prime Minister", "said", "that borders come first.")),
    ("According to official sources, the goal is near.", ("official sources", "according to", "the goal is near.")),
    ("Borders come first, the Prime Minister will say today.", ("the Prime Minister", "say", "Borders come first")),
    (
        "Prices rose again last month, said the statistics office.",
        ("the statistics office", "said", "Prices rose again last month"),
    ),
    ("The Home Secretary emphasised the value of work.", ("The Home Secretary", "emphasised", "the value of work.")),
    ("Ministers insist the bill is affordable.", ("Ministers", "insist", "the bill is affordable.")),
]


@pytest.mark.parametrize(("text", "expected"), INDIRECT)
def test_indirect_speech(text: str, expected: tuple[str, str, str]) -> None:
    (found,) = extract_attributions(text)
    assert (found.speaker, found.verb, found.content.slice(text)) == expected
    assert found.span.slice(text) == found.surface


NOT_SPEECH = [
    "The report was long and the claims were many.",
    "Member states will present their plans by 2024.",
    "A value-added tax was added to the bill.",
    "The government's reply came late.",
]


@pytest.mark.parametrize("text", NOT_SPEECH)
def test_nouns_are_no_speech(text: str) -> None:
    assert extract_attributions(text) == ()


def test_seed_article_speakers() -> None:
    text = normalise((SEED / "article.txt").read_text("utf-8")).mapped.text
    speakers = [quotation.speaker for quotation in resolve_speakers(text, extract_quotations(text))]
    assert speakers == ["", "The Prime Minister", "the Prime Minister", "The Home Secretary", "The prime minister"]


def test_a_list_of_verbs_of_speech_has_few_cues() -> None:
    assert len(extract_attributions("Ministers said " + "warned said " * 400)) < 100


def test_two_readings_of_one_text_answer_alike() -> None:
    text = "“It will open,” said Jane Roe. The board said that it would not."
    first = extract_attributions(text, extract_quotations(text))
    resolved = resolve_speakers(text, extract_quotations(text))
    assert extract_attributions(text, resolved) == first
    assert [attribution.speaker for attribution in first] == ["Jane Roe", "The board"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Nobody was hurt,” said port director Ian Flack.", "port director Ian Flack"),
        ("“It is over,” said crime prevention minister Ada Obi on Monday.", "crime prevention minister Ada Obi"),
        ("“We stand together,” said the president.", "the president"),
        ("The treaty says the two states “stand together”.", "The treaty"),
    ],
)
def test_an_office_without_an_article_and_a_noun_that_looks_like_a_verb(text: str, speaker: str) -> None:
    (quotation,) = resolve_speakers(text, extract_quotations(text))
    assert quotation.speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Jane Roe opened the bridge. She said that it would last a century.", "Jane Roe"),
        ("The two ministers met in Leeds. They said that the line would open in May.", "The two ministers"),
        # Whom somebody speaks of is no speaker, whom the next sentence tells of may be.
        ("Lord Lee said the plan of Lord Vane was bold. It would not pass. The peers agree, he said.", "Lord Lee"),
        ("Ana Roe told the board about Eva Cole. The vote is in May. It may fail, she said.", "Ana Roe"),
        ("Mr Lee praised Tom Vane. Ships come and go. Trade must grow, he said.", "Mr Lee"),
        ("Mr Lee said it would pass. A vote was asked for by Tom Vane. It may fail, he said.", "Tom Vane"),
        ("Ana Roe told the board. Then the house heard from Eva Cole. It may fail, she said.", "Eva Cole"),
        ("Mr Lee spoke first. He said that Tom Vane had left. He said that the board knew.", "Mr Lee"),
        (
            "My right hon. Friend the Member for Leith (Mr. Orr) said that it would last.",
            "My right hon. Friend the Member for Leith (Mr. Orr)",
        ),
        ("Mr. Speaker, last week the minister said that it would last.", "the minister"),
        ("A study by the Royal Institute said that it would last.", "A study by the Royal Institute"),
        ("It would last, according to the board's chair, who said that nobody knew.", "the board's chair"),
    ],
)
def test_who_says_what_is_told(text: str, speaker: str) -> None:
    assert extract_attributions(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("before", "pronoun", "speaker"),
    [
        ("Mr Lee thanked groups whose supporters wrote to the town in droves.", "he", "Mr Lee"),
        ("Mr Lee was met by residents, and campaigners said no.", "he", "Mr Lee"),
        ("Mrs Roe answered. Critics said it was late.", "she", "Mrs Roe"),
        ("Mr Lee spoke, and the chairman replied.", "he", "the chairman"),
        ("Residents said the road was shut.", "they", "Residents"),
    ],
)
def test_several_people_are_no_he_or_she(before: str, pronoun: str, speaker: str) -> None:
    text = f"{before}\n\nThe road, {pronoun} said, “should open in May”."
    (quotation,) = resolve_speakers(text, extract_quotations(text))
    assert bare(quotation.speaker) == bare(speaker)
