from collections.abc import Iterator

import pytest

from publisher_server import LocalFetcher, PublisherServer, serving


@pytest.fixture
def publishers() -> PublisherServer:
    return PublisherServer()


@pytest.fixture
def fetcher(publishers: PublisherServer) -> Iterator[LocalFetcher]:
    with serving(publishers) as base:
        made = LocalFetcher(base, timeout=0.5)
        yield made
        made.close()
