"""Options and fixtures that all tests share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.frames import FRAMES, available, installed


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
