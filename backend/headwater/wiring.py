"""The only place that constructs things: settings in, the parts of the product out.

Imports stand inside the functions, so that a command loads no more than it uses: `--help` needs no model runtime.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.domain.errors import EmptyCorpusError
from headwater.domain.policy import CheckPolicy
from headwater.settings import Settings

if TYPE_CHECKING:
    from headwater.checking import FactChecker
    from headwater.corpus.store import CorpusStore
    from headwater.retrieval.retriever import HybridRetriever
    from headwater.sources.fetching.clock import Clock
    from headwater.sources.fetching.fetcher import GuardedFetcher
    from headwater.sources.fetching.limits import FetchLimits
    from headwater_embeddings.encoder import Encoder


COLLECTED_AFTER = 20_000, 20, 20  # new objects, rounds among the young, among the old: a check makes about 30,000


@dataclass(frozen=True, slots=True)
class Parts:
    """What a check against the corpus needs."""

    store: CorpusStore
    encoder: Encoder
    checker: FactChecker
    searcher: HybridRetriever


def open_store(settings: Settings) -> CorpusStore:
    """Open the corpus; a new file is made where there is none, and an empty PostgreSQL database gets its tables.

    Args:
        settings: What the command line and the environment chose.

    Returns:
        The corpus, open.

    Raises:
        CorpusUnavailableError: If the database cannot be opened.
    """
    if settings.database_url is not None:
        from headwater.corpus.postgres.store import PostgresStore  # noqa: PLC0415

        in_database = settings.vector_search == "database"
        return PostgresStore(settings.database_url.get_secret_value(), search_vectors=in_database)
    from headwater.corpus.store import CorpusStore  # noqa: PLC0415

    return CorpusStore(settings.database)


def open_corpus(settings: Settings) -> CorpusStore:
    """Open a corpus that is there already: asking a question makes no file.

    Args:
        settings: What the command line and the environment chose.

    Returns:
        The corpus, open.

    Raises:
        EmptyCorpusError: If there is no file.
        CorpusUnavailableError: If the database cannot be opened.
    """
    if settings.database_url is None and not settings.database.exists():
        raise EmptyCorpusError
    return open_store(settings)


@contextmanager
def find_store(settings: Settings) -> Iterator[CorpusStore | None]:
    """Open the corpus where there is one: asking a question makes no file.

    Args:
        settings: What the command line and the environment chose.

    Yields:
        CorpusStore | None: The corpus, or None where there is none yet.

    Raises:
        CorpusUnavailableError: If the database cannot be opened.
    """
    if settings.database_url is None and not settings.database.exists():
        yield None
    else:
        with open_store(settings) as store:
            yield store


def model_name(settings: Settings, store: CorpusStore | None = None) -> str:
    """Return the name of the embedding model: the one chosen by hand, else the corpus's own, else the default.

    Args:
        settings: What the command line and the environment chose.
        store: The corpus; None where there is none.

    Raises:
        CorpusUnavailableError: If the corpus cannot be read.
    """
    from headwater_embeddings.registry import DEFAULT_MODEL  # noqa: PLC0415

    if settings.model is not None:
        return settings.model
    chosen = store.models.in_use() if store is not None else None
    return chosen.name if chosen is not None else DEFAULT_MODEL


def open_encoder(settings: Settings, store: CorpusStore | None = None) -> Encoder:
    """Load the embedding model.

    Args:
        settings: What the command line and the environment chose.
        store: The corpus whose model it is to be; None where there is none.

    Returns:
        The encoder.

    Raises:
        EmbeddingsError: If it is unknown, not built, or damaged.
    """
    from headwater_embeddings.registry import load_encoder  # noqa: PLC0415

    return load_encoder(model_name(settings, store), model_dir=settings.model_dir)


def open_fetcher(
    settings: Settings, clock: Clock | None = None, *, limits: FetchLimits | None = None
) -> GuardedFetcher:
    """Open what fetches official pages.

    Args:
        settings: Hosts that the operator adds, and whom publishers are told.
        clock: Cuts waits short where the process is to end; the machine's own unless given.
        limits: Of time, bytes and attempts; those of a sync unless given.
    """
    from headwater.sources.fetching.fetcher import GuardedFetcher  # noqa: PLC0415
    from headwater.sources.fetching.hosts import load_hosts  # noqa: PLC0415
    from headwater.sources.fetching.limits import DEFAULT_LIMITS  # noqa: PLC0415

    hosts, contact = load_hosts(settings.source_hosts), settings.source_contact
    return GuardedFetcher(hosts, contact=contact, clock=clock, limits=limits or DEFAULT_LIMITS)


def open_parts(settings: Settings, store: CorpusStore) -> Parts:
    """Open everything that a check against the corpus needs.

    Args:
        settings: The model and the limits.
        store: The corpus.

    Returns:
        The parts, opened.

    Raises:
        EmbeddingsError: If the model cannot be loaded.
    """
    from headwater.checking import FactChecker  # noqa: PLC0415
    from headwater.comparison.term_groups import load_terms  # noqa: PLC0415
    from headwater.corpus.remembering import RememberedPassages  # noqa: PLC0415
    from headwater.retrieval.retriever import HybridRetriever  # noqa: PLC0415
    from headwater_embeddings.batching import BatchingEncoder  # noqa: PLC0415
    from headwater_embeddings.cached import CachedEncoder  # noqa: PLC0415

    # Pasted texts come again and again; ingestion opens a plain encoder, whose texts are stored with their vectors.
    encoder, policy = CachedEncoder(BatchingEncoder(open_encoder(settings, store))), make_policy(settings)
    passages_of = RememberedPassages(store.passages_of, store.change)
    searcher = HybridRetriever(store, encoder.model_id, policy, passages_of=passages_of)
    checker = FactChecker(
        encoder,
        searcher,
        corpus_version=store.revision,
        scope_of=store.coverage.scope,
        passages_of=passages_of,
        versions_of=store.versions,
        series_of=store.find_series,
        policy=policy,
        terms=load_terms(settings.terms),
    )
    return Parts(store, encoder, checker, searcher)


def open_comparer(settings: Settings) -> FactChecker:
    """Open what compares two given texts; the corpus is not touched.

    Args:
        settings: What the command line and the environment chose.

    Returns:
        The checker; only its `compare` is of use.

    Raises:
        EmbeddingsError: If the model cannot be loaded.
    """
    import numpy as np  # noqa: PLC0415

    from headwater.checking import FactChecker  # noqa: PLC0415
    from headwater.comparison.term_groups import load_terms  # noqa: PLC0415
    from headwater.retrieval.memory import InMemoryRetriever  # noqa: PLC0415

    encoder = open_encoder(settings)
    nothing = InMemoryRetriever((), np.zeros((0, encoder.dimensions), dtype=np.float32))
    return FactChecker(encoder, nothing, policy=make_policy(settings), terms=load_terms(settings.terms))


def settle() -> None:
    """Take all that a service holds for good out of the collector's rounds, and have it make fewer.

    Tables, indexes and compiled patterns are some hundred thousand objects that no request frees, and each whole round
    went through all of them: a sixth of the processor time of a check, and most of its slowest ones.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def make_policy(settings: Settings) -> CheckPolicy:
    """Return the thresholds of judgement with the operator's limits and house style in them."""
    return CheckPolicy(max_characters=settings.max_text_characters, house_style=settings.house_style)
