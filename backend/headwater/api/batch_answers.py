"""The shapes of many checks in one request."""

from __future__ import annotations

from pydantic import Field

from headwater.api.answers import Answer, CheckAnswer, ProblemAnswer
from headwater.api.schemas import Context, Filters, HouseStyle, Request, Shown, Text

MAX_TEXTS = 100


class BatchItem(Request):
    """One of the texts."""

    text: Text = Field(description="A passage or an article.")
    context: Context = Field(default_factory=Context)


class BatchRequest(Request):
    """Texts to check against the corpus; what else is set holds for all of them."""

    items: list[BatchItem] = Field(min_length=1, max_length=MAX_TEXTS, description="In the order of the answers.")
    filters: Filters | None = None
    limit: Shown | None = Field(None, description="Passages shown per claim.")
    house_style: HouseStyle = None


class BatchResult(Answer):
    """What came of one text: an answer or a problem."""

    index: int = Field(description="Of the text in the request, from 0.")
    answer: CheckAnswer | None = Field(description="As `/v1/match` gives it; null where there is a problem.")
    problem: ProblemAnswer | None = Field(
        description="As `/v1/match` would have answered; null where there is an answer."
    )


class BatchAnswer(Answer):
    """One result for each text, in their order."""

    results: list[BatchResult]
    failed: int = Field(description="How many have a problem.")
