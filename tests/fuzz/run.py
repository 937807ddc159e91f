"""Score a case in every way, and tell what disagrees."""

from __future__ import annotations

import warnings
from math import isclose, isnan
from typing import Any

import polars as pl

import tidymetrics as tm
from tests.frames import FRAMES, installed, make, rows
from tests.fuzz import oracles
from tests.fuzz.cases import Case, draw

CHOSEN = {
    "classes": ["accuracy", "kap", "sens", "precision"],
    "probabilities": ["roc_auc", "brier_class", "mn_log_loss", "expected_calibration_error", "spiegelhalter_z"],
    "clusters": ["rand_index", "purity", "cluster_accuracy"],
    "rankings": ["mrr", "r_precision", "map_at_k", "ndcg"],
    "numbers": ["mae", "mse", "msd", "rmse", "rsq_trad"],
}
Values = dict[tuple[Any, str], "float | None"]


def check(seed: int) -> list[str]:
    """Give what disagrees in the case of a seed."""
    case = draw(seed)
    names = CHOSEN[case.kind]
    if len(case.levels) > 2 and case.kind != "clusters":
        names = [name for name in names if name in {"accuracy", "kap", "brier_class", "mn_log_loss"}]
    expected = _expected(case, names)
    wrong = []
    for how, data in _ways(case):
        try:
            found = _scored(case, names, data, how)
        except Exception as problem:  # noqa: BLE001  # whatever it is, it is told
            wrong.append(f"{seed} {case.kind} {how}: {type(problem).__name__}: {str(problem)[:300]}")
            continue
        wrong += [f"{seed} {case.kind} {how}: {line}" for line in _differences(expected, found)]
    return wrong + [f"{seed} {case.kind} intervals: {line}" for line in _beside_intervals(case, names)]


def _beside_intervals(case: Case, names: list[str]) -> list[str]:
    """Tell which estimates change where they come with intervals."""
    if case.kind not in {"classes", "numbers", "probabilities"}:
        return []
    one = [name for name in names if name != "expected_calibration_error"]
    plain, beside = (_scored(case, one, case.df, "polars", intervals=how) for how in (False, True))
    return _differences(plain, beside)


def _ways(case: Case) -> Any:
    for frame in FRAMES:
        if installed(frame):
            yield frame, make(frame, case.df)
    yield "streaming", pl.concat([case.df.lazy()] * 2).head(len(case.df))
    if installed("duckdb") and _fits_sql(case):
        import duckdb

        plain = case.df.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
        yield "duckdb", duckdb.connect().from_arrow(plain.to_arrow())
    if not case.grouped and case.kind != "rankings":
        yield "vectors", None


def _fits_sql(case: Case) -> bool:
    names = [name.lower() for name in case.df.columns]
    return len(set(names)) == len(names)


def _scored(case: Case, names: list[str], data: Any, how: str, *, intervals: bool = False) -> Values:
    chosen: Any = tm.metric_set(*(getattr(tm, name) for name in names))
    chosen = tm.with_intervals(chosen) if intervals else chosen
    arguments: dict[str, Any] = {"query": case.names["q"]} if case.kind == "rankings" else {}
    if case.kind in {"classes", "probabilities"}:
        arguments["levels"] = case.levels
        if len(case.levels) == 2:
            arguments["event"] = case.event
    called = case.names
    given: Any = (
        [f"p{i}" for i in range(len(case.levels))]
        if case.kind == "probabilities"
        else ("x" if case.kind in {"numbers", "rankings"} else "pred")
    )
    truth = "y" if case.kind in {"numbers", "rankings"} else "obs"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if data is None:
            column = lambda name: case.df[called[name]]
            weights = {"case_weights": column("w")} if case.weighted else {}
            predicted = [column(p) for p in given] if isinstance(given, list) else column(given)
            made = {n: getattr(tm, f"{n}_vec")(column(truth), predicted, **arguments, **weights) for n in names}
            return {(None, n): None if isnan(v) else v for n, v in made.items()}
        weights = {"case_weights": called["w"]} if case.weighted else {}
        by = {"by": called["k"]} if case.grouped else {}
        of = [called[p] for p in given] if isinstance(given, list) else called[given]
        found = rows(chosen(data, called[truth], of, **arguments, **weights, **by))
    keys = [_key(k) for k in found[called["k"]]] if case.grouped else [None] * len(found[".metric"])
    return dict(zip(zip(keys, found[".metric"], strict=True), found[".estimate"], strict=True))


def _key(key: Any) -> Any:
    return key + 0.0 if isinstance(key, (int, float)) else key


def _expected(case: Case, names: list[str]) -> Values:
    groups: dict[Any, list[dict[str, Any]]] = {} if case.grouped else {None: []}
    for row in case.rows:
        groups.setdefault(_key(row["k"]) if case.grouped else None, []).append(row)
    answers: Values = {}
    for key, members in groups.items():
        complete = [row for row in members if all(value is not None for name, value in row.items() if name != "k")]
        for name in names:
            of = complete
            if name == "roc_auc":  # others read every column that they are given
                own = f"p{case.levels.index(case.event)}"
                of = [r for r in members if all(r.get(c, 1) is not None for c in ("obs", own, "w"))]
            answers[key, name] = getattr(oracles, name)(of, case.levels, case.event)
    return answers


def _differences(expected: Values, found: Values) -> list[str]:
    if set(expected) != set(found):
        return [f"groups {sorted(map(str, set(expected) ^ set(found)))[:3]} differ"]
    return [
        f"{name} of group {key!r} is {found[key, name]}, not {want}"
        for (key, name), want in expected.items()
        if not _same(want, found[key, name])
    ]


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
