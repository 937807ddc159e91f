"""COCO's JSON as columns: what `read_coco` makes frames of.

::

    read = coco_columns("instances.json", "results.json")      # paths, or what json.load gives
    read.truth, read.predictions, read.images                  # dictionaries of columns; predictions may be None
    read.labels                                                # names of the categories in the order of the file

Labels are positions in `labels`, so that a frame has them as an Enum without looking names up.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tidymetrics.errors import LevelError, OptionError, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOX = ("xmin", "ymin", "xmax", "ymax")


class CocoColumns(NamedTuple):
    """The tables of COCO's files, column by column."""

    labels: list[str]
    truth: dict[str, Any]
    """image_id, label, xmin, ymin, xmax, ymax, width, height, area, iscrowd"""
    predictions: dict[str, Any] | None
    """image_id, label, xmin, ymin, xmax, ymax, width, height, score"""
    images: dict[str, Any]
    """image_id, width, height, file_name"""


def coco_columns(annotations: Any, results: Any = None) -> CocoColumns:
    """Read annotations, and results if there are any: paths or loaded objects."""
    data = _loaded("annotations", annotations)
    for part in ("images", "annotations", "categories"):
        if not isinstance(data, dict) or part not in data:
            raise OptionError(
                f"annotations: expected COCO's JSON with images, annotations and categories; {part!r} is missing."
            )
    names = {category["id"]: position for position, category in enumerate(data["categories"])}
    truth = _boxes("annotations", data["annotations"], names)
    size = truth["width"] * truth["height"]
    truth["area"] = np.array([row.get("area", s) for row, s in zip(data["annotations"], size.tolist(), strict=True)], float)
    truth["iscrowd"] = np.array([bool(row.get("iscrowd", 0)) for row in data["annotations"]], bool)
    images = {"image_id": [image["id"] for image in data["images"]]}
    images |= {key: [image.get(key) for image in data["images"]] for key in ("width", "height", "file_name")}
    return CocoColumns([str(c["name"]) for c in data["categories"]], truth, _predictions(results, names), images)


def _predictions(results: Any, names: Mapping[Any, int]) -> dict[str, Any] | None:
    if results is None:
        return None
    rows = _loaded("results", results)
    if not isinstance(rows, list):
        raise OptionError(f"results: expected a list of detections; got {type(rows).__name__}.")
    columns = _boxes("results", rows, names)
    columns["score"] = np.array([row["score"] for row in rows], float)
    return columns


def _loaded(what: str, given: Any) -> Any:
    if not isinstance(given, (str, os.PathLike)):
        return given
    try:
        return json.loads(Path(given).read_bytes())
    except json.JSONDecodeError as error:
        raise OptionError(f"{what}: expected a file of JSON; {given!s} is none: {error}.") from None


def _boxes(what: str, rows: Sequence[Mapping[str, Any]], names: Mapping[Any, int]) -> dict[str, Any]:
    lacking = [position for position, row in enumerate(rows) if "bbox" not in row]
    if lacking:
        raise OptionError(f"{what}: expected a bbox in each entry; {len(lacking)} lack it, the first is entry {lacking[0]}.")
    label = np.array([names.get(row["category_id"], -1) for row in rows], np.int64)
    if (label < 0).any():
        odd = sorted({row["category_id"] for row in rows if row["category_id"] not in names})
        raise LevelError(f"{what}: expected category_id of categories; got {listed(odd, 3)} as well.")
    box = np.array([row["bbox"] for row in rows], float).reshape(-1, 4)
    columns: dict[str, Any] = {"image_id": [row["image_id"] for row in rows], "label": label}
    columns |= dict(zip(BOX, [*box[:, :2].T, *(box[:, :2] + box[:, 2:]).T], strict=True))
    return columns | {"width": box[:, 2], "height": box[:, 3]}
