# The examples in the docstrings are the specification: each is run.
import doctest
import importlib

import pytest

MODULES = {
    "binding": 0,
    "closeness": 1,
    "contexts": 1,
    "derivations": 0,
    "differences": 1,
    "figure_rules": 1,
    "figures": 1,
    "measures": 1,
    "phrasing": 1,
    "vocabulary": 1,
}


@pytest.mark.parametrize(("module", "least"), MODULES.items(), ids=MODULES)
def test_docstring_examples_hold(module: str, least: int) -> None:
    result = doctest.testmod(importlib.import_module(f"headwater.comparison.{module}"))
    assert result.failed == 0
    assert result.attempted >= least
