"""Kernels of clustering metrics against the reference cases, scikit-learn, plain loops and what is known by hand."""

from __future__ import annotations

import itertools
import json
import math
import pathlib
import tracemalloc
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as peer

from tidymetrics.errors import OptionError
from tidymetrics.statistics import agreement as external
from tidymetrics.statistics import features as internal
from tidymetrics.statistics import silhouettes
from tidymetrics.statistics.agreement import PairCounts
from tidymetrics.statistics.assignment import assign
from tidymetrics.statistics.contingency import Contingency
from tidymetrics.statistics.features import Clusters, ClusterSums, mean_distances, with_singletons

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "clustering.json").read_text(encoding="utf-8"))
EXTERNAL = {
    name: getattr(external, name)
    for name in [
        "rand_index",
        "adjusted_rand_index",
        "fowlkes_mallows",
        "mutual_info",
        "homogeneity",
        "completeness",
        "v_measure",
        "normalized_mutual_info",
        "adjusted_mutual_info",
        "purity",
        "cluster_accuracy",
        "noise_rate",
    ]
}
SUMS = {
    name: getattr(internal, name)
    for name in ["sse_within_total", "sse_between", "sse_total", "sse_ratio", "calinski_harabasz", "davies_bouldin"]
}
ROWS = {"dunn": silhouettes.dunn, "silhouette_avg": lambda *a, **o: silhouettes.silhouette_averages(*a, **o).value}


def answerable(case: dict) -> bool:
    """Tell whether arrays alone answer a case: one metric, data that stand in the file, no error of the call."""
    known = isinstance(case["fn"], str) and case["fn"] in {
        *EXTERNAL,
        *SUMS,
        *ROWS,
        "silhouette",
        "sse_within",
        "pair_confusion",
    }
    inline = case["data"] is not None and "columns" in REFERENCE["data"][case["data"]]
    return known and inline and "columns" in case["expected"] and case["args"].get("na_rm", True)


CASES = [case for case in REFERENCE["cases"] if answerable(case)]


def codes(values: list) -> tuple[np.ndarray, list]:
    levels = sorted({v for v in values if v is not None})
    return np.array([levels.index(v) if v is not None else -1 for v in values], dtype=np.int64), levels


def columns(case: dict) -> dict:
    """Bring the columns of a case to arrays, complete rows alone."""
    table, args = REFERENCE["data"][case["data"]]["columns"], case["args"]
    made = {role: codes(table[args[role]]) for role in ("truth", "estimate", "by") if role in args}
    kept = np.logical_and.reduce([found >= 0 for found, _ in made.values()])
    features = np.array([table[name] for name in args.get("features", [])], dtype=float).T
    if features.size:
        kept &= ~np.isnan(features).any(axis=1)
    found = {role: code[kept] for role, (code, _) in made.items()}
    group, levels = (found["by"], made["by"][1]) if "by" in made else (np.zeros(kept.sum(), dtype=np.int64), [None])
    labels = made["estimate"][1]
    noise = args.get("noise_label", -1)
    weight = np.array(table[args["case_weights"]], dtype=float)[kept] if "case_weights" in args else None
    return {
        "group": group,
        "n_groups": len(levels),
        "features": features[kept] if features.size else None,
        "weight": weight,
        "labels": labels,
        "noise": labels.index(noise) if noise in labels else None,
        **found,
    }


def answer(case: dict) -> dict[str, list]:
    """Compute a case with kernels alone."""
    c, args, name = columns(case), case["args"], case["fn"]
    options = {k: args[k] for k in ("average_method", "beta", "distance", "sample", "seed") if k in args}
    if name in EXTERNAL or name == "pair_confusion":
        how = {"noise_code": c["noise"], "noise": args.get("noise", "cluster")}
        cells = Contingency.of_cells(c["group"], c["truth"], c["estimate"], c["weight"], n_groups=c["n_groups"], **how)
        if name == "pair_confusion":
            return {".n": list(PairCounts.of(cells).table()[0])}
        return {".estimate": list(EXTERNAL[name](cells, **options))}
    x, group, estimate = c["features"], c["group"], c["estimate"]
    if args.get("noise") == "drop":
        kept = estimate != c["noise"]
        x, group, estimate = x[kept], group[kept], estimate[kept]
    elif args.get("noise") == "singletons":
        estimate = with_singletons(estimate, estimate == c["noise"])
    clusters = Clusters.of(group, estimate, c["n_groups"])
    if name in ROWS:
        return {".estimate": list(ROWS[name](x, clusters, **options))}
    names = [c["labels"][code] for code in clusters.code] if args.get("noise") != "singletons" else []
    if name == "silhouette":
        found = silhouettes.row_silhouettes(x, clusters, **options)
        cluster, neighbor = ([names[i] for i in at] for at in (clusters.of_row, found.neighbor))
        return {".cluster": cluster, ".neighbor": neighbor, ".sil_width": list(found.width)}
    return answer_of_sums(case, x, clusters, names)


def answer_of_sums(case: dict, x: np.ndarray, clusters: Clusters, names: list) -> dict[str, list]:
    name, args = case["fn"], case["args"]
    sums = ClusterSums.of_rows(x, clusters)
    if name == "sse_within":
        return {".cluster": names, ".n": list(sums.n), ".wss": list(sums.within)}
    if name == "davies_bouldin" and args.get("q", 1) == 1:
        return {".estimate": list(internal.davies_bouldin(sums, mean_distances(x, clusters, sums)))}
    return {".estimate": list(SUMS[name](sums))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['fn']}")
def test_reference(case: dict) -> None:
    found, compared = answer(case), 0
    for column, expected in case["expected"]["columns"].items():
        if column not in found:
            continue
        compared += 1
        assert len(found[column]) == len(expected)
        for value, wanted in zip(found[column], expected, strict=True):
            if wanted is None:
                assert np.isnan(value)
            elif isinstance(value, str):
                assert value == wanted
            else:
                assert value == pytest.approx(float(wanted), abs=case["tol"] * max(1, abs(float(wanted))))
    assert compared


def cells_of(truth: np.ndarray, estimate: np.ndarray, **options: object) -> Contingency:
    return Contingency.of_cells(np.zeros(len(truth), dtype=np.int64), truth, estimate, n_groups=1, **options)


PEERS = {
    "rand_index": peer.rand_score,
    "adjusted_rand_index": peer.adjusted_rand_score,
    "mutual_info": peer.mutual_info_score,
    "normalized_mutual_info": peer.normalized_mutual_info_score,
    "adjusted_mutual_info": peer.adjusted_mutual_info_score,
    "homogeneity": peer.homogeneity_score,
    "completeness": peer.completeness_score,
    "v_measure": peer.v_measure_score,
}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), min_size=2, max_size=60))
def test_external_metrics_are_those_of_the_peer(rows: list[tuple[int, int]]) -> None:
    truth, estimate = np.array(rows).T
    cells = cells_of(truth, estimate)
    for name, fn in PEERS.items():
        assert EXTERNAL[name](cells)[0] == pytest.approx(fn(truth, estimate), abs=1e-11), name
    pairs = list(itertools.combinations(rows, 2))
    loop = [sum((a[0] == b[0]) is t and (a[1] == b[1]) is e for a, b in pairs) for t in (True, False) for e in (True, False)]
    assert PairCounts.of(cells).table()[0].tolist() == loop
    best = max(
        sum(((truth == i) & (estimate == j)).sum() for i, j in enumerate(order)) for order in itertools.permutations(range(6))
    )
    assert external.cluster_accuracy(cells)[0] == pytest.approx(best / len(rows))
    assert external.purity(cells)[0] * len(rows) == pytest.approx(
        sum(np.bincount(truth[estimate == j]).max() for j in set(estimate))
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_singletons_in_closed_form_are_clusters_of_their_own(rows: list[tuple[int, int]]) -> None:
    truth, estimate = np.array(rows).T
    closed = cells_of(truth, estimate, noise_code=0, noise="singletons")
    laid_out = cells_of(truth, with_singletons(estimate, estimate == 0))
    for name, fn in EXTERNAL.items():
        if name != "noise_rate":
            np.testing.assert_allclose(fn(closed), fn(laid_out), atol=1e-12, err_msg=name)
    dropped = cells_of(truth, estimate, noise_code=0, noise="drop")
    without = cells_of(truth[estimate != 0], estimate[estimate != 0])
    for name, fn in EXTERNAL.items():
        if name != "noise_rate":
            np.testing.assert_allclose(fn(dropped), fn(without), atol=1e-12, err_msg=name)
    assert external.noise_rate(dropped)[0] == np.mean(estimate == 0)


def test_groups_are_those_alone_and_weights_are_rows() -> None:
    random = np.random.default_rng(1)
    group, truth, estimate = random.integers(0, 40, 3000), random.integers(0, 4, 3000), random.integers(0, 6, 3000)
    count = random.integers(0, 4, 3000)
    weighted = Contingency.of_cells(group, truth, estimate, count.astype(float), n_groups=41)
    for name, fn in EXTERNAL.items():
        found = fn(weighted)
        assert np.isnan(found[40])
        for g in (0, 7, 39):
            rows = np.repeat(np.flatnonzero(group == g), count[group == g])
            assert found[g] == pytest.approx(fn(cells_of(truth[rows], estimate[rows]))[0], abs=1e-12), name


def test_labels_by_the_hundred_thousand_stay_sparse() -> None:
    random = np.random.default_rng(2)
    truth, estimate = random.integers(0, 100_000, (2, 200_000))
    cells = cells_of(truth, estimate)
    assert external.adjusted_rand_index(cells)[0] == pytest.approx(peer.adjusted_rand_score(truth, estimate), abs=1e-12)
    with pytest.raises(OptionError, match="2,000 labels"):
        external.cluster_accuracy(cells)


def expected_information_by_decimals(n: int, a: int, b: int) -> float:
    """Sum over the hypergeometric counts of one cell, in 40 digits."""
    getcontext().prec = 40
    weight = Decimal(1)
    mode = (a + 1) * (b + 1) // (n + 2)
    mean = Decimal(a) * b / n
    total = Decimal(0)

    def term(k: int) -> Decimal:
        return Decimal(k) / n * (Decimal(k) / mean).ln() if k else Decimal(0)

    total = term(mode)
    for step in (1, -1):
        p, k = Decimal(1), mode
        while p > Decimal("1e-30"):
            if not max(0, a + b - n) <= k + step <= min(a, b):
                break
            low = k if step > 0 else k - 1
            ratio = Decimal(a - low) * (b - low) / (Decimal(low + 1) * (n - a - b + low + 1))
            p = p * ratio if step > 0 else p / ratio
            k += step
            weight += p
            total += p * term(k)
    return float(total / weight)


@pytest.mark.parametrize(("n", "a", "b"), [(60, 20, 25), (1000, 3, 700), (5_000_000, 1500, 2_000_000)])
def test_expected_information_is_exact(n: int, a: int, b: int) -> None:
    sizes = [np.array([0, 0]), np.array([a, n - a], dtype=float), np.ones(2)]
    others = [np.array([0, 0]), np.array([b, n - b], dtype=float), np.ones(2)]
    found = external.expected_information(np.array([float(n)]), tuple(sizes), tuple(others))[0]
    wanted = sum(expected_information_by_decimals(n, x, y) for x in (a, n - a) for y in (b, n - b))
    assert found == pytest.approx(wanted, abs=1e-14)


def test_pair_counts_do_not_overflow() -> None:
    cells = Contingency.of_cells(
        np.zeros(4, dtype=np.int64), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([3e7, 1e7, 1e7, 4e7]), n_groups=1
    )
    both = (9 + 1 + 1 + 16) * 10**14 - 9 * 10**7
    assert PairCounts.of(cells).both[0] == both / 2
    assert 0 < external.adjusted_rand_index(cells)[0] < 1


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 10**6), st.booleans())
def test_assignment_is_the_best(rows: int, columns: int, seed: int, ties: bool) -> None:
    from scipy.optimize import linear_sum_assignment

    random = np.random.default_rng(seed)
    table = random.integers(0, 4, (rows, columns)).astype(float) if ties else random.random((rows, columns))
    found = assign(table)
    held = found >= 0
    assert held.sum() == min(rows, columns) == len(set(found[held]))
    assert table[held, found[held]].sum() == pytest.approx(table[linear_sum_assignment(table, maximize=True)].sum())


def blobs(n: int, d: int, k: int, seed: int = 0, *, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    cluster = random.integers(0, k, n)
    return random.normal(size=(n, d)) + spread * random.normal(size=(k, d))[cluster], cluster


@pytest.mark.parametrize(("n", "d", "k"), [(40, 1, 3), (700, 3, 4), (1500, 5, 200), (900, 100, 6), (600, 2, 450)])
@pytest.mark.parametrize("distance", silhouettes.DISTANCES)
def test_silhouettes_are_those_of_the_peer(n: int, d: int, k: int, distance: str) -> None:
    x, cluster = blobs(n, d, k)
    found = silhouettes.row_silhouettes(x, Clusters.of(None, cluster), distance=distance)
    np.testing.assert_allclose(found.width, peer.silhouette_samples(x, cluster, metric=distance), atol=1e-8)


@pytest.mark.parametrize("distance", ["euclidean", "manhattan", "sqeuclidean", "cosine"])
def test_dunn_by_a_plain_loop(distance: str) -> None:
    x, cluster = blobs(400, 3, 5, spread=9)
    d = peer.pairwise_distances(x, metric=distance)
    same = cluster[:, None] == cluster
    found = silhouettes.dunn(x, Clusters.of(None, cluster), distance=distance)
    assert found[0] == pytest.approx(d[~same].min() / d[same].max(), rel=1e-9)


def test_a_matrix_of_distances_is_taken() -> None:
    x, cluster = blobs(700, 3, 4)
    clusters = Clusters.of(None, cluster)
    given_, made = (
        silhouettes.row_silhouettes(m, clusters, distance=how)
        for m, how in ((peer.pairwise_distances(x), "precomputed"), (x, "euclidean"))
    )
    np.testing.assert_allclose(given_.width, made.width, atol=1e-9)
    assert (given_.neighbor == made.neighbor).all()


def test_internal_metrics_by_group_are_those_of_the_peer() -> None:
    x, cluster = blobs(3000, 4, 6)
    group = np.random.default_rng(5).integers(0, 5, 3000)
    x += 1e3 * group[:, None]
    clusters = Clusters.of(group, cluster, 6)
    sums = ClusterSums.of_rows(x, clusters)
    found = {
        peer.calinski_harabasz_score: internal.calinski_harabasz(sums),
        peer.davies_bouldin_score: internal.davies_bouldin(sums, mean_distances(x, clusters, sums)),
        peer.silhouette_score: silhouettes.silhouette_averages(x, clusters).value,
    }
    for fn, values in found.items():
        assert np.isnan(values[5])
        for g in range(5):
            here = x[group == g] - 1e3 * g
            assert values[g] == pytest.approx(fn(here, cluster[group == g]), rel=1e-8)


@pytest.mark.parametrize("offset", [1e8, -1e10])
def test_an_offset_changes_nothing(offset: float) -> None:
    x, cluster = blobs(800, 3, 3, spread=3)
    x = np.round(x * 64) / 64  # so that the moved features are the same numbers
    clusters = Clusters.of(None, cluster)
    near, far = (ClusterSums.of_rows(m, clusters) for m in (x, x + offset))
    for fn in SUMS.values():
        np.testing.assert_allclose(fn(far), fn(near), rtol=1e-9)
    np.testing.assert_allclose(mean_distances(x + offset, clusters, far), mean_distances(x, clusters, near), rtol=1e-9)
    for how in ("euclidean", "manhattan", "sqeuclidean"):
        moved, still = (silhouettes.row_silhouettes(m, clusters, distance=how).width for m in (x + offset, x))
        np.testing.assert_allclose(moved, still, atol=1e-9)


def test_tight_clusters_far_apart_keep_their_digits() -> None:
    x, cluster = blobs(300, 2, 2)
    x = np.round(x * 64) / 64 + 1e8 * cluster[:, None]
    sums = ClusterSums.of_rows(x, Clusters.of(None, cluster))
    within = sum(((x[cluster == k] - 1e8 * k - (x[cluster == k] - 1e8 * k).mean(0)) ** 2).sum() for k in (0, 1))
    assert internal.sse_within_total(sums)[0] == pytest.approx(within, rel=1e-9)
    width = silhouettes.row_silhouettes(x, Clusters.of(None, cluster)).width
    near = np.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))
    inside = np.array([near[i, cluster == cluster[i]].sum() / ((cluster == cluster[i]).sum() - 1) for i in range(300)])
    outside = np.array([near[i, cluster != cluster[i]].mean() for i in range(300)])
    np.testing.assert_allclose(1 - width, inside / outside, rtol=1e-7)


def test_limits() -> None:
    x = np.array([[0.0], [1], [4], [6]])
    clusters = Clusters.of(None, np.array([0, 0, 1, 1]))
    sums = ClusterSums.of_rows(x, clusters)
    np.testing.assert_allclose(silhouettes.row_silhouettes(x, clusters).width, [4 / 5, 3 / 4, 3 / 7, 7 / 11])
    assert internal.calinski_harabasz(sums)[0] == pytest.approx(16.2)
    assert internal.davies_bouldin(sums, mean_distances(x, clusters, sums))[0] == pytest.approx(1 / 3)
    assert silhouettes.dunn(x, clusters)[0] == pytest.approx(3 / 2)
    same = ClusterSums.of_rows(np.full((4, 2), 0.1), clusters)
    assert np.isnan(internal.davies_bouldin(same)[0])
    assert np.isnan(internal.sse_ratio(same)[0])
    assert np.isnan(internal.calinski_harabasz(same)[0])
    apart = np.repeat([[0.1], [0.3]], 2, axis=0)
    assert silhouettes.dunn(apart, clusters)[0] == math.inf
    assert internal.calinski_harabasz(ClusterSums.of_rows(apart, clusters))[0] == math.inf
    assert silhouettes.row_silhouettes(np.ones((4, 2)), clusters).width.tolist() == [0, 0, 0, 0]


def test_a_sample_is_unbiased_with_its_standard_error() -> None:
    x, cluster = blobs(1200, 3, 4, spread=2)
    clusters = Clusters.of(None, cluster)
    exact = silhouettes.silhouette_averages(x, clusters)
    assert exact.std_error[0] == 0
    drawn = [silhouettes.silhouette_averages(x, clusters, sample=150, seed=seed) for seed in range(150)]
    score = np.array([(a.value[0] - exact.value[0]) / a.std_error[0] for a in drawn])
    assert abs(score.mean()) < 0.3
    assert 0.85 < score.std() < 1.15
    assert silhouettes.silhouette_averages(x, clusters, sample=1200).value[0] == exact.value[0]
    again = silhouettes.silhouette_averages(x, clusters, sample=150, seed=3)
    assert again.value[0] == drawn[3].value[0]


def test_memory_does_not_grow_with_pairs() -> None:
    x, cluster = blobs(6000, 10, 3000)
    clusters = Clusters.of(None, cluster)
    tracemalloc.start()
    found = silhouettes.silhouette_averages(x, clusters).value[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 110e6  # all pairs are 288 MB, and all sums 124 MB
    assert silhouettes.silhouette_averages(x, clusters).value[0] == found
