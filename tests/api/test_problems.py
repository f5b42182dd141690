"""The table of problems is complete, and every failure of the framework goes through it."""

import inspect

import httpx
import pytest

from headwater.api import problems
from headwater.domain import errors as domain
from headwater.domain.errors import HeadwaterError
from headwater_embeddings import errors as embeddings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio


def own_errors(module: object) -> list[type[Exception]]:
    return [
        item
        for _, item in inspect.getmembers(module, inspect.isclass)
        if issubclass(item, Exception) and item.__module__ == getattr(module, "__name__", "")
    ]


RAISED = [*own_errors(domain), *own_errors(embeddings), *own_errors(problems)]


def test_errors_are_found() -> None:
    assert len(RAISED) > 15


@pytest.mark.parametrize("error", [error for error in RAISED if error is not HeadwaterError])
def test_every_error_has_a_problem_of_its_own_meaning(error: type[Exception]) -> None:
    assert problems.problem_of(error.__new__(error)).slug != "internal-error"


def test_every_problem_is_used() -> None:
    by_hand = {"invalid-request", "unreadable-body"}
    assert set(problems.TABLE.values()) | set(problems.STATUS_TABLE.values()) | by_hand == set(problems.PROBLEMS)


def test_every_problem_is_worded() -> None:
    for problem in problems.PROBLEMS.values():
        assert 400 <= problem.status < 600
        assert problem.title[0].isupper()
        assert not problem.title.endswith(".")
        assert problem.meaning.endswith(".")
        assert problem.remedy


async def test_every_type_has_its_page(client: httpx.AsyncClient) -> None:
    everything = await client.get("/problems")
    for problem in problems.PROBLEMS.values():
        page = await client.get(problem.type)
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert problem.slug in page.text
        assert f'id="{problem.slug}"' in everything.text


@pytest.mark.parametrize(
    ("method", "path", "slug"),
    [
        ("GET", "/nowhere", "not-found"),
        ("GET", "/v1/match/", "not-found"),
        ("GET", "/docs", "not-found"),
        ("GET", "/problems/nowhere", "not-found"),
        ("GET", "/v1/documents/nowhere", "not-found"),
        ("GET", "/v1/documents/" + "x" * 201, "invalid-request"),
        ("GET", "/v1/documents/%00", "not-found"),
        ("GET", "/v1/documents/%FF%FE", "not-found"),
        ("GET", "/v1/documents/a?version=0", "invalid-request"),
        ("GET", "/v1/documents/a?version=x", "invalid-request"),
        ("GET", "/v1/documents/a?version=99999999999999999999", "invalid-request"),
        ("GET", "/v1/match", "method-not-allowed"),
        ("PUT", "/v1/match", "method-not-allowed"),
        ("DELETE", "/", "method-not-allowed"),
        ("POST", "/healthz", "method-not-allowed"),
        ("BREW", "/healthz", "method-not-allowed"),
        ("GET", "/../../etc/passwd", "not-found"),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", "not-found"),
    ],
)
async def test_failures_of_the_framework(client: httpx.AsyncClient, method: str, path: str, slug: str) -> None:
    answer = await client.request(method, path)
    assert_problem(answer, slug)
    if slug == "method-not-allowed":
        assert answer.headers["allow"]
