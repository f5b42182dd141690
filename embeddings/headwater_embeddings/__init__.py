"""Text to vectors, and vectors to neighbours; knows nothing of claims."""

from headwater_embeddings.batching import BatchingEncoder
from headwater_embeddings.cached import CachedEncoder
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.errors import EmbeddingsError
from headwater_embeddings.index import FlatIndex, VectorIndex
from headwater_embeddings.registry import load_encoder

__all__ = ["BatchingEncoder", "CachedEncoder", "EmbeddingsError", "Encoder", "FlatIndex", "VectorIndex", "load_encoder"]
