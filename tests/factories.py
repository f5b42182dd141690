"""Reports made by hand for the tests of the faces: every verdict, every section, and hostile text among them."""

from datetime import UTC, date, datetime

from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.documents import Document, Passage
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.repairs import EncodingRepair, RepairKind
from headwater.domain.spans import MappedText, Span
from headwater.domain.verdicts import CheckReport, ClaimReport, Omission, ScoredPassage, Verdict

OFFICIAL_TEXT = "The Border Security Command will receive £75 million.\n\nAlmost 100,000 people passed through."
ARTICLE = (
    "Nearly 100,000 people passed through. The command gets £57 million. More than 31,000 people crossed. "
    "What comes next? The command will receive ÂŁ75 million."
)
HOSTILE = "<script>alert('x')</script> \x1b[31mred\x1b[0m \u202egnp.exe"


def make_document(**changes: object) -> Document:
    values: dict[str, object] = {
        "id": "uk-deals",
        "version": 1,
        "is_latest": True,
        "publisher": "Home Office",
        "document_type": "press_release",
        "url": "https://www.gov.uk/government/news/new-deals",
        "title": "New deals to smash the gangs",
        "language": "en",
        "licence": "OGL-UK-3.0",
        "attribution": "Contains public sector information licensed under the Open Government Licence v3.0.",
        "first_published": datetime(2024, 11, 7, 10, 30, tzinfo=UTC),
        "updated": None,
        "retrieved": datetime(2026, 11, 1, tzinfo=UTC),
        "sha256": "0" * 64,
        "text": OFFICIAL_TEXT,
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]


def make_passage(words: str, number: int = 1, document: Document | None = None, **changes: object) -> Passage:
    start = max(OFFICIAL_TEXT.find(words), 0)
    span = Span(start, start + len(words))
    return Passage(number, document or make_document(), number, words, span, **changes)  # type: ignore[arg-type]


def make_claim(words: str, number: int, kind: ClaimKind = ClaimKind.STATEMENT, *, article: str = ARTICLE) -> Claim:
    start = max(article.find(words), 0)
    content = Annotated(MappedText.identity(words), Facts())
    return Claim(f"c{number}", words, Span(start, start + len(words)), kind, content)


def side(words: str, text: str, value: str = "") -> Side:
    start = max(text.find(words), 0)
    return Side(words, Span(start, start + len(words)), value)


def make_finding(claimed: str, official: str | None, **changes: object) -> Finding:
    values: dict[str, object] = {
        "rule": "FIG-DIFFERS",
        "lane": Lane.FIGURE,
        "kind": "differs",
        "effect": Effect.CONTRADICTS,
        "severity": Severity.HIGH,
        "claimed": side(claimed, ARTICLE),
        "official": None if official is None else side(official, OFFICIAL_TEXT),
        "explanation": "£18 million less",
        "passage_id": None if official is None else 1,
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def scored(passage: Passage, similarity: float = 1.43) -> ScoredPassage:
    return ScoredPassage(passage, similarity, 0.81, 0.79)


def make_report(text: str = ARTICLE) -> CheckReport:
    """A claim of each verdict; `text` is what the claims are slices of, for the spans to fit."""
    money = make_passage("The Border Security Command will receive £75 million.", 1)
    people = make_passage("Almost 100,000 people passed through.", 2, speaker="Prime Minister")
    agreed = make_finding(
        "100,000", "100,000", effect=Effect.AGREES, kind="equal", severity=Severity.INFO, explanation="the same figure"
    )
    claims = (
        ClaimReport(
            make_claim("Nearly 100,000 people passed through.", 1, article=text),
            Verdict.SUPPORTED,
            "the figure is the same",
            evidence=(scored(people),),
            nearest=(scored(people),),
            findings=(agreed,),
        ),
        ClaimReport(
            make_claim("The command gets £57 million.", 2, article=text),
            Verdict.CONTRADICTED,
            "another figure for the same thing",
            evidence=(scored(money),),
            nearest=(scored(money), scored(people, 0.4)),
            findings=(make_finding("£57 million", "£75 million"),),
        ),
        ClaimReport(
            make_claim("More than 31,000 people crossed.", 3, article=text),
            Verdict.NOT_IN_SOURCE,
            "no passage states 31,000",
            nearest=(scored(people, 0.6),),
            missing=("More than 31,000",),
        ),
        ClaimReport(
            make_claim("What comes next?", 4, ClaimKind.QUESTION, article=text), Verdict.NOT_CHECKABLE, "a question"
        ),
        ClaimReport(
            make_claim("The command will receive ÂŁ75 million.", 5, article=text),
            Verdict.SHIFTED,
            "a term moved",
            evidence=(scored(money),),
            findings=(
                make_finding(
                    "The command",
                    "The Border Security Command",
                    lane=Lane.TERM,
                    effect=Effect.SHIFTS,
                    severity=Severity.LOW,
                    kind="shortened",
                    explanation="article “The command”, source “The Border Security Command”: shortened",
                ),
            ),
        ),
        ClaimReport(
            make_claim("The command gets", 6, article=text), Verdict.NOT_IN_SOURCE, "no document", topic_known=False
        ),
    )
    return CheckReport(
        claims,
        repairs=(EncodingRepair(RepairKind.MOJIBAKE, Span(text.find("ÂŁ"), text.find("ÂŁ") + 2), "ÂŁ", "£"),),
        omissions=(Omission(people, "Almost 100,000 people", people.span, "a figure of the source"),),
        notices=("searched by words alone: no vectors are stored",),
        corpus_version="17",
        model="minilm/onnx-int8@0123456789ab",
        rule_version="2026.11.2",
        elapsed_ms={"normalise": 0.31, "retrieve": 12.0},
    )


def make_hostile_report() -> CheckReport:
    """Hostile text in every place that text can stand in."""
    document = make_document(title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)", attribution=HOSTILE)
    passage = Passage(1, document, 0, HOSTILE, Span(0, len(HOSTILE)), heading=HOSTILE, speaker=HOSTILE)
    said = Side(HOSTILE, Span(0, len(HOSTILE)), HOSTILE)
    finding = Finding("FIG-DIFFERS", Lane.FIGURE, "differs", Effect.CONTRADICTS, Severity.HIGH, said, said, HOSTILE, 1)
    claims = (
        ClaimReport(
            make_claim(HOSTILE, 1, article=HOSTILE),
            Verdict.CONTRADICTED,
            HOSTILE,
            evidence=(scored(passage),),
            findings=(finding,),
            missing=(HOSTILE,),
        ),
        ClaimReport(
            make_claim("lone \ud800 surrogate", 2, article="lone \ud800 surrogate"),
            Verdict.NOT_IN_SOURCE,
            HOSTILE,
            nearest=(scored(passage),),
        ),
    )
    return CheckReport(
        claims,
        repairs=(EncodingRepair(RepairKind.CONTROL, Span(0, 1), "\ud800", "\ufffd"),),
        omissions=(Omission(passage, HOSTILE, passage.span, HOSTILE),),
        notices=(HOSTILE,),
    )


PUBLISHED = date(2024, 11, 7)
