"""The only place that constructs things: settings in, the parts of the product out.

Imports stand inside the functions, so that a command loads no more than it uses: `--help` needs no model runtime.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.settings import Settings

if TYPE_CHECKING:
    from headwater.checking import FactChecker
    from headwater.corpus.store import CorpusStore
    from headwater_embeddings.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Parts:
    """What a check against the corpus needs."""

    store: CorpusStore
    encoder: Encoder
    checker: FactChecker


def open_store(settings: Settings) -> CorpusStore:
    """Open the corpus; a new file is made where there is none.

    Raises:
        CorpusUnavailableError: If the database cannot be opened.
    """
    from headwater.corpus.store import CorpusStore  # noqa: PLC0415

    return CorpusStore(settings.database)


def open_encoder(settings: Settings) -> Encoder:
    """Load the embedding model.

    Raises:
        EmbeddingsError: If it is unknown, not built, or damaged.
    """
    from headwater_embeddings.registry import load_encoder  # noqa: PLC0415

    return load_encoder(settings.model, model_dir=settings.model_dir)


def open_parts(settings: Settings) -> Parts:
    """Open everything that a check against the corpus needs.

    Raises:
        CorpusUnavailableError: If the database cannot be opened.
        EmbeddingsError: If the model cannot be loaded.
    """
    from headwater.checking import FactChecker  # noqa: PLC0415
    from headwater.domain.policy import CheckPolicy  # noqa: PLC0415
    from headwater.retrieval.retriever import HybridRetriever  # noqa: PLC0415

    store, encoder = open_store(settings), open_encoder(settings)
    policy = CheckPolicy(max_characters=settings.max_text_characters)
    searcher = HybridRetriever(store, encoder.model_id, policy)
    checker = FactChecker(encoder, searcher, corpus_version=store.revision, policy=policy)
    return Parts(store, encoder, checker)
