"""The stub for type checkers is what the tables of arguments say today."""

from __future__ import annotations

import importlib.util

import pytest

from tests.typed import make_stub


@pytest.mark.skipif(importlib.util.find_spec("ruff") is None, reason="the formatter is a tool of development")
def test_the_stub_is_up_to_date() -> None:
    assert make_stub.PATH.read_text(encoding="utf-8") == make_stub.stub(), "run python -m tests.typed.make_stub"
