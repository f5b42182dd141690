"""Official documents made by hand, and the real ones of the fixtures, for the tests of corpus and sources."""

import json
import lzma
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from headwater.domain.documents import DocumentRecord

FIXTURES = Path(__file__).parents[1] / "fixtures"
CORPUS = FIXTURES / "corpus"
RELEASE = FIXTURES / "seed" / "release.txt"
TEXT = "Almost 100,000 people passed through last year.\n\nThe government returned 9,400 people."


def make_record(**changes: object) -> DocumentRecord:
    values: dict[str, object] = {
        "publisher": "Home Office",
        "document_type": "press_release",
        "url": "https://www.gov.uk/government/news/new-deals",
        "title": "New deals to smash the gangs",
        "text": TEXT,
        "licence": "OGL-UK-3.0",
        "first_published": datetime(2024, 11, 7, 10, 30, tzinfo=UTC),
        "updated": datetime(2024, 11, 7, 10, 30, tzinfo=UTC),
    }
    return DocumentRecord(**{**values, **changes})  # type: ignore[arg-type]


def make_fields(**changes: object) -> dict[str, object]:
    """A record as it stands in a JSONL file."""
    fields: dict[str, object] = {
        "url": "https://www.gov.uk/government/news/new-deals",
        "publisher": "Home Office",
        "document_type": "press_release",
        "title": "New deals to smash the gangs",
        "first_published_at": "2024-11-07T10:30:00Z",
        "updated_at": None,
        "language": "en",
        "licence": "OGL-UK-3.0",
        "text": TEXT,
    }
    return {**fields, **changes}


def real_fields(name: str) -> Iterator[dict[str, Any]]:
    """The records of one file of the corpus, as they stand in it: "uk_government/govuk_content_api"."""
    with lzma.open(CORPUS / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
