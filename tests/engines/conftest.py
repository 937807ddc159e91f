"""The engines as a parameter of tests."""

from __future__ import annotations

import pytest

from tests.engines.build import LOCAL, SPARK, why_not


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" not in metafunc.fixturenames:
        return
    engines = []
    for engine in [*LOCAL, *SPARK]:
        absent = why_not(engine)
        marks = [pytest.mark.skipif(bool(absent), reason=f"{engine}: {absent}")]
        marks += [pytest.mark.spark] if engine in SPARK else []
        engines.append(pytest.param(engine, marks=marks))
    metafunc.parametrize("engine", engines)


_EVERY = 7
"""Which part of the reference cases Connect answers: it runs the same plans as classic Spark, which answers all."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave Connect a sample of the reference cases."""
    of_connect = [
        item for item in items if item.path.name == "test_reference.py" and item.callspec.params.get("engine") == "connect"
    ]
    left_out = {item.nodeid for i, item in enumerate(of_connect) if i % _EVERY}
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
        items[:] = [item for item in items if item.nodeid not in left_out]
