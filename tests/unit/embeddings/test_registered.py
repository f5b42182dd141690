from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from headwater_embeddings import listing, registered, registry
from headwater_embeddings.errors import UnknownModelError, UnusableModelError, WeightsTamperedError
from headwater_embeddings.registered import forget_model, read_registered, register_model
from tiny_model import make_tiny_model

pytestmark = pytest.mark.slow  # torch


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logging.getLogger("transformers").setLevel(logging.ERROR)
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return make_tiny_model(tmp_path / "own")


def test_a_folder_is_registered_and_opened_by_name(tiny: Path, tmp_path: Path) -> None:
    model = register_model(tiny, tmp_path)
    assert (model.name, model.dimensions, model.licence) == ("tiny", 32, "mit")
    assert "model.safetensors" in model.files
    assert read_registered(tmp_path) == {"tiny": model}
    encoder = registry.load_encoder("tiny", model_dir=tmp_path)
    assert encoder.model_id == model.model_id
    vectors = encoder.encode(["Ships sank.", "Rates rose.", ""])
    assert vectors.shape == (3, 32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] < 0.999


def test_threads_may_share_a_model_on_torch(tiny: Path, tmp_path: Path) -> None:
    register_model(tiny, tmp_path)
    encoder = registry.load_encoder("tiny", model_dir=tmp_path)
    texts = [[f"text {number}" * (1 + number % 5)] for number in range(60)]
    alone = [encoder.encode(one) for one in texts]
    with ThreadPoolExecutor(8) as pool:
        for mine, answer in zip(alone, pool.map(encoder.encode, texts), strict=True):
            np.testing.assert_allclose(answer, mine, atol=1e-5)


def test_the_list_shows_what_is_known_without_loading(tiny: Path, tmp_path: Path) -> None:
    register_model(tiny, tmp_path, name="house")
    by_name = {model.name: model for model in listing.list_models(tmp_path)}
    assert list(by_name) == ["minilm", "minilm-torch", "hashing", "house"]
    house = by_name["house"]
    assert (house.state, house.dimensions, house.licence, house.folder) == ("ready", 32, "mit", tiny)
    assert house.size > 10_000
    assert house.model_id == registry.load_encoder("house", model_dir=tmp_path).model_id
    assert (by_name["minilm"].state, by_name["minilm"].model_id) == ("not built", "")
    assert by_name["hashing"].model_id == registry.load_encoder("hashing").model_id
    torch_model = by_name["minilm-torch"]
    assert (torch_model.state, torch_model.dimensions, torch_model.licence) == ("ready", 384, "Apache-2.0")
    assert torch_model.size > 80e6
    assert torch_model.model_id.startswith("all-MiniLM-L6-v2/torch@")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (flip, WeightsTamperedError),
        (lambda path: path.write_bytes(path.read_bytes()[:20]), WeightsTamperedError),
        (Path.unlink, UnusableModelError),
    ],
)
def test_a_changed_or_missing_file_is_named_with_its_cure(
    copied: Path, tmp_path: Path, name: str, damage: Callable[[Path], None], error: type[Exception]
) -> None:
    register_model(copied, tmp_path)
    damage(copied / name)
    with pytest.raises(error) as raised:
        registry.load_encoder("own", model_dir=tmp_path)
    assert Path(name).name in str(raised.value)
    assert f"`headwater models add {copied}`" in str(raised.value)


def test_a_folder_that_is_gone_is_said_to_be(copied: Path, tmp_path: Path) -> None:
    register_model(copied, tmp_path)
    copied.rename(tmp_path / "elsewhere")
    assert [model.state for model in listing.list_models(tmp_path) if model.name == "own"] == ["missing"]
    with pytest.raises(UnusableModelError, match="headwater models add"):
        registry.load_encoder("own", model_dir=tmp_path)


def test_registering_again_takes_the_place(copied: Path, tmp_path: Path) -> None:
    first = register_model(copied, tmp_path)
    config = json.loads((copied / "config.json").read_text("utf-8"))
    (copied / "config.json").write_text(json.dumps({**config, "layer_norm_eps": 1e-6}), "utf-8")
    second = register_model(copied, tmp_path)
    assert first.model_id != second.model_id
    assert registry.load_encoder("own", model_dir=tmp_path).model_id == second.model_id


def test_a_model_is_forgotten_and_its_folder_stays(copied: Path, tmp_path: Path) -> None:
    register_model(copied, tmp_path)
    assert forget_model("own", tmp_path)
    assert not forget_model("own", tmp_path)
    assert copied.exists()
    with pytest.raises(UnknownModelError, match="headwater models add FOLDER"):
        registry.load_encoder("own", model_dir=tmp_path)


@pytest.mark.parametrize("name", ["../up", ".hidden", "a b", "x" * 65, "a/b"])
def test_a_name_that_is_none_is_refused(tiny: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableModelError, match="is no name"):
        register_model(tiny, tmp_path, name=name)


@pytest.mark.parametrize("name", ["minilm", "hashing"])
def test_a_name_of_the_house_is_refused(tiny: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableModelError, match="is taken"):
        register_model(tiny, tmp_path, name=name, reserved=[model.name for model in registry.known_models()])


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1, "models": {"a": {}}}', "\ufeff{", '{"format": 2}'])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / registered.LIST).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableModelError, match=r"registered\.json"):
        registry.load_encoder("anything", model_dir=tmp_path)


def test_a_model_that_says_the_same_of_everything_is_refused(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "flat")
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    save_file({name: tensor * 0 for name, tensor in weights.items()}, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(UnusableModelError, match=r"no vectors of sentences|the same vector"):
        register_model(folder, tmp_path)
    assert read_registered(tmp_path) == {}


@pytest.mark.parametrize(
    ("readme", "licence"),
    [
        ("---\nlicense: apache-2.0\n---\n", "apache-2.0"),
        ("---\ntags: []\nlicense: cc-by-nc-4.0\n---\n", "cc-by-nc-4.0"),
        ("# A model\n", "not stated"),
        (None, "not stated"),
    ],
)
def test_the_licence_is_what_the_readme_states(tmp_path: Path, readme: str | None, licence: str) -> None:
    if readme is not None:
        (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    assert registered.licence_of(tmp_path) == licence
