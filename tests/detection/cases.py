"""The reference cases of detection, answered by the kernels alone: columns to arrays, arrays to rows."""

from __future__ import annotations

import json
import pathlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.families.detection import (
    boxes,
    checks,
    coco_files,
    confusion,
    curves,
    matching,
    options,
    outcomes,
    paired,
    panoptic,
    precision,
)
from tidymetrics.families.detection.layout import PredictedBoxes, TrueBoxes, lay_out
from tidymetrics.statistics import average, ratio

REFERENCE = json.loads((pathlib.Path(__file__).parent.parent / "reference" / "detection.json").read_text(encoding="utf-8"))
BOX = ("xmin", "ymin", "xmax", "ymax")
AP, AR = "average_precision_detection", "average_recall_detection"
AREAS = ("small", "medium", "large")
COCO = {
    "ap": (AP, {}),
    "ap_50": (AP, {"iou_thresholds": 0.5}),
    "ap_75": (AP, {"iou_thresholds": 0.75}),
    **{f"ap_{area}": (AP, {"area_range": area}) for area in AREAS},
    "ar_1": (AR, {"max_detections": 1}),
    "ar_10": (AR, {"max_detections": 10}),
    "ar_100": (AR, {}),
    **{f"ar_{area}": (AR, {"area_range": area}) for area in AREAS},
}
CHECKS = {
    "iou_thresholds": options.overlap_thresholds,
    "iou_threshold": options.overlap_threshold,
    "area_range": options.area_range,
    "max_detections": options.depth_or_none,
    "recall_points": options.recall_points_or_none,
}

Columns = dict[str, list[Any]]


class BoxFaultError(ValueError):
    """What a family raises as a BoxError."""


@dataclass(frozen=True)
class Call:
    """A call's boxes as arrays, and what its codes stand for."""

    predicted: PredictedBoxes
    true: TrueBoxes
    shape: tuple[int, int, int]
    by: list[str]
    groups: list[tuple[Any, ...]]
    levels: list[Any] | None


def raise_fault(fault: str | None) -> None:
    if fault is not None:
        raise BoxFaultError(fault)


def numbers(column: list[Any]) -> np.ndarray:
    named = {None: np.nan, "NaN": np.nan, "Inf": np.inf, "-Inf": -np.inf}
    return np.array([named.get(v, v) if v is None or isinstance(v, str) else v for v in column], float)


def checked(what: str, frame: Columns, image: str, label: str | None, box: tuple[str, ...], box_format: str) -> np.ndarray:
    for column in (image, *([label] if label else [])):
        raise_fault(checks.missing_fault(what, column, np.array([v is None for v in frame[column]], bool)))
    sides = np.array([numbers(frame[name]) for name in box]).reshape(4, -1)
    raise_fault(checks.box_fault(what, box, sides, box_format))
    return boxes.as_xywh(sides, box_format)


def rows_of(frame: Columns, rows: list[int]) -> Columns:
    return {name: [column[i] for i in rows] for name, column in frame.items()}


def split(frame: Columns, mark: str) -> tuple[Columns, Columns]:
    marks = frame[mark]
    return tuple(rows_of(frame, [i for i, m in enumerate(marks) if bool(m) is wanted]) for wanted in (False, True))


def place_keys(data: Columns, truth: Columns, by: list[str], image: str, images: Columns | None) -> tuple[Columns, Columns]:
    """Give both frames all keys: those of images, those that one frame alone has."""
    for key in by:
        if images is not None and key in images:
            of = dict(zip(images[image], images[key], strict=True))
            data, truth = ({**frame, key: [of[i] for i in frame[image]]} for frame in (data, truth))
        elif key not in data:
            of = dict(zip(truth[image], truth[key], strict=True))
            data = {**data, key: [of[i] for i in data[image]]}
    for key in by:
        if key not in truth:
            values = sorted(set(data[key]))
            n = len(truth[image])
            truth = {name: column * len(values) for name, column in truth.items()} | {
                key: [v for v in values for _ in range(n)]
            }
    return data, truth


def codes(values: list[Any], known: list[Any]) -> np.ndarray:
    place = {value: i for i, value in enumerate(known)}
    return np.array([place[v] for v in values], np.int64)


def arrays(
    data: Columns, truth: Columns | str, estimate: str = "score", *, by: Any = (), image: str = "image_id",
    label: str | None = "label", box: Any = BOX, box_format: str = "xyxy", area: str | None = None, iscrowd: str | None = None,
    ignore: str | None = None, images: Columns | None = None, levels: list[Any] | None = None,
) -> Call:  # fmt: skip
    """Bring the frames of a call to arrays."""
    by = [by] if isinstance(by, str) else list(by)
    if box_format not in boxes.BOX_FORMATS:
        raise OptionError(f"box_format: expected one of {boxes.BOX_FORMATS}; got {box_format!r}.")
    if isinstance(truth, str):
        data, truth = split(data, truth)
    d_box, t_box = (checked(what, f, image, label, tuple(box), box_format) for what, f in (("data", data), ("truth", truth)))
    score = numbers(data[estimate])
    raise_fault(checks.number_fault("data", estimate, score))
    if images is not None:
        seen = images[image]
        raise_fault(checks.repeated_image_fault(image, sorted({i for i in seen if seen.count(i) > 1})))
        for what, frame in (("data", data), ("truth", truth)):
            known = np.array([i in seen for i in frame[image]], bool)
            raise_fault(checks.unknown_image_fault(what, image, known, [i for i in frame[image] if i not in seen][:3]))
    n_truth = len(truth[image])
    data, truth = place_keys(data, truth, by, image, images)
    t_box = np.tile(t_box, len(truth[image]) // n_truth if n_truth else 1)
    keys = [list(zip(*(f[k] for k in by), strict=True)) if by else [()] * len(f[image]) for f in (data, truth)]
    groups = sorted(set(keys[0] + keys[1])) or [()] * (not by)
    all_images = sorted(set(data[image] + truth[image]))
    if label is not None:
        levels = list(levels) if levels is not None else sorted(set(truth[label]))
    labels = [codes(f[label], levels) if label is not None else np.zeros(len(f[image]), np.int64) for f in (data, truth)]
    flags = [None if name is None else np.array(truth[name], bool) for name in (iscrowd, ignore)]
    return Call(
        PredictedBoxes(codes(keys[0], groups), codes(data[image], all_images), labels[0], d_box, score),
        TrueBoxes(
            codes(keys[1], groups), codes(truth[image], all_images), labels[1], t_box,
            None if area is None else numbers(truth[area]), *flags,
        ),
        (len(groups), len(all_images), 1 if label is None else len(levels)),
        by, groups, levels if label is not None else None,
    )  # fmt: skip


def matched(call: Call, own: dict[str, Any]) -> matching.Matching:
    for name, check in CHECKS.items():
        if name in own:
            check("metric", name, own[name])
    if own.get("matching", "coco") not in matching.MATCHINGS:
        raise OptionError(f"matching: expected one of {matching.MATCHINGS}.")
    layout = lay_out(call.predicted, call.true, call.shape, own.get("max_detections", 100))
    default = precision.COCO_THRESHOLDS
    thresholds = options.thresholds_of(own.get("iou_thresholds", own.get("iou_threshold", default)))
    return matching.match(layout, thresholds, [options.area_of(own.get("area_range", "all"))], own.get("matching", "coco"))


def values_of(fn: str, call: Call, own: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Give the values of a metric [groups, labels], or of all labels as one, and the true boxes."""
    if fn not in {AP, AR}:
        own = {"iou_threshold": 0.5, "score_threshold": 0.5} | own
    found = matched(call, own)
    n_true = precision.true_boxes(found)
    if fn in {AP, AR}:
        hits = precision.hits_of(found)
        table = precision.average_precision(found, hits, own.get("recall_points", 101)) if fn == AP else (
            precision.average_recall(found)
        )  # fmt: skip
        return table.mean(axis=2), n_true
    counts = outcomes.counts_at(found, outcomes.outcomes(found), own["score_threshold"])
    counts = counts.pooled() if own.get("estimator") == "micro" else counts
    name = fn.removesuffix("_detection")
    return counts.f_meas(own.get("beta", 1)) if name == "f_meas" else getattr(counts, name)(), n_true


def estimates(name: str, fn: str, call: Call, own: dict[str, Any]) -> Columns:
    value, n_true = values_of(fn, call, own)
    estimator = own.get("estimator", "macro") if call.levels is not None else "standard"
    n = 1
    columns: Columns = {}
    if estimator == "per_class":
        n, value = len(call.levels), value.reshape(-1)
        columns[".level"] = call.levels * len(call.groups)
    elif estimator == "macro_weighted":
        value = average(value, n_true, "drop")
    else:
        value = average(value, None, "drop")
    keys = {key: [g[i] for g in call.groups for _ in range(n)] for i, key in enumerate(call.by)}
    return keys | {
        ".metric": [name] * len(value),
        ".estimator": [estimator] * len(value),
        **columns,
        ".estimate": value.tolist(),
    }


def stacked(parts: list[Columns]) -> Columns:
    return {name: [v for part in parts for v in part[name]] for name in parts[0]}


def curve(call: Call, own: dict[str, Any]) -> Columns:
    points = own.get("recall_points")
    own = {"iou_threshold": 0.5} | own
    found = matched(call, own)
    made = outcomes.outcomes(found)
    drawn = curves.pr_points(found, made) if points is None else curves.interpolated_points(found, made, points)
    n_labels = call.shape[2]
    keys = {key: [call.groups[c // n_labels][i] for c in drawn.class_] for i, key in enumerate(call.by)}
    levels = [call.levels[c % n_labels] for c in drawn.class_]
    numeric = {".threshold": drawn.threshold, "recall": drawn.recall, "precision": drawn.precision}
    return keys | {".level": levels} | {name: column.tolist() for name, column in numeric.items()}


def table_of_matches(call: Call, own: dict[str, Any]) -> Columns:
    found = matched(call, {"iou_threshold": 0.5} | own)
    table = outcomes.match_table(found, outcomes.outcomes(found), len(call.predicted.score))
    names = (*outcomes.OUTCOMES, "fn")
    rows, truths = ([None if v < 0 else int(v) for v in column] for column in (table.row, table.truth_row))
    return {".row": rows, ".truth_row": truths, ".outcome": [names[o] for o in table.outcome], ".iou": table.overlap.tolist()}


def matrix(call: Call, own: dict[str, Any]) -> Columns:
    table = confusion.confusion(call.predicted, call.true, call.shape, **own)[0]
    names = [*map(str, call.levels), confusion.BACKGROUND]
    return {
        "Prediction": [p for _ in names for p in names],
        "Truth": [t for t in names for _ in names],
        "Freq": table.T.reshape(-1).tolist(),
    }


OWN = {
    "iou_thresholds", "iou_threshold", "score_threshold", "area_range", "max_detections", "recall_points", "matching", "beta",
    "estimator",
}  # fmt: skip


def detection(case: dict[str, Any]) -> Columns:
    data = REFERENCE["data"][case["data"]]
    args = dict(case["args"])
    args = {k: data[v["$frame"]] if isinstance(v, dict) else v for k, v in args.items()}
    own = {k: args.pop(k) for k in list(args) if k in OWN}
    frames = (data["frame"], args.pop("truth")) if "frame" in data else (data["predictions"], data["truth"])
    estimate = args.pop("estimate", "score")
    return score(case, arrays(*frames, estimate, **args), own)


def score(case: dict[str, Any], call: Call, own: dict[str, Any]) -> Columns:
    fn = case["fn"]
    if case["kind"] == "conf_mat":
        return matrix(call, own)
    if fn == "pr_curve_detection":
        return curve(call, own)
    if fn == "match_boxes":
        return table_of_matches(call, own)
    if fn == "coco_metrics":
        return stacked([estimates(name, f, call, own | tweak) for name, (f, tweak) in COCO.items()])
    if case["kind"] == "set":
        return stacked([estimates(name or f, f, call, own | tweak) for name, f, tweak in case["members"]])
    return estimates(fn, fn, call, own)


def read_coco(case: dict[str, Any]) -> Columns:
    data = REFERENCE["data"][case["data"]]
    read = coco_files.coco_columns(data["annotations"], data["results"])
    frames = [{k: list(v) for k, v in part.items()} for part in (read.predictions, read.truth)]
    for frame in frames:
        frame["label"] = [read.labels[c] for c in frame["label"]]
    args = dict(case["args"])
    own = {k: args.pop(k) for k in list(args) if k in OWN}
    return score(case, arrays(*frames, levels=read.labels, **args), own)


def pairs(case: dict[str, Any]) -> Any:
    """Answer a case of paired boxes: a weighted mean over rows, by group."""
    frame, args = REFERENCE["data"][case["data"]]["frame"], case["args"]
    if case["kind"] == "paired_set":
        return stacked([pairs({**case, "kind": "paired", "fn": name}) for name in case["members"]])
    truth, estimate = ([numbers(frame[c]) for c in args[side]] for side in ("truth", "estimate"))
    value = getattr(paired, case["fn"])(truth, estimate, args.get("box_format", "xyxy"))
    if case["kind"] == "paired_vec":
        return float(value.mean())
    weight = numbers(frame[args["case_weights"]]) if "case_weights" in args else np.ones(len(value))
    keys = frame[args["by"]] if "by" in args else [None] * len(value)
    groups = sorted(set(keys)) if "by" in args else [None]
    place = codes(keys, groups)
    mean = np.bincount(place, weight * value) / np.bincount(place, weight)
    n = len(groups)
    columns = {".metric": [case["fn"]] * n, ".estimator": ["standard"] * n, ".estimate": mean.tolist()}
    return ({args["by"]: groups} if "by" in args else {}) | columns


def pixel_counts(case: dict[str, Any]) -> tuple[np.ndarray, list[Any]]:
    """Count pixels by predicted and true class: [groups, levels, levels]."""
    data, args = REFERENCE["data"][case["data"]], case["args"]
    if case["kind"] == "masks":
        return confusion.mask_counts(data["truth"], data["estimate"], levels=data["levels"], ignore=data.get("ignore")), [None]
    frame, levels = data["frame"], data["levels"]
    t, e = codes(frame["obs"], levels), codes(frame["pred"], levels)
    keys = frame[args["by"]] if "by" in args else [None] * len(t)
    groups = sorted(set(keys)) if "by" in args else [None]
    weight = numbers(frame[args["case_weights"]]) if "case_weights" in args else np.ones(len(t))
    n = len(levels)
    table = np.bincount((codes(keys, groups) * n + e) * n + t, weight, minlength=len(groups) * n * n)
    return table.reshape(-1, n, n), groups


def segmentation(case: dict[str, Any]) -> Columns:
    """Answer a case of pixels: jaccard, dice, accuracy and recall are shares of the counts."""
    (counts, groups), args, fn = pixel_counts(case), case["args"], case["fn"]
    estimator = args.get("estimator", "multiclass" if fn == "accuracy" else "macro")
    tp, predicted, true = np.diagonal(counts, axis1=1, axis2=2), counts.sum(axis=2), counts.sum(axis=1)
    if fn == "accuracy":
        value = ratio(tp.sum(axis=1), counts.sum(axis=(1, 2)))
    else:
        if estimator == "micro":
            tp, predicted, true = (part.sum(axis=1, keepdims=True) for part in (tp, predicted, true))
        value = {
            "jaccard": lambda: ratio(tp, predicted + true - tp),
            "dice": lambda: ratio(2 * tp, predicted + true),
            "recall": lambda: ratio(tp, true),
        }[fn]()
    columns: Columns = {}
    if estimator == "per_class":
        value, levels = value.reshape(-1), REFERENCE["data"][case["data"]]["levels"]
        columns[".level"], groups = levels * len(groups), [g for g in groups for _ in levels]
    elif fn != "accuracy":
        value = average(value, true if estimator == "macro_weighted" else None, "drop")
    keys = {args["by"]: groups} if "by" in args else {}
    n = len(value)
    return keys | {".metric": [fn] * n, ".estimator": [estimator] * n, **columns, ".estimate": value.tolist()}


def segments(case: dict[str, Any]) -> Columns:
    """Answer a case of panoptic quality."""
    frame, args, fn = REFERENCE["data"][case["data"]]["frame"], case["args"], case["fn"]

    def known(column: list[Any]) -> list[Any]:
        return sorted({v for v in column if v is not None})

    def coded(column: list[Any], values: list[Any]) -> np.ndarray:
        place = {v: i for i, v in enumerate(values)} | {None: -1}
        return np.array([place[v] for v in column], np.int64)

    (segment, label), (p_segment, p_label) = args["truth"], args["estimate"]
    levels = known(frame[label] + frame[p_label])
    cells = panoptic.SegmentCells(
        np.zeros(len(frame[segment]), np.int64),
        coded(frame[args["image"]], known(frame[args["image"]])),
        coded(frame[segment], known(frame[segment])),
        coded(frame[label], levels),
        coded(frame[p_segment], known(frame[p_segment])),
        coded(frame[p_label], levels),
        numbers(frame[args["case_weights"]]),
        np.array([bool(v) for v in frame[args["iscrowd"]]]),
    )
    counts = panoptic.segment_counts(cells, (1, len(levels)))
    value = getattr(counts, fn.removeprefix("panoptic_").removesuffix("_quality"))()
    if args.get("estimator") == "per_class":
        n = len(levels)
        return {".metric": [fn] * n, ".estimator": ["per_class"] * n, ".level": levels, ".estimate": value[0].tolist()}
    return {".metric": [fn], ".estimator": ["macro"], ".estimate": average(value, None, "drop").tolist()}


ANSWERS = {
    "detection": detection, "set": detection, "conf_mat": detection, "read_coco": read_coco, "paired": pairs,
    "paired_vec": pairs, "paired_set": pairs, "class": segmentation, "masks": segmentation, "panoptic": segments,
}  # fmt: skip


def answer(case: dict[str, Any]) -> Any:
    """Answer a case by the kernels."""
    return ANSWERS[case["kind"]](case)
