"""The kernels of detection against plain loops, and what must not change their answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.detection import loops
from tests.detection.random_boxes import random_boxes
from tidymetrics.families.detection import boxes, confusion, curves, layout, outcomes, precision
from tidymetrics.families.detection.layout import PredictedBoxes, TrueBoxes, lay_out
from tidymetrics.families.detection.matching import AREA_RANGES, Matching, match

THRESHOLDS = [0.5, 0.25, 0.75, 1.0]
AREAS = [*AREA_RANGES.values(), (100.0, 1200.0)]
SEEDS = range(60)
FEW = range(20)


def matched(
    p: PredictedBoxes, t: TrueBoxes, shape: tuple[int, int, int], rule: str = "coco", depth: int | None = 100
) -> Matching:
    return match(lay_out(p, t, shape, depth), THRESHOLDS, AREAS, rule)


def everything(p: PredictedBoxes, t: TrueBoxes, shape: tuple[int, int, int], rule: str = "coco") -> dict[str, np.ndarray]:
    """Give all numbers [groups, labels, ...] of all areas and two depths."""
    made = matched(p, t, shape, rule)
    found = {}
    for area in range(len(AREAS)):
        for depth in (None, 2):
            hits = precision.hits_of(made, area, depth)
            found[f"ap {area} {depth}"] = precision.average_precision(made, hits)
            found[f"all points {area} {depth}"] = precision.average_precision(made, hits, None)
            found[f"ar {area} {depth}"] = precision.average_recall(made, area, depth)
        counts = outcomes.counts_at(made, outcomes.outcomes(made, area, 1), 0.8, area)
        found |= {f"{name} {area}": values for name, values in counts._asdict().items()}
    found["confusion"] = confusion.confusion(p, t, shape, score_threshold=0.3)
    return found


def agree(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> None:
    for name, values in one.items():
        np.testing.assert_allclose(values, other[name], rtol=0, atol=1e-12, err_msg=name)


def reordered(some: Any, rows: np.ndarray) -> Any:
    return replace(some, **{k: v[..., rows] for k, v in vars(some).items() if v is not None})


def apart(p: PredictedBoxes) -> PredictedBoxes:
    """Give each prediction a score of its own, so that the order of rows says nothing."""
    return replace(p, score=p.score + np.linspace(0, 0.05, len(p.score)))


@pytest.mark.parametrize("rule", ["coco", "voc"])
@pytest.mark.parametrize("seed", SEEDS)
def test_plain_loops(seed: int, rule: str) -> None:
    p, t, shape = random_boxes(seed)
    rng = np.random.default_rng(seed)
    depth = [None, 1, 3, 100][seed % 4]
    made = matched(p, t, shape, rule, depth)
    for step, bar in enumerate(THRESHOLDS):
        area, points = int(rng.integers(len(AREAS))), [None, 2, 11, 101][int(rng.integers(4))]
        want = loops.by_class(p, t, shape, bar, AREAS[area], rule, depth, points, 0.8)
        hits = precision.hits_of(made, area)
        found = {
            "ap": precision.average_precision(made, hits, points)[..., step],
            "ar": precision.average_recall(made, area)[..., step],
            **outcomes.counts_at(made, outcomes.outcomes(made, area, step), 0.8, area)._asdict(),
        }
        agree(want, found)


@pytest.mark.parametrize("rule", ["coco", "voc"])
@pytest.mark.parametrize("seed", SEEDS)
def test_outcomes_are_those_of_plain_loops(seed: int, rule: str) -> None:
    p, t, shape = random_boxes(seed)
    made = matched(p, t, shape, rule, 3)
    outcome, takes, missed, _ = loops.matches(p, t, 0.25, AREAS[seed % 5], rule, 3)
    table = outcomes.match_table(made, outcomes.outcomes(made, seed % 5, 1), len(p.score))
    n = len(p.score)
    names = (*outcomes.OUTCOMES, "fn")
    assert [names[o] for o in table.outcome[:n]] == [outcome[i] for i in range(n)]
    assert table.truth_row.tolist() == [takes.get(i, -1) for i in range(n)] + missed
    crowd = t.crowd[table.truth_row[:n]] if len(t.crowd) else np.zeros(n, bool)
    want = [
        loops.overlap_of(tuple(p.box[:, i]), tuple(t.box[:, takes[i]]), bool(crowd[i])) if i in takes else np.nan
        for i in range(n)
    ]
    np.testing.assert_array_equal(table.overlap[:n], want)


@pytest.mark.parametrize("seed", SEEDS)
def test_curves_are_those_of_plain_loops(seed: int) -> None:
    p, t, shape = random_boxes(seed)
    made = matched(p, t, shape)
    found = outcomes.outcomes(made, 0, 0)
    outcome, _, _, ignored = loops.matches(p, t, 0.5, AREAS[0], "coco", 100)
    raw, grid = curves.pr_points(made, found), curves.interpolated_points(made, found, 11)
    for class_ in range(shape[0] * shape[2]):
        g, k = divmod(class_, shape[2])
        n = sum(not ignored[j] and t.group[j] == g and t.label[j] == k for j in ignored)
        points = loops.points(p, outcome, loops.pooled(p, outcome, g, k), n or 1)
        last = dict.fromkeys((np.inf, *(s for s, _, _ in points)), (0.0, 1.0)) | {s: (r, q) for s, r, q in points}
        mine = raw.class_ == class_
        assert raw.threshold[mine].tolist() == list(last)
        want = np.array(list(last.values())) if n else np.full((len(last), 2), np.nan)
        np.testing.assert_allclose(np.stack([raw.recall[mine], raw.precision[mine]], 1), want, atol=1e-12)
        mine = grid.class_ == class_
        for r, score, recall, best in zip(
            np.linspace(0, 1, 11), grid.threshold[mine], grid.recall[mine], grid.precision[mine], strict=True
        ):
            able = [point for point in points if point[1] >= r]
            if n:
                want = (able[0][0] if able else np.nan, r, max((q for _, _, q in able), default=0.0))
                np.testing.assert_allclose((score, recall, best), want, atol=1e-12)
            else:
                assert np.isnan([score, recall, best]).all()


@pytest.mark.parametrize("rule", ["coco", "voc"])
@pytest.mark.parametrize("seed", FEW)
def test_a_group_is_its_rows_alone(seed: int, rule: str) -> None:
    p, t, shape = random_boxes(seed)
    whole = everything(p, t, shape, rule)
    for g in range(shape[0]):
        parts = [reordered(some, np.flatnonzero(some.group == g)) for some in (p, t)]
        alone = everything(*(replace(part, group=part.group * 0) for part in parts), (1, *shape[1:]), rule)
        agree({name: values[g : g + 1] for name, values in whole.items()}, alone)


@pytest.mark.parametrize("seed", FEW)
def test_a_group_twice_gives_its_numbers_twice(seed: int) -> None:
    p, t, shape = random_boxes(seed)
    twice = [reordered(some, np.tile(np.arange(len(some.group)), 2)) for some in (p, t)]
    n = shape[0]
    twice = [replace(some, group=some.group + n * (np.arange(len(some.group)) >= len(some.group) // 2)) for some in twice]
    whole = everything(*twice, (2 * n, *shape[1:]))
    once = everything(p, t, shape)
    agree({name: np.concatenate([values, values]) for name, values in once.items()}, whole)


@pytest.mark.parametrize("rule", ["coco", "voc"])
@pytest.mark.parametrize("seed", FEW)
def test_the_order_of_rows_and_images_matters_among_equals_alone(seed: int, rule: str) -> None:
    p, t, shape = random_boxes(seed)
    rng = np.random.default_rng(seed)
    p = apart(p)
    t = replace(t, box=t.box + rng.random(t.box.shape))  # no equal overlaps
    names = rng.permutation(shape[1])
    shuffled = [reordered(some, rng.permutation(len(some.group))) for some in (p, t)]
    agree(everything(p, t, shape, rule), everything(*(replace(s, image=names[s.image]) for s in shuffled), shape, rule))


@pytest.mark.parametrize("seed", FEW)
def test_a_prefix_of_ranks_is_its_own_matching(seed: int) -> None:
    p, t, shape = random_boxes(seed)
    deep, shallow = matched(p, t, shape, depth=None), matched(p, t, shape, depth=2)
    for area in range(len(AREAS)):
        one, other = precision.hits_of(deep, area, 2), precision.hits_of(shallow, area)
        agree(
            {"ap": precision.average_precision(deep, one), "ar": precision.average_recall(deep, area, 2)},
            {"ap": precision.average_precision(shallow, other), "ar": precision.average_recall(shallow, area)},
        )
        found = [outcomes.outcomes(deep, area, 2, 2), outcomes.outcomes(shallow, area, 2)]
        tables = [outcomes.match_table(m, f, len(p.score)) for m, f in zip((deep, shallow), found, strict=True)]
        for name in vars(tables[0]):
            np.testing.assert_array_equal(*(getattr(table, name) for table in tables))


@pytest.mark.parametrize("seed", FEW)
def test_images_without_boxes_change_nothing(seed: int) -> None:
    p, t, (groups, images, labels) = random_boxes(seed)
    spread = [replace(some, image=some.image * 70_000 + 3) for some in (p, t)]
    agree(everything(p, t, (groups, images, labels)), everything(*spread, (groups, images * 70_000, labels)))


def test_every_format_gives_one_box() -> None:
    box = np.array([[8.0, 3.0], [16.0, 5.0], [10.0, 4.0], [6.0, 2.0]])
    x, y, w, h = box
    given = {
        "xywh": box,
        "xyxy": np.stack([x, y, x + w, y + h]),
        "cxcywh": np.stack([x + w / 2, y + h / 2, w, h]),
        "xyxy_inclusive": np.stack([x, y, x + w - 1, y + h - 1]),
    }
    assert set(given) == set(boxes.BOX_FORMATS)
    for box_format, sides in given.items():
        np.testing.assert_array_equal(boxes.as_xywh(sides, box_format), box)


def test_pairs_in_chunks_are_the_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [random_boxes(seed) for seed in range(10)]
    whole = [everything(*call) for call in calls]
    monkeypatch.setattr("tidymetrics.families.detection.matching._CHUNK", 5)
    for call, want in zip(calls, whole, strict=True):
        agree(want, everything(*call))


@pytest.mark.parametrize("n_classes", [1, 3, 70_000, 2**30])
@pytest.mark.parametrize("seed", range(8))
def test_orders_of_scores_that_differ_in_their_last_bits(seed: int, n_classes: int) -> None:
    rng = np.random.default_rng(seed)
    n = 400
    score = rng.choice([-1e300, -2.5, -0.0, 0.0, 5e-324, 0.1, 0.3, 1e300], n)
    score = np.where(rng.random(n) < 0.5, np.nextafter(score, rng.choice([-2.0, 2.0], n)), score)
    class_, image = rng.choice([0, n_classes // 2, n_classes - 1], n), rng.integers(0, 5, n)
    order = layout.by_class_and_score(class_, score, image, n_classes)
    np.testing.assert_array_equal(order, np.lexsort((np.arange(n), image, -score, class_)))
    key = rng.integers(0, n_classes * 10**6, n)
    np.testing.assert_array_equal(layout.sort_further(order, key), order[np.argsort(key[order], kind="stable")])
