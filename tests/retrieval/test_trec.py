"""Trec files."""

from __future__ import annotations

import gzip

import polars as pl
import pytest

from tidymetrics.errors import RankingError
from tidymetrics.statistics.trec import read_trec


def test_qrels(tmp_path):
    path = tmp_path / "qrels.txt"
    path.write_text("1 0 d1 2\n\n1\t0\td2   -1\r\n02 0 é 0\n", encoding="utf-8")
    expected = pl.DataFrame({"query": ["1", "1", "02"], "doc": ["d1", "d2", "é"], "rel": [2, -1, 0]})
    assert read_trec(path).equals(expected)


@pytest.mark.parametrize("packed", [False, True])
def test_run(tmp_path, packed):
    path = tmp_path / "run"
    text = b"1 Q0 d1 1 12.5 bm25\n1 Q0 d2 2 1e-3 bm25\n"
    path.write_bytes(gzip.compress(text) if packed else text)
    assert read_trec(str(path)).to_dict(as_series=False) == {
        "query": ["1", "1"],
        "doc": ["d1", "d2"],
        "rank": [1, 2],
        "score": [12.5, 0.001],
        "system": ["bm25", "bm25"],
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no lines"),
        ("1 0 d1\n", "line 1 has 3 fields"),
        ("1 0 d1 1\n\n1 Q0 d1 1 2.0 x\n", "line 3 has 6 fields; expected 4"),
        ("1 0 d1 1\n1 0 d2 yes\n", "line 2: expected a number as rel; got 'yes'"),
        ("1 Q0 d1 first 2.0 x\n", "line 1: expected a whole number as rank"),
    ],
)
def test_other_lines_are_refused_by_number(tmp_path, text, says):
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RankingError, match=says):
        read_trec(path)


def test_relevance_that_is_no_whole_number(tmp_path):
    path = tmp_path / "qrels"
    path.write_text("1 0 d1 0.5\n", encoding="utf-8")
    assert read_trec(path)["rel"].to_list() == [0.5]
