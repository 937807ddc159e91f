"""The images of each group, and the boxes of a part of them: what is split to see how far a metric varies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.frames import groups_of_parts
from tidymetrics.statistics.movable import codes_of_units

if TYPE_CHECKING:
    import polars as pl

    from tidymetrics.families.detection.gather import Boxes
    from tidymetrics.typing import Array, Codes


@dataclass(frozen=True, eq=False, repr=False)
class Images:
    """The images of the groups of a call, together in units."""

    boxes: Boxes
    pair: Codes
    """[images of groups] group * images + image, ascending"""
    number: Codes
    """[images of groups] the unit of each"""
    of_unit: Codes
    """[units] the group of each, ascending"""
    names: pl.Series
    """[units]"""

    @classmethod
    def of(cls, boxes: Boxes) -> Images:
        """Number the images of each group, and the units that they belong to."""
        n_groups, n_images, _ = boxes.shape
        own = np.unique(boxes.true.group * n_images + boxes.true.image)
        every = np.unique(np.append(own, boxes.predicted.group * n_images + boxes.predicted.image))
        # groups with one truth, such as models, were all shown the images that any of them has boxes on
        alike = _numbers_of_sets(own // n_images, boxes.images.hash(1).to_numpy()[own % n_images], n_groups)
        shown = np.unique(alike[every // n_images] * n_images + every % n_images)
        sets = np.split(shown % n_images, np.searchsorted(shown // n_images, np.arange(1, alike.max(initial=-1) + 1)))
        parts = [g * n_images + sets[alike[g]] for g in range(n_groups)] if len(shown) else []
        pair = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        group, image = pair // max(n_images, 1), pair % max(n_images, 1)
        if boxes.unit is None:
            return cls(boxes, pair, np.arange(len(pair)), group, boxes.images.gather(image))
        codes = codes_of_units(boxes.unit)[image]
        units, number = np.unique(group * (len(boxes.unit) + 1) + codes, return_inverse=True)
        first = np.full(len(units), -1)
        first[number[::-1]] = image[::-1]
        return cls(boxes, pair, number, units // (len(boxes.unit) + 1), boxes.unit.gather(first))

    def in_parts(self, part: Codes, n_parts: int) -> Boxes:
        """Give the boxes with parts of the units in place of groups; `part` [units] is -1 where a unit is left out."""
        boxes, n_images = self.boxes, self.boxes.shape[1]
        of_pair = part[self.number]
        placed = [of_pair[np.searchsorted(self.pair, s.group * n_images + s.image)] for s in (boxes.predicted, boxes.true)]
        predicted, true = (_chosen(s, p) for s, p in zip((boxes.predicted, boxes.true), placed, strict=True))
        shape = (n_parts, *boxes.shape[1:])
        return replace(boxes, predicted=predicted, true=true, shape=shape, groups=groups_of_parts(n_parts))


def _chosen(side: Any, group: Codes) -> Any:
    """Keep the boxes that have a group, with it."""
    kept = np.flatnonzero(group >= 0)
    own = {name: value[..., kept] for name, value in vars(side).items() if value is not None and name != "group"}
    return replace(side, group=group[kept], **own)


def _numbers_of_sets(group: Codes, hashes: Array, n_groups: int) -> Codes:
    """Number groups alike [groups] that have the same members."""
    mixed = np.zeros(n_groups, np.uint64)
    np.add.at(mixed, group, hashes)
    return np.unique(mixed, return_inverse=True)[1].reshape(-1)
