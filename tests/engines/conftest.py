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


_EVERY = {"connect": 7, "sqlframe": 3}
"""Which part of the reference cases an engine answers, where it hands its plans to one that answers all: Spark, DuckDB."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave some engines a sample of the reference cases."""
    left_out = set()
    for engine, every in _EVERY.items():
        own = [i for i in items if i.path.name == "test_reference.py" and i.callspec.params.get("engine") == engine]
        left_out |= {item.nodeid for place, item in enumerate(own) if place % every}
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
        items[:] = [item for item in items if item.nodeid not in left_out]
