"""Weights that are missing, cut short or changed: each command and the service name the file and the cure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.api.app import create_service
from headwater.cli.main import main
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings, setting_name
from headwater_embeddings import listing, packaged, registry
from headwater_embeddings.errors import EmbeddingsError, UnusableModelError, WeightsTamperedError
from headwater_embeddings.registry import default_model_dir, is_built

BUILD = "run `headwater models build`"


def flip(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def exchange(path: Path) -> None:
    path.write_bytes(b"other weights")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    if not is_built("minilm"):
        pytest.skip("the fast encoder is not built here")
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    shutil.copytree(default_model_dir() / "minilm", tmp_path / "models" / "minilm")
    settings = Settings(database=tmp_path / "corpus.sqlite3", model_dir=tmp_path / "models")
    monkeypatch.setenv("HEADWATER_DATABASE", str(settings.database))
    monkeypatch.setenv("HEADWATER_MODEL_DIR", str(settings.model_dir))
    with CorpusStore(settings.database) as store:
        store.add_documents([make_record()])
    return settings


@pytest.mark.model
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
@pytest.mark.parametrize("damage", [Path.unlink, flip, cut, exchange])
def test_built_weights(
    settings: Settings, name: str, damage: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    if (name, damage) == ("manifest.json", flip):
        pytest.skip("a digit changed in it is the next test's")
    folder = (settings.model_dir or Path()) / "minilm"
    damage(folder / name)
    for command in (["match", "Ships sank."], ["embed"], ["reindex"]):
        with pytest.raises(SystemExit) as left:
            main(command)
        said = capfd.readouterr().err
        assert left.value.code == 3
        assert BUILD in said
        assert name in said or damage is Path.unlink
    with pytest.raises(EmbeddingsError, match=BUILD):
        create_service(settings)
    (state,) = [model.state for model in listing.list_models(settings.model_dir) if model.name == "minilm"]
    assert state == {"manifest.json": "not built" if damage is Path.unlink else "damaged"}.get(
        name, "damaged" if damage is Path.unlink else "ready"
    )


@pytest.mark.model
def test_a_manifest_with_another_hash_names_the_file(settings: Settings) -> None:
    path = (settings.model_dir or Path()) / "minilm" / "manifest.json"
    text = path.read_text("utf-8")
    start = text.index('"model.onnx": "') + len('"model.onnx": "')
    path.write_text(text[:start] + ("0" if text[start] != "0" else "1") + text[start + 1 :], "utf-8")
    with pytest.raises(WeightsTamperedError, match=r"model\.onnx is not the file it has to be.*models build"):
        create_service(settings)


@pytest.mark.parametrize(("damage", "error"), [(flip, WeightsTamperedError), (Path.unlink, UnusableModelError)])
def test_packaged_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None], error: type[Exception]
) -> None:
    folder = tmp_path / "packaged"
    folder.mkdir()
    for name in packaged.read_packaged_model().sha256:
        shutil.copy(packaged.packaged_folder() / name, folder / name)
    damage(folder / "model.safetensors")
    monkeypatch.setattr(packaged, "packaged_folder", lambda: folder)
    with pytest.raises(error, match=r"model\.safetensors.*pip install --force-reinstall"):
        registry.load_encoder("minilm-torch")
