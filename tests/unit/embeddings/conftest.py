"""The built encoder, opened once for all tests of the room; built into a temporary folder where it is not built yet."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from headwater_embeddings.registry import default_model_dir, is_built

TEXTS = tomllib.loads((Path(__file__).parent / "agreement_texts.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def built_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if is_built("minilm"):
        return default_model_dir() / "minilm"
    from headwater_embeddings.build import build_fast_encoder

    return build_fast_encoder(tmp_path_factory.mktemp("models") / "minilm", progress=lambda _: None)


@pytest.fixture(scope="session")
def official_texts() -> list[str]:
    return list(TEXTS["official"])


@pytest.fixture(scope="session")
def odd_texts() -> list[str]:
    return list(TEXTS["odd"])
