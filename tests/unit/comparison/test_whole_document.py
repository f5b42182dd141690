# Figures that the passages at hand do not state, looked up in whole official documents.
from datetime import date
from json import loads
from pathlib import Path

import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.whole_document import ask_whole_document, read_whole
from headwater.domain.findings import Effect, Finding, Severity
from unit.comparison.reading import read

BANK = [
    loads(line) for line in (Path(__file__).parent / "banks" / "figures_whole.jsonl").read_text("utf-8").splitlines()
]
AT_HAND = 3  # passages, as the search brings them
SILENT = {"tuned": 12, "unseen": 13}  # of 15 and 16
ALARMED = {"tuned": 14, "unseen": 13}  # of 15 and 15


def asked(claim: str, paragraphs: list[str], published: date | None) -> tuple[Finding, ...]:
    passages = tuple(read(text, published, place) for place, text in enumerate(paragraphs))
    words = set(claim.lower().split())
    near = sorted(passages, key=lambda passage: -len(words & set(passage.text.lower().split())))[:AT_HAND]
    text = read(claim, published)
    return ask_whole_document(text, compare_figures(text, near), read_whole(passages))


def alarms(claim: str, entry: dict) -> list[str]:
    paragraphs = [part for part in entry["text"].split("\n\n") if part.strip()]
    findings = asked(claim, paragraphs, date.fromisoformat(entry["published"]))
    loud = {Severity.MEDIUM, Severity.HIGH}
    return [f.claimed.surface for f in findings if f.severity in loud and f.effect is not Effect.AGREES]


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_figures_worked_out_or_stated_elsewhere_raise_no_alarm(half: str) -> None:
    own = [(claim, entry) for entry in BANK if entry["half"] == half for claim in entry["faithful"]]
    assert sum(not alarms(claim, entry) for claim, entry in own) >= SILENT[half]


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_figures_near_what_follows_raise_an_alarm(half: str) -> None:
    own = [(*row, entry) for entry in BANK if entry["half"] == half for row in entry["wrong"]]
    met = [any(wrong in said or said in wrong for said in alarms(claim, entry)) for claim, wrong, entry in own]
    assert sum(met) >= ALARMED[half]


ROLLS = "In 2014 there were 37,831,600 voters in England, 2,225,700 in Wales and 1,232,400 in Northern Ireland."
GRANTS = "The council gave £1.2 million to Ashby, £3.4 million to Barrow and £0.9 million to Colne."
PARTS = "Of the 940 cases, 600 were closed and 340 are open."
TOTALS = [
    # claimed, official, whether the sum of the list is seen
    ("Some 41.3 million people in the three nations are on the rolls.", ROLLS, True),
    ("About 41,290,000 voters are registered.", ROLLS, True),
    ("Some 42.3 million people in the three nations are on the rolls.", ROLLS, False),
    ("Together the towns got £5.5 million.", GRANTS, True),
    ("The council's grants of £5.5 million went to three towns.", GRANTS, True),
    ("Together the towns got £6.5 million.", GRANTS, False),
    ("Some 1,880 cases were handled.", PARTS, False),
]


@pytest.mark.parametrize(("claim", "official", "seen"), TOTALS)
def test_the_sum_of_a_list_is_no_invention(claim: str, official: str, seen: bool) -> None:
    finding = asked(claim, ["The report.", official], None)[0]
    assert (finding.kind in {"derived_and_right", "may_follow"}) is seen


CASES = [
    # claimed, official paragraphs, the kind of its finding
    ("Women outnumbered men by 1,240.", ["There were 4,610 women in the service.", "There were 3,370 men."], "derived"),
    ("Doors shut at quarter to six.", ["The museum.", "Open from 9 am to 5:45 pm."], "same_words"),
    ("Doors shut at quarter to seven.", ["The museum.", "Open from 9 am to 5:45 pm."], "not_stated"),
    (
        "It runs from 9 to 5 on Wednesday.",
        ["The hall.", "The talks are on May 18, from 9 a.m. to 5:00 p.m."],
        "same_words",
    ),
    ("Doors are open from 10 until 4.", ["The hall.", "Open 10am-4pm on all days of the week."], "same_words"),
    (
        "It runs from 9 to 6 on Wednesday.",
        ["The hall.", "The talks are on May 18, from 9 a.m. to 5:00 p.m."],
        "not_stated",
    ),
    (
        "The crew grew from 9 to 5 million.",
        ["The hall.", "The talks are on May 18, from 9 a.m. to 5:00 p.m."],
        "not_stated",
    ),
    ("The institute turned 100 on Monday.", ["The hall.", "We mark the centenary of the institute."], "may_follow"),
    ("The coins turn 100 this year.", ["Coins.", "They are sold for their centennial."], "may_follow"),
    ("The county turns 200 on Sunday.", ["The fair.", "Come to the bicentenary of the county."], "may_follow"),
    (
        "The lighthouse turned 150 on Sunday.",
        ["The coast.", "It is the 150th anniversary of the lighthouse."],
        "same_words",
    ),
    ("The institute turned 150 on Monday.", ["The hall.", "We mark the centenary of the institute."], "not_stated"),
    ("The coins turn 200 this year.", ["Coins.", "They are sold for their centennial."], "not_stated"),
    ("Some 100 guests came.", ["The hall.", "We mark the centenary of the institute."], "not_stated"),
    ("Talks get under way at 9 in the morning.", ["The hall.", "The start time is 9:00 a.m."], "same_words"),
    ("Talks get under way at 9 on Tuesday morning.", ["The hall.", "The session opens at 9am."], "same_words"),
    ("The gates close at 8 in the evening.", ["The park.", "Open daily, 10.00 to 20.00."], "same_words"),
    ("Polls close at 10 tonight.", ["The vote.", "Voting ends at 10 p.m. in all towns."], "same_words"),
    ("Talks get under way at 8 in the morning.", ["The hall.", "The start time is 9:00 a.m."], "not_stated"),
    ("The gates close at 9 at night.", ["The park.", "Open daily until 9 a.m."], "not_stated"),
    ("Talks took in 9 on the first day.", ["The hall.", "The start time is 9:00 a.m."], "not_stated"),
    ("The fund may bear €85 of every €100 spent.", ["Aid.", "Up to 85% of the cost may be met by the fund."], "any"),
    ("Six previous governors have tried.", ["She is the seventh governor of the state."], "may_follow"),
    # The rounded figure of the summary, and the full one further down.
    (
        "The number of adults never online fell by more than 700,000.",
        [
            "6.7m adults had never been online, a fall of 0.7 million on the year.",
            "The count of adults never online fell by 732,000 on the year.",
        ],
        "bound_holds",
    ),
    (
        "The number of adults never online fell by more than 700,000.",
        [
            "6.7m adults had never been online, a fall of 0.7 million on the year.",
            "The count of adults never online fell by 688,000 on the year.",
        ],
        "bound_added",
    ),
    (
        "Visitors to the museum spent almost £42m.",
        [
            "Spending by visitors to the museum was about £42m.",
            "Visitors to the museum spent £41.8m in its shops and halls.",
        ],
        "bound_holds",
    ),
    (
        "Visitors to the museum spent more than £42m.",
        ["Spending by visitors to the museum was £42m.", "Visitors to the zoo spent £42.3m."],
        "bound_added",
    ),
    # Two figures of one sentence, though every other word was exchanged.
    (
        "By Christmas, homegrown firms should be making 70 per cent of the kit we need, up from just one per cent.",
        [
            "Thank you all.",
            "By December UK manufacturers will meet 70 per cent of the demand, compared with just one per cent before.",
        ],
        "any",
    ),
    (
        "By Christmas, homegrown firms should be making 80 per cent of the kit we need, up from just one per cent.",
        [
            "Thank you all.",
            "By December UK manufacturers will meet 70 per cent of the demand, compared with just one per cent before.",
        ],
        "not_stated",
    ),
    # What has been added, and what that comes to.
    (
        "The death toll now stands at 7,409.",
        ["The news.", "Sadly 11 additional deaths were registered, which takes the total number of deaths to 7,409."],
        "any",
    ),
    (
        "Another 7,409 deaths were registered.",
        ["The news.", "Sadly 11 additional deaths were registered, which takes the total number of deaths to 7,409."],
        "not_stated",
    ),
    ("It means a cut of £24 million.", ["The budget is £870 million.", "It was £894 million in 2009."], "any"),
    ("It means a cut of £34 million.", ["The budget is £870 million.", "It was £894 million in 2009."], "not_stated"),
    # Nothing but silent words: "daily", "total".
    ("The daily total was up almost 60%.", ["The hall.", "This is the highest daily total and it is 59% up."], "any"),
    (
        "The daily total was up almost 80%.",
        ["The hall.", "This is the highest daily total and it is 59% up."],
        "not_stated",
    ),
    ("Another 61 people joined.", ["The club.", "Since then a further 61 people have joined."], "any"),
]


@pytest.mark.parametrize(("claim", "paragraphs", "kind"), CASES)
def test_one_figure(claim: str, paragraphs: list[str], kind: str) -> None:
    finding = asked(claim, paragraphs, None)[0]
    found = "derived" if finding.kind.startswith("derived_and_right") else finding.kind
    assert found == kind if kind != "any" else finding.kind != "not_stated"


def test_a_document_without_figures_changes_nothing() -> None:
    text = read("The club has 61 members.")
    found = compare_figures(text, [read("The club met.")])
    assert ask_whole_document(text, found, read_whole([read("The club met.")])) == found
