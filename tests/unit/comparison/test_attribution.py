# Who says it, on both sides: same, somebody else, nobody, a body for a person, and where nothing can be said.
from dataclasses import replace

import pytest

from headwater.comparison.attribution import compare_attribution
from headwater.comparison.attribution_speakers import Relation, SpeakerKind, read_speaker, relate_speakers
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.spans import MappedText
from headwater.extraction.attribution import extract_attributions, resolve_speakers
from headwater.extraction.quotations import extract_quotations


def annotated(text: str, speaker: str = "", offset: int = 0) -> Annotated:
    quotations = resolve_speakers(text, extract_quotations(text))
    facts = Facts(quotations=quotations, attributions=extract_attributions(text, quotations))
    return Annotated(MappedText.identity(text), facts, offset, offset, speaker)


RELATIONS = [
    ("The Prime Minister", "Prime Minister", "same"),
    ("the prime minister", "PM", "same"),
    ("Prime Minister Keir Starmer", "Prime Minister", "same"),
    ("Starmer", "Prime Minister Keir Starmer", "same"),
    ("Mr Turnbull", "Prime Minister Malcolm Turnbull", "same"),
    ("Keir Starmer, the prime minister", "Keir Starmer", "same"),
    ("the UK Prime Minister", "Prime Minister", "same"),
    ("The Home Secretary", "Prime Minister", "different"),
    ("Home Secretary Yvette Cooper", "Foreign Secretary David Lammy", "different"),
    ("Yvette Cooper", "David Lammy", "different"),
    ("the President", "the Prime Minister", "different"),
    ("Jane Smith", "John Smith", "unknown"),
    ("J. Smith", "Jane Smith", "same"),
    ("Treasury Secretary Janet Yellen", "Secretary of the Treasury Janet L. Yellen", "same"),
    ("the minister", "Immigration Minister Seema Malhotra", "unknown"),
    ("the Secretary of State", "Home Secretary", "unknown"),
    ("Yvette Cooper", "Home Secretary", "unknown"),
    ("Health Secretary", "Secretary of State for Health", "same"),
    ("Health Minister", "Health Secretary", "unknown"),
    ("officials", "Home Secretary", "vague"),
    ("official sources", "Prime Minister Theresa May", "vague"),
    ("a source", "a spokesman for the Home Office", "vague"),
    ("the UK government", "Home Secretary", "raised"),
    ("the new accords", "Home Secretary", "raised"),
    ("the report", "Dr Ellie Cannon", "raised"),
    ("the Home Office", "the Home Office", "same"),
    ("a spokesman for the Prime Minister", "Prime Minister", "lent"),
    ("Prime Minister", "a Downing Street spokeswoman", "lent"),
    ("he", "Prime Minister", "unknown"),
    ("Apple", "Tim Cook", "unknown"),
    ("", "Prime Minister", "unknown"),
    ("Prime Minister", "", "unknown"),
    ("the charity", "Jane Roe", "unknown"),
    ("Premier", "Prime Minister", "unknown"),
    ("the deputy prime minister", "Prime Minister", "unknown"),
    ("the Foreign Secretary", "First Lady Melania Trump", "different"),
    ("Chancellor Rachel Reeves", "the First Lady", "different"),
    ("Mr Johnson", "The Prime Minister", "unknown"),
    ("Prime Minister Rishi Sunak", "Prime Minister Liz Truss", "unknown"),
    ("Public Health England", "Dr Jenny Harries", "raised"),
    ("The Premier", "Mayor Sutherland", "different"),
    ("the chief fire officer", "Chief Nursing Officer Ruth May", "different"),
    ("the chief officer", "Chief Nursing Officer Ruth May", "unknown"),
    ("Colonel Ann Reid", "the Archbishop of York", "different"),
    ("the charity's Ann Reid", "Ann Reid, head of policy", "same"),
    ("the charity's Ann Reid", "Paul Gray", "different"),
    ("Senator Ann Reid", "Secretary of Labor Thomas Gray", "different"),
    ("Paul Reed, the housing minister", "Jane Moss, Director of the Water Agency", "different"),
    ("fishing crews", "Harbour Master Tom Lee", "vague"),
    ("race organisers", "Secretary of State for Transport", "vague"),
    ("Mr Ray", "My honourable friend the Minister of State for Borders and Immigration (Phil Ray)", "same"),
    ("the immigration minister", "My hon. Friend the Minister for Borders and Immigration (Phil Ray)", "same"),
    ("Ian Orr", "My honourable friend the Minister of State for Borders and Immigration (Phil Ray)", "different"),
    ("Mr Orr", "my right hon. Friend the Member for Leith (Mr. Orr)", "same"),
    ("Jo Finch", "the hon. Member for Leith (Mr. Orr)", "different"),
    ("Mr Lee", "the hon. Gentleman", "unknown"),
    ("Lord Vane", "My noble friend Lord Vane", "same"),
    ("Senator Paula Vane", "Senator Paula Vane (D-N.M.)", "same"),
    ("Andy Orr", "The Minister of State, Department of Health (Gill Ray)", "different"),
    ("Jo Finch, the local MP", "one reader", "lent"),
    ("ministers", "My honourable friend the Minister for the Armed Forces (Ann Ray)", "unknown"),
    ("ministers", "Chief Scientist Dr Ian Orr", "vague"),
    ("world leaders", "President Ana Diaz", "unknown"),
    ("campaigners", "Home Secretary Jo Finch", "vague"),
]


@pytest.mark.parametrize(("claimed", "official", "expected"), RELATIONS)
def test_two_speakers(claimed: str, official: str, expected: str) -> None:
    assert relate_speakers(claimed, official) is Relation(expected)


def test_an_office_and_a_name_are_one_where_a_text_says_so() -> None:
    texts = ("Home Secretary Yvette Cooper welcomed the figures.",)
    assert relate_speakers("Yvette Cooper", "Home Secretary", texts) is Relation.SAME
    assert relate_speakers("the Home Secretary", "Yvette Cooper", texts) is Relation.SAME


def test_an_office_and_a_name_are_two_where_a_text_gives_the_name_another_office() -> None:
    texts = ("Jane Roe, the Foreign Secretary, welcomed the figures.",)
    assert relate_speakers("Jane Roe", "Home Secretary", texts) is Relation.DIFFERENT
    assert relate_speakers("the Home Secretary", "Jane Roe", texts) is Relation.DIFFERENT
    assert relate_speakers("the Foreign Secretary", "Jane Roe", texts) is Relation.SAME


KINDS = [
    ("Prime Minister", SpeakerKind.PERSON),
    ("Mrs. Trump", SpeakerKind.PERSON),
    ("a spokesman for the department", SpeakerKind.SPOKESPERSON),
    ("the Bank of England", SpeakerKind.BODY),
    ("the agreement", SpeakerKind.DOCUMENT),
    ("experts", SpeakerKind.VAGUE),
    ("They", SpeakerKind.UNKNOWN),
    ("Google", SpeakerKind.UNKNOWN),
    ("", SpeakerKind.UNKNOWN),
]


@pytest.mark.parametrize(("written", "kind"), KINDS)
def test_kind_of_speaker(written: str, kind: SpeakerKind) -> None:
    assert read_speaker(written).kind is kind


FIGHT = "“We need to go further and faster, and take the fight to the heart of these networks."
CASES = [
    ("The Prime Minister said: “We need to go further and faster.”", FIGHT, "Prime Minister", ["same info"]),
    ("The Home Secretary said: “We need to go further and faster.”", FIGHT, "Prime Minister", ["misattributed high"]),
    ("“We need to go further and faster,” officials said.", FIGHT, "Prime Minister", ["vague medium"]),
    ("The government said: “We need to go further and faster.”", FIGHT, "Prime Minister", ["raised medium"]),
    ("The minister said: “We need to go further and faster.”", FIGHT, "Home Secretary", []),
    ("“We need to go further and faster.”", FIGHT, "Prime Minister", []),
    ("The Home Secretary said: “We need to go further and faster.”", FIGHT, "", []),
    ("The Home Secretary said: “The moon is made of cheese and milk.”", FIGHT, "Prime Minister", []),
    (
        "According to the new accords, the networks need a fight at the heart, further and faster.",
        FIGHT,
        "Prime Minister",
        ["raised medium"],
    ),
    (
        "We need to go further and faster, and take the fight to the heart of these networks.",
        FIGHT,
        "Prime Minister",
        ["quotation_as_fact medium"],
    ),
    (
        "He said that we need to go further and faster, and take the fight to the heart of these networks.",
        FIGHT,
        "Prime Minister",
        [],
    ),
    ("The networks are large.", FIGHT, "Prime Minister", []),
    (
        "The port crews said that the old harbour wall would fail in the next storm.",
        "We have looked again, and the port crews have found that the old harbour wall would fail in the next storm.",
        "Minister Ada Obi",
        [],
    ),
    ("Coastal fishing crews said that the networks need a fight at the heart, further and faster.", FIGHT, "", []),
]


@pytest.mark.parametrize(("claim", "official", "speaker", "expected"), CASES)
def test_claim_against_a_spoken_passage(claim: str, official: str, speaker: str, expected: list[str]) -> None:
    findings = compare_attribution(annotated(claim), [annotated(official, speaker)])
    assert [f"{finding.kind} {finding.severity.value}" for finding in findings] == expected
    assert all(finding.lane is Lane.ATTRIBUTION for finding in findings)
    assert all((finding.effect is Effect.AGREES) == (finding.severity is Severity.INFO) for finding in findings)


def test_the_speaker_of_a_quotation_inside_a_passage_counts() -> None:
    passage = annotated("“The scheme will open in May,” said Jane Roe, head of policy at the charity.")
    (finding,) = compare_attribution(annotated("“The scheme will open in May,” said John Poe."), [passage])
    assert (finding.kind, finding.severity) == ("misattributed", Severity.HIGH)
    assert finding.official is not None
    assert finding.official.value == "Jane Roe, head of policy at the charity"


SPEECH = (
    "I introduce the National Harbour Dredging and Repair Act of 1997, and I ask the committee to look at it soon. "
    "Crews have dredged every one of our northern harbours twice in the last ten years."
)
TOLD_PLAINLY = [
    ("Senator Ada Obi introduced the National Harbour Dredging and Repair Act of 1997.", []),
    ("A new bill is called the National Harbour Dredging and Repair Act of 1997.", []),
    ("Crews have dredged every one of our northern harbours twice in the last ten years.", ["ATT-AS-FACT"]),
    ("By now crews have dredged every one of our northern harbours twice.", ["ATT-AS-FACT"]),
]


@pytest.mark.parametrize(("claim", "expected"), TOLD_PLAINLY)
def test_deeds_of_the_speaker_and_names_of_things_are_nobody_s_words(claim: str, expected: list[str]) -> None:
    findings = compare_attribution(annotated(claim), [annotated(SPEECH, "Senator Ada Obi")])
    assert [finding.rule for finding in findings] == expected


FIRST_PERSON = (
    "I know that there are some people who will say that the harbour ought to stay closed through the winter."
)
OF_SOME = [
    ("Mr Obi said that the harbour ought to stay closed through the winter.", FIRST_PERSON, []),
    ("Mr Obi said the harbour ought to stay closed all winter.", f"{FIRST_PERSON} We reject that.", []),
    (
        "Mr Obi said that the harbour ought to stay closed through the winter.",
        "Some people said that the harbour ought to stay closed through the winter.",
        ["ATT-LENT"],
    ),
]


@pytest.mark.parametrize(("claim", "official", "expected"), OF_SOME)
def test_whom_an_author_only_mentions_is_not_all_that_speaks(claim: str, official: str, expected: list[str]) -> None:
    assert [finding.rule for finding in compare_attribution(annotated(claim), [annotated(official)])] == expected


NO_NAMES = ["PM statement", "Prime Minister statement", "PM remarks"]


@pytest.mark.parametrize("written", NO_NAMES)
def test_a_word_behind_an_office_is_a_name_only_in_capitals(written: str) -> None:
    assert read_speaker(written).names == ()
    assert read_speaker("Prime Minister Ada Obi").names == ("ada", "obi")


STATEMENT = (
    "I am joined by our chief scientist, Sir Ian Marsh, and we will take questions.",
    "We must all stay at home tonight and check on our neighbours.",
    "The Minister of Transport (Mr. Paul Ray): I thank my hon. Friend the Member for Leith (Ms Ada Poole) for this.",
    "I congratulate Dame Ruth Orr and the Orr Foundation on their work.",
    "The Bill is presented by Tom Vane, Lee Marr and Jo Finch.",
    "Thank you. Paul Ray",
)
IN_THE_FIRST_PERSON = [
    ("Sir Ian Marsh said: “We must all stay at home tonight.”", ["ATT-SPEAKER contradicts high"]),
    ("“We must all stay at home tonight,” Ms Poole said.", ["ATT-SPEAKER contradicts high"]),
    ("“We must all stay at home tonight,” said Ruth Orr.", ["ATT-SPEAKER contradicts high"]),
    ("Transport Minister Paul Ray said: “We must all stay at home tonight.”", []),
    ("Mr Ray said: “We must all stay at home tonight.”", []),
    ("Tom Vane said: “We must all stay at home tonight.”", []),  # named in a list: he may present it himself
    ("Jo Bloggs said: “We must all stay at home tonight.”", []),  # whose name the text does not give may be its author
    ("The government said: “We must all stay at home tonight.”", []),
    ("Sir Ian Marsh spoke of “our neighbours”.", []),
]


@pytest.mark.parametrize(("claim", "expected"), IN_THE_FIRST_PERSON)
def test_whom_an_author_speaks_of_is_not_the_author(claim: str, expected: list[str]) -> None:
    passages = [annotated(text, offset=number * 200) for number, text in enumerate(STATEMENT)]
    findings = compare_attribution(annotated(claim), passages)
    assert [f"{f.rule} {f.effect.value} {f.severity.value}" for f in findings] == expected


def test_words_that_two_people_say_in_the_source_may_be_given_to_either() -> None:
    passages = [annotated("“We will rebuild this bridge,” said Jane Roe.", offset=0)]
    passages.append(annotated("Tom Lee said: “We will rebuild this bridge, and soon.”", offset=400))
    assert compare_attribution(annotated("Tom Lee said: “We will rebuild this bridge.”"), passages) == ()
    (finding,) = compare_attribution(annotated("Ann Fox said: “We will rebuild this bridge.”"), passages)
    assert finding.effect is Effect.CONTRADICTS


def test_a_pronoun_of_a_passage_gives_way_to_its_documents_speaker() -> None:
    passage = annotated("“The old bridge was closed at night,” she added.", "Jane Roe")
    (same,) = compare_attribution(annotated("“The old bridge was closed at night,” said Jane Roe."), [passage])
    assert same.effect is Effect.AGREES
    (other,) = compare_attribution(annotated("“The old bridge was closed at night,” said Tom Lee."), [passage])
    assert other.effect is Effect.CONTRADICTS


PUBLISHERS = [
    ("Downing Street said: “We will rebuild this bridge.”", "Prime Minister's Office, 10 Downing Street", []),
    ("The Home Office said: “We will rebuild this bridge.”", "Home Office", []),
    ("The UK's Home Office said: “We will rebuild this bridge.”", "Home Office", []),
    ("The Treasury said: “We will rebuild this bridge.”", "Home Office", ["raised"]),
    ("The government said: “We will rebuild this bridge.”", "Home Office", ["raised"]),
    ("Officials said: “We will rebuild this bridge.”", "Home Office", ["vague"]),
    ("The Home Office said: “We will rebuild this bridge.”", "", ["raised"]),
]


@pytest.mark.parametrize(("claim", "publisher", "expected"), PUBLISHERS)
def test_what_a_body_publishes_it_says(claim: str, publisher: str, expected: list[str]) -> None:
    passage = replace(annotated("“We will rebuild this bridge.”", "Home Secretary Jo Finch"), publisher=publisher)
    assert [finding.kind for finding in compare_attribution(annotated(claim), [passage])] == expected
