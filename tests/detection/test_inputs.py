"""What is refused, and what COCO's files, masks and segments become."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import numpy as np
import pytest

from tidymetrics.errors import LevelError, OptionError
from tidymetrics.families.detection import checks, coco_files, confusion, options, paired, panoptic
from tidymetrics.families.detection.boxes import overlap

XYXY = ("xmin", "ymin", "xmax", "ymax")


def test_sides_that_are_turned_round_are_named_with_the_format_to_pass() -> None:
    box = np.array([[0.0, 10.0], [0.0, 0.0], [5.0, 4.0], [5.0, 5.0]])
    assert checks.box_fault("truth", XYXY, box, "xyxy") == (
        "truth 'xmax': expected boxes of no negative width; 1 row has a negative one, the first is row 1: xmin 10.0, xmax 4.0. "
        "Are these x, y, width, height? Pass box_format='xywh'."
    )
    fault = checks.box_fault("data", ("x", "y", "w", "h"), np.array([[0.0, 0], [0, 0], [1, 1], [-2, -3]]), "xywh")
    assert fault == (
        "data 'h': expected boxes of no negative height; 2 rows have a negative one, the first is row 0: h -2.0. "
        "Are these corners? Pass box_format='xyxy'."
    )


@pytest.mark.parametrize(
    ("box_format", "width", "refused"),
    [("xyxy", 0, False), ("xywh", 0, False), ("xyxy_inclusive", -1, False), ("xyxy", -1, True), ("xyxy_inclusive", -2, True)],
)
def test_a_side_may_be_zero(box_format: str, width: float, refused: bool) -> None:
    box = np.array([[3.0], [3.0], [width if box_format == "xywh" else 3.0 + width], [9.0]])
    assert (checks.box_fault("data", XYXY, box, box_format) is not None) is refused


def test_missing_and_infinite_numbers_are_counted() -> None:
    assert checks.number_fault("data", "score", np.array([0.5, np.nan, np.inf])) == (
        "data 'score': expected finite numbers; 2 rows have another value, the first is row 1: a missing value."
    )
    assert checks.number_fault("data", "score", np.array([0.5, -np.inf])) == (
        "data 'score': expected finite numbers; 1 row has another value, the first is row 1: -inf."
    )
    assert checks.number_fault("data", "score", np.array([-3.0, 7.0])) is None
    assert checks.missing_fault("truth", "label", np.array([False, True, True])) == (
        "truth 'label': expected a value in each row; 2 rows have none, the first is row 1."
    )


def test_images_are_known_and_stand_once() -> None:
    assert checks.unknown_image_fault("data", "image_id", np.array([True, False]), [9]) == (
        "data 'image_id': expected images that images= has; 1 row has another, the first is row 1: 9."
    )
    assert checks.unknown_image_fault("data", "image_id", np.array([True]), []) is None
    assert checks.repeated_image_fault("image_id", ["a", "b", "c", "d"]) == (
        "images 'image_id': expected each image once; got 'a', 'b', 'c', ... (1 more) more than once."
    )
    assert checks.repeated_image_fault("image_id", []) is None


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (options.overlap_threshold, [0.5, 1, np.float64(0.3)], [0, 1.01, True, "0.5", None, float("nan"), [0.5]]),
        (options.overlap_thresholds, [0.5, [0.5, 1], np.linspace(0.5, 0.95, 10)], [[], [0.5, 0], "0.5", None, [True]]),
        (options.area_range, ["all", "small", (0, 10), [5, 5], (0, float("inf"))], ["tiny", (2, 1), (1,), None, 5, ("a", "b")]),
        (options.depth_or_none, [None, 1, 100, np.int64(5)], [0, -1, 1.5, "1", True]),
        (options.recall_points_or_none, [None, 2, 101], [1, 0, 2.5, "11", True]),
    ],
)
def test_options(check: Any, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        check("m", "o", value)
    for value in bad:
        with pytest.raises(OptionError, match=r"^m\(o=\): expected .*; got "):
            check("m", "o", value)


def files(**changes: Any) -> dict[str, Any]:
    return {
        "images": [{"id": 7, "width": 640, "height": 480, "file_name": "a.jpg"}, {"id": 3}],
        "categories": [{"id": 18, "name": "dog"}, {"id": 1, "name": "person"}],
        "annotations": [
            {"id": 0, "image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 5.5, "iscrowd": 1},
            {"id": 4, "image_id": 3, "category_id": 18, "bbox": [0.1, 0.2, 0.7, 10]},
        ],
    } | changes


def test_coco_files_become_columns(tmp_path: pathlib.Path) -> None:
    results = [{"image_id": 7, "category_id": 18, "bbox": [1, 2, 3, 4], "score": 1}]
    paths = [tmp_path / name for name in ("annotations.json", "results.json")]
    for path, data in zip(paths, (files(), results), strict=True):
        path.write_text(json.dumps(data), encoding="utf-8")
    for given in ((files(), results), paths, map(str, paths)):
        read = coco_files.coco_columns(*given)
        assert read.labels == ["dog", "person"]
        truth = {name: list(column) for name, column in read.truth.items()}
        assert truth == {
            "image_id": [7, 3],
            "label": [1, 0],
            "xmin": [1.0, 0.1],
            "ymin": [2.0, 0.2],
            "xmax": [4.0, 0.1 + 0.7],
            "ymax": [6.0, 10.2],
            "width": [3.0, 0.7],
            "height": [4.0, 10.0],
            "area": [5.5, 7.0],
            "iscrowd": [True, False],
        }
        assert list(read.predictions) == ["image_id", "label", *XYXY, "width", "height", "score"]
        assert read.predictions["score"].tolist() == [1.0]
        assert read.images == {
            "image_id": [7, 3],
            "width": [640, None],
            "height": [480, None],
            "file_name": ["a.jpg", None],
        }


def test_coco_files_without_boxes() -> None:
    read = coco_files.coco_columns(files(annotations=[]), [])
    assert {len(column) for column in [*read.truth.values(), *read.predictions.values()]} == {0}
    assert coco_files.coco_columns(files()).predictions is None


def test_coco_files_that_are_none(tmp_path: pathlib.Path) -> None:
    result = {"image_id": 7, "category_id": 2, "bbox": [1, 2, 3, 4], "score": 1}
    with pytest.raises(LevelError, match=r"^results: expected category_id of categories; got 2 as well\.$"):
        coco_files.coco_columns(files(), [result])
    with pytest.raises(OptionError, match=r"'categories' is missing"):
        coco_files.coco_columns({"images": [], "annotations": []})
    with pytest.raises(OptionError, match=r"^annotations: expected a bbox in each entry; 1 lack it, the first is entry 1\.$"):
        coco_files.coco_columns(files(annotations=[*files()["annotations"][:1], {"image_id": 3, "category_id": 1}]))
    with pytest.raises(OptionError, match=r"^results: expected a list of detections; got dict\.$"):
        coco_files.coco_columns(files(), {})
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(OptionError, match="^annotations: expected a file of JSON"):
        coco_files.coco_columns(path)


def test_masks_are_counted_pixel_by_pixel() -> None:
    rng = np.random.default_rng(3)
    levels = [7, 0, 3]
    truth, estimate = rng.choice([7, 0, 3, 255], (4, 5, 6)), rng.choice(levels, (4, 5, 6))
    apart = confusion.mask_counts(truth, estimate, levels=levels, ignore=255, apart=True)
    for i in range(4):
        for p, said in enumerate(levels):
            for t, true in enumerate(levels):
                assert apart[i, p, t] == ((truth[i] == true) & (estimate[i] == said)).sum()
    whole = confusion.mask_counts(truth.astype(np.uint8), estimate.tolist(), levels=levels, ignore=255)
    np.testing.assert_array_equal(whole, apart.sum(axis=0, keepdims=True))


def test_masks_that_cannot_be_counted() -> None:
    with pytest.raises(LevelError, match=r"^truth: expected pixels of levels=0, 1; got 2, 255 as well\.$"):
        confusion.mask_counts([[0, 255], [2, 1]], [[0, 0], [0, 0]], levels=[0, 1])
    with pytest.raises(OptionError, match=r"^estimate: expected an array of the shape of truth, \(1, 2\); got \(2, 1\)\.$"):
        confusion.mask_counts([[0, 1]], [[0], [1]], levels=[0, 1])


def panoptic_by_loops(cells: panoptic.SegmentCells, shape: tuple[int, int]) -> np.ndarray:
    """Give overlap, tp, fp, fn [groups, labels] from the rules, segment by segment."""
    rows = list(zip(*(getattr(cells, name).tolist() for name in vars(cells)), strict=True))
    truth: dict[Any, float] = {}
    estimate: dict[Any, float] = {}
    common: dict[Any, float] = {}
    void: dict[Any, float] = {}
    crowds = {(g, i, t, tl) for g, i, t, tl, *_, crowd in rows if crowd and t >= 0 and tl >= 0}
    for g, i, t, tl, e, el, size, _ in rows:
        true = (g, i, t, tl) if t >= 0 and tl >= 0 else None
        said = (g, i, e, el) if e >= 0 and el >= 0 else None
        truth[true] = truth.get(true, 0) + size
        estimate[said] = estimate.get(said, 0) + size
        if true is None or (true in crowds and said is not None and tl == el):
            void[said] = void.get(said, 0) + size
        common[true, said] = common.get((true, said), 0) + size
    found = np.zeros((4, *shape))
    hit = set()
    for (true, said), size in common.items():
        if true is None or said is None or true in crowds or true[3] != said[3]:
            continue
        value = size / (truth[true] + estimate[said] - size - common.get((None, said), 0))
        if value > 0.5:
            found[:2, true[0], true[3]] += value, 1
            hit |= {("t", true), ("e", said)}
    for said, size in estimate.items():
        if said is not None and ("e", said) not in hit and void.get(said, 0) / size <= 0.5:
            found[2, said[0], said[3]] += 1
    for true in truth:
        if true is not None and ("t", true) not in hit and true not in crowds:
            found[3, true[0], true[3]] += 1
    return found


@pytest.mark.parametrize("seed", range(40))
def test_segments_are_counted_as_plain_loops_count_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, shape = int(rng.integers(0, 60)), (2, 3)

    def codes(most: int, *, void: bool = True) -> np.ndarray:
        values = rng.integers(0, most, n)
        return np.where(void & (rng.random(n) < 0.1), -1, values)

    truth = codes(3)
    estimate = np.where(rng.random(n) < 0.7, truth, codes(3))
    label = rng.integers(0, 3, (2, 3))
    cells = panoptic.SegmentCells(
        codes(2, void=False), codes(3, void=False), truth, label[0][truth], estimate, label[int(seed % 2)][estimate],
        rng.integers(1, 20, n).astype(float), rng.random(n) < 0.1,
    )  # fmt: skip
    counts = panoptic.segment_counts(cells, shape)
    found = np.stack([counts.overlap, counts.tp, counts.fp, counts.fn])
    np.testing.assert_allclose(found, panoptic_by_loops(cells, shape), rtol=0, atol=1e-12)


def test_paired_boxes_by_hand() -> None:
    truth = [np.array(side, float) for side in ([0, 0, 3], [0, 0, 3], [2, 1, 3], [2, 1, 3])]
    estimate = [np.array(side, float) for side in ([1, 2, 3], [0, 0, 3], [3, 3, 3], [2, 1, 3])]
    np.testing.assert_allclose(paired.iou(truth, estimate), [1 / 3, 0, 0])
    np.testing.assert_allclose(paired.giou(truth, estimate), [1 / 3, -1 / 3, 0])
    np.testing.assert_allclose(paired.diou(truth, estimate), [1 / 3 - 1 / 13, -4 / 10, 0])


@pytest.mark.parametrize("seed", range(5))
def test_paired_boxes_overlap_as_matched_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.random((2, 4, 50)) * 4
    np.testing.assert_allclose(paired.iou(one, other, "xywh"), overlap(one, other), rtol=0, atol=1e-12)
