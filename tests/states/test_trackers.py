"""What trackers and files need: flat names, provenance, a report in one file."""

from __future__ import annotations

import json
import math
import pathlib
import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import polars as pl
import pytest

import tidymetrics as tm
from tests import data
from tests.frames import make

DF = data.classes()


def test_names_of_a_result() -> None:
    plain = tm.metric_set(tm.accuracy, tm.kap)(DF, "obs", "pred")
    assert list(tm.as_dict(plain)) == ["accuracy", "kap"]
    by = tm.accuracy(DF, "obs", "pred", by=["fold", "site"])
    assert list(tm.as_dict(by))[:2] == ["accuracy/f1/0", "accuracy/f1/1"]
    levels = tm.sens(DF, "obs", "pred", estimator="per_class")
    assert list(tm.as_dict(levels)) == ["sens/a", "sens/b", "sens/c"]
    assert list(tm.as_dict(levels, "{level}: {metric}")) == ["a: sens", "b: sens", "c: sens"]
    lower = tm.as_dict(tm.with_intervals(tm.accuracy)(DF, "obs", "pred"), values=".lower")
    assert lower["accuracy"] < tm.as_dict(tm.accuracy(DF, "obs", "pred"))["accuracy"]
    assert json.loads(json.dumps(tm.as_dict(by))) == tm.as_dict(by)


@pytest.mark.parametrize("library", ["lazy", "pandas", "pyarrow"])
def test_names_of_every_library(library: str) -> None:
    result = tm.accuracy(make(library, DF), "obs", "pred", by="fold")
    assert tm.as_dict(result) == tm.as_dict(tm.accuracy(DF, "obs", "pred", by="fold"))


def test_undefined_values_and_unsafe_names() -> None:
    result = pl.DataFrame({"g": ["a+b (x)", None], ".metric": "m", ".estimator": "binary", ".estimate": [1.0, None]})
    assert tm.as_dict(result) == {"m/a_b _x_": 1.0}
    assert tm.as_dict(result, safe=False) == {"m/a+b (x)": 1.0}
    assert math.isnan(tm.as_dict(result, undefined="nan")["m/null"])
    twice = pl.DataFrame({"g": ["a+b", "a-b"], "h": [1, 2], ".metric": "m", ".estimator": "x", ".estimate": [1.0, 2.0]})
    with pytest.raises(tm.OptionError, match=r"two rows would both be 'm'.*names='\{metric\}/\{g\}'"):
        tm.as_dict(twice, "{metric}")
    with pytest.raises(tm.ColumnNotFoundError, match="no column 'fold'"):
        tm.as_dict(result, "{fold}")
    with pytest.raises(tm.ColumnNotFoundError, match="no column '.lower'"):
        tm.as_dict(result, values=".lower")
    with pytest.raises(tm.OptionError, match="expected the result of a metric"):
        tm.as_dict(DF)


def test_provenance_is_the_same_for_any_parts() -> None:
    df = data.probabilities()
    made = tm.metric_set(tm.accuracy, tm.roc_auc)
    columns = {"probs": ["p_a", "p_b", "p_c"], "by": ["fold", "site"]}
    whole = tm.provenance(made.state(df, "obs", "pred", **columns))
    rng = np.random.default_rng(0)
    shard = rng.integers(0, 4, len(df))
    parts = [made.state(df.filter(pl.Series(shard == i)), "obs", "pred", **columns) for i in range(4)]
    again = tm.provenance(pl.concat(parts).sample(fraction=1, shuffle=True, seed=2))
    assert again == whole
    assert json.loads(json.dumps(whole)) == whole
    assert (whole["rows"], whole["labelled"], whole["groups"], whole["keys"]) == (240, 240, 12, ["fold", "site"])
    assert set(whole["statistics"]) == {"cells", "scores a", "scores b", "scores c"}
    other = df.with_columns(pred=pl.lit("a", dtype=df.schema["pred"]))
    assert tm.provenance(made.state(other, "obs", "pred", **columns))["fingerprint"] != whole["fingerprint"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_needs_nothing_else(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("altair")
    result = tm.accuracy(DF, "obs", "pred", by="fold")
    sections = {
        "Text & <b>": "a < b",
        "Results": [result, tm.conf_mat(DF, "obs", "pred"), {"a": 1}],
        "Undefined": pl.DataFrame({"<i>": ["x", None], ".estimate": [None, 1 / 3]}),
        "A chart": tm.autoplot(result),
    }
    for name in ("one.html", "two.html"):
        tm.write_report(tmp_path / name, sections, title="Model <1>")
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert (tmp_path / "two.html").read_bytes() == (tmp_path / "one.html").read_bytes()
    tags = _Tags()
    tags.feed(text)
    assert not tags.open
    assert "script" not in tags.tags
    assert "svg" in tags.tags
    named = [name for name, _ in tags.attributes]
    assert not {"src", "href", "xlink:href"} & set(named)
    assert not re.search(r"url\(\s*['\"]?(?!#)", text)
    assert "Text &amp; &lt;b&gt;" in text
    assert f'title="{1 / 3!r}">0.3333</td>' in text
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["one.html", "two.html"]
    with pytest.raises(tm.OptionError, match="a dict, or a list of these; got int"):
        tm.write_report(tmp_path / "three.html", {"a": 3})
    assert not (tmp_path / "three.html").exists()
