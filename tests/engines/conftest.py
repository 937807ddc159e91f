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
