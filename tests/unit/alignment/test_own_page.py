"""A text on an official page of the corpus."""

from __future__ import annotations

import pytest

from headwater.alignment.own_page import NOTICE
from headwater.checking import CheckContext, FactChecker
from headwater.corpus.given import given_passages
from headwater.domain.policy import CheckPolicy
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.hashing import HashingEncoder

PAGE = "https://www.gov.example/news/ferries?page=2"


@pytest.mark.parametrize(
    ("url", "notices"),
    [
        (PAGE, (NOTICE,)),
        ("http://gov.example/news/ferries/?page=2#second", (NOTICE,)),
        ("https://www.gov.example/news/ferries", ()),
        ("https://news.example/news/ferries?page=2", ()),
        ("", ()),
        ("http://[", ()),
    ],
)
def test_a_page_that_would_be_its_own_source_is_named(url: str, notices: tuple[str, ...]) -> None:
    encoder = HashingEncoder()
    passages = given_passages("The ferry fund is worth £75 million.", CheckContext(url=PAGE))
    searcher = InMemoryRetriever(passages, encoder.encode([passage.text for passage in passages]))
    checker = FactChecker(encoder, searcher, policy=CheckPolicy())
    report = checker.check("The ferry fund is worth £75 million.", CheckContext(url=url))
    assert report.notices == notices
