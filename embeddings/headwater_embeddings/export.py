"""From a torch model to a graph: export, fuse, quantise. The one module that deals with the exporters' chatter."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from headwater_embeddings.errors import UnusableModelError
from headwater_embeddings.packaged import PackagedModel
from headwater_embeddings.transformer import load_sentence_transformer

OPSET = 17  # the first with LayerNormalization; every onnxruntime since 1.13 reads it
PRECISIONS = ("int8", "int8-reduced", "fp32")  # from the fastest to the safest
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export_fused(source: Path, model: PackagedModel, destination: Path) -> None:
    """Export a BERT-shaped model and fuse its graph: one node for each attention, normalisation and embedding.

    Args:
        source: Folder of the sentence-transformers model.
        model: Its shape.
        destination: File to write.

    Raises:
        UnusableModelError: If the model cannot be loaded, or the graph does not fuse as it should.
    """
    from onnxruntime.transformers import optimizer  # noqa: PLC0415

    plain = destination.with_name("plain.onnx")
    with _quiet():
        _export_plain(source, plain)
        fused = optimizer.optimize_model(
            str(plain), model_type="bert", num_heads=model.heads, hidden_size=model.dimensions, opt_level=0
        )
    plain.unlink()
    counts = fused.get_fused_operator_statistics()
    wanted = {
        "EmbedLayerNormalization": 1,
        "Attention": model.layers,
        "SkipLayerNormalization": 2 * model.layers,
    }
    found = {name: counts.get(name, 0) for name in wanted}
    if found != wanted:
        raise UnusableModelError(source, f"its graph does not fuse: {found} instead of {wanted}")
    fused.save_model_to_file(str(destination))


def quantise(fused: Path, precision: str, destination: Path) -> None:
    """Write the graph in another precision.

    Args:
        fused: The fused graph.
        precision: One of `PRECISIONS`; "int8-reduced" keeps weights to 7 bits, for processors whose sums overflow.
        destination: File to write.

    Raises:
        ValueError: If there is no such precision.
    """
    import onnx  # noqa: PLC0415
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata  # noqa: PLC0415

    if precision not in PRECISIONS:
        raise ValueError(f"no precision {precision!r}: {', '.join(PRECISIONS)}")
    if precision == "fp32":
        destination.write_bytes(fused.read_bytes())
        return
    graph = onnx.load(str(fused))
    add_pre_process_metadata(graph)  # it has been fused: the advice to do so first would be idle
    with _quiet():
        quantize_dynamic(
            graph,
            str(destination),
            per_channel=True,
            reduce_range=precision == "int8-reduced",
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # the fused nodes carry no types of their own
        )


def _export_plain(source: Path, destination: Path) -> None:
    import torch  # noqa: PLC0415

    transformer: Any = load_sentence_transformer(source)[0].auto_model.eval()
    transformer.set_attn_implementation("eager")  # the pattern that the fusion knows

    class LastHiddenState(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer  # a part of the module, so that its weights are exported with it

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            given = dict(zip(INPUTS, (input_ids, attention_mask, token_type_ids), strict=True))
            return self.transformer(**given).last_hidden_state

    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2023, 102, 0]])  # two texts, one padded
    torch.onnx.export(
        LastHiddenState(),
        (ids, (ids != 0).long(), torch.zeros_like(ids)),
        str(destination),
        dynamo=False,  # the newer exporter needs another package, and its graph does not fuse
        opset_version=OPSET,
        input_names=list(INPUTS),
        output_names=["hidden"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*INPUTS, "hidden")},
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep warnings about deprecations inside the exporters, and their log lines, from the user."""
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
