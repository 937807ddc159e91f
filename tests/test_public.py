"""The public face: names, signatures, help, docstring examples, pickling, example data."""

from __future__ import annotations

import copy
import doctest
import importlib
import inspect
import pathlib
import pickle
import pkgutil
import pydoc

import polars as pl
import pytest

import tidymetrics as tm
from tests.frames import installed
from tidymetrics.core.metric import METRICS

CLASSES = ["by", "estimator", "na_rm", "case_weights", "event_level", "event", "levels"]
NUMBERS = ["by", "na_rm", "case_weights"]
TIMED = ["eval_time", "censoring_weights", *NUMBERS]
COMMON = {
    "prob": CLASSES,
    "ordered_prob": CLASSES,
    "class": CLASSES,
    "numeric": NUMBERS,
    "quantile": ["quantile_levels", *NUMBERS],
    "clustering": [*NUMBERS, "noise", "noise_label"],
    "clustering_internal": ["by", "na_rm", "noise", "noise_label"],
    "dynamic_survival": TIMED,
    "integrated_survival": TIMED,
    "static_survival": NUMBERS,
    "linear_pred_survival": NUMBERS,
    "retrieval": ["query", "by", "k", "doc", "qrels", "order", "relevant", "no_relevant", "missing", "case_weights"],
    "box": ["box_format", *NUMBERS],
    "ensemble": NUMBERS,
    "ensemble_of_vectors": NUMBERS,
    "distribution": NUMBERS,
    "detection": [
        *["by", "image", "label", "box", "box_format", "area", "iscrowd", "ignore", "images", "levels", "estimator"],
    ],
    "panoptic": ["image", "by", "iscrowd", "case_weights", "levels", "estimator"],
}
NO_K = {"r_precision", "bpref"}
NOT_IN_VECTORS = {"by", "qrels"}
WITHOUT_VECTORS = {"detection", "panoptic"}
"""Kinds whose metrics take whole frames of boxes or pixels."""
BUILT_IN = [name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics.families")]
MODULES = [m.name for m in pkgutil.walk_packages(tm.__path__, "tidymetrics.") if not m.name.endswith("__main__")]


def test_exported_names_exist() -> None:
    assert sorted(tm.__all__) == tm.__all__
    assert len(set(tm.__all__)) == len(tm.__all__)
    for name in tm.__all__:
        assert getattr(tm, name) is not None
    for name in BUILT_IN:
        assert name in tm.__all__
        assert (f"{name}_vec" in tm.__all__) == (METRICS[name].metric.kind not in WITHOUT_VECTORS)


def test_dir_shows_what_users_call() -> None:
    assert dir(tm) == sorted(tm.__all__)


def test_the_text_over_a_vector_form_is_its_own() -> None:
    stub = pathlib.Path(tm.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    shown = stub.split("\naccuracy_vec: ")[1].split('"""')[1]
    assert shown.startswith("accuracy_vec(truth, estimate, *, estimator=None, na_rm=True, case_weights=None")
    assert "-> float" in shown
    assert "the share of correct predictions" in shown


@pytest.mark.parametrize("name", BUILT_IN)
def test_looks_like_a_function(name: str) -> None:
    function, vector = getattr(tm, name), getattr(tm, f"{name}_vec", None)
    kind, options = function.metric.kind, list(function.metric.options)
    parameters = inspect.signature(function).parameters
    common = [n for n in COMMON[kind] if n != "k" or name not in NO_K]
    columns = ["estimate", "features"] if kind == "clustering_internal" else ["truth", "estimate"]
    assert list(parameters) == ["data", *columns, *common, *options]
    assert all(p.kind is p.KEYWORD_ONLY for p in list(parameters.values())[3:])
    forms = [(function, name)]
    if vector is not None:
        in_vectors = [n for n in common if n not in NOT_IN_VECTORS]
        assert list(inspect.signature(vector).parameters) == [*columns, *in_vectors, *options]
        forms.append((vector, f"{name}_vec"))
    for f, called in forms:
        assert f.__name__ == f.__qualname__ == called
        assert f.__module__.startswith("tidymetrics.families.")
        assert pydoc.render_doc(f, renderer=pydoc.plaintext).splitlines()[2].startswith(f"{called}(")
        assert pickle.loads(pickle.dumps(f)) is f
        assert copy.deepcopy(f) is f


def test_repr_says_it_in_one_line() -> None:
    assert repr(tm.accuracy) == "<accuracy: a class metric, maximize, range [0, 1]; estimators binary, multiclass>"
    assert repr(tm.roc_dist).startswith("<roc_dist: a class metric, minimize, range [0, 1.414]; estimators binary, macro")
    assert repr(tm.mpe) == "<mpe: a numeric metric, zero, range [-inf, inf]; estimators standard>"
    assert repr(tm.rmse_vec) == "<rmse_vec, on vectors: rmse: a numeric metric, minimize, range [0, inf]; estimators standard>"
    assert repr(tm.f_meas.tweak(beta=2)).endswith("; with beta=2>")


def test_metadata_is_frozen() -> None:
    record = tm.accuracy.metric
    assert (record.name, record.kind, record.direction, record.range) == ("accuracy", "class", "maximize", (0, 1))
    assert record.estimators == ("binary", "multiclass")
    with pytest.raises(AttributeError):
        record.name = "other"


def test_tweaked_metrics_pickle() -> None:
    again = pickle.loads(pickle.dumps(tm.metric_tweak("f2", tm.f_meas, beta=2)))
    assert repr(again) == repr(tm.metric_tweak("f2", tm.f_meas, beta=2))


@pytest.mark.parametrize("module", MODULES)
def test_docstring_examples(module: str) -> None:
    found = importlib.import_module(module)
    registered = dict(METRICS)
    try:
        result = doctest.testmod(found, verbose=False)
    finally:
        METRICS.clear()
        METRICS.update(registered)
    assert result.failed == 0


def test_examples_are_found_where_metrics_are() -> None:
    import tidymetrics.families.classes.overall as module

    tests = [t for t in doctest.DocTestFinder().find(module) if t.examples]
    assert {t.name.rsplit(".", 1)[1] for t in tests} == {"accuracy", "accuracy_vec", "kap", "kap_vec", "mcc", "mcc_vec"}


@pytest.mark.parametrize("load", [tm.datasets.load_digits_cv, tm.datasets.load_breast_cancer_cv, tm.datasets.load_diabetes_cv])
def test_example_data(load: object) -> None:
    df = load()  # type: ignore[operator]
    assert isinstance(df, pl.DataFrame)
    assert df["Resample"].n_unique() == 10
    probs = df.select(pl.col("^\\.pred_.*$"))
    if probs.width:
        assert (probs.sum_horizontal() - 1).abs().max() < 1e-5
        assert df["obs"].dtype.categories.len() == probs.width
        assert tm.accuracy(df, "obs", "pred")[".estimate"].item() > 0.9
    else:
        assert 40 < tm.rmse(df, "obs", "pred")[".estimate"].item() < 70
    for backend in ("pandas", "pyarrow"):
        if installed(backend) and installed("pyarrow"):
            other = load(backend=backend)  # type: ignore[operator]
            assert type(other).__module__.startswith(backend)
            assert len(other) == len(df)
    with pytest.raises(tm.OptionError, match='backend: expected "polars", "pandas" or "pyarrow"; got \'arrow\''):
        load("arrow")  # type: ignore[operator]


def test_example_survival_data() -> None:
    df = tm.datasets.load_survival_cv()
    assert df.group_by("row").len()["len"].unique().to_list() == [4]
    assert len(df) == 4 * 686
    pair, at = ("time", "event"), {"eval_time": ".eval_time", "censoring_weights": ".weight_censored"}
    by_fold = tm.roc_auc_survival(df, pair, ".pred_survival", by="Resample", **at)
    assert len(by_fold) == 40
    assert 0.65 < by_fold[".estimate"].mean() < 0.85
    if installed("pandas") and installed("pyarrow"):
        assert len(tm.datasets.load_survival_cv("pandas")) == len(df)


def test_example_data_are_small_and_by_name() -> None:
    assert sum(tm.datasets.path(name).stat().st_size for name in tm.datasets.NAMES) < 400_000
    with pytest.raises(tm.OptionError, match="digits_cv"):
        tm.datasets.path("digits")
