"""The boxes of a call as arrays: columns checked, keys placed, images, labels and groups numbered.

A key that both frames have splits both. One of predictions alone, such as the model, has the whole truth for each of its
values. One of truth alone must be one value an image, and a key in `images=` is the image's for both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import BoxError, ColumnNotFoundError, LevelError, OptionError, listed, nearest
from tidymetrics.families.detection import checks
from tidymetrics.families.detection.boxes import BOX_FORMATS, as_xywh
from tidymetrics.families.detection.layout import PredictedBoxes, TrueBoxes
from tidymetrics.frames import (
    GroupKey,
    Side,
    collect_side,
    groups_of,
    is_frame,
    joined,
    keys_of,
    names_in,
    recognise_side,
    settle_levels,
    side_of_values,
    values_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from tidymetrics.core.call import Call
    from tidymetrics.frames import InputFrame, Origin
    from tidymetrics.typing import Array, Codes, Level

INSTEAD = "Filter the images, or score a part of the groups at a time."


@dataclass(frozen=True, eq=False, repr=False)
class Boxes:
    """The boxes of a call."""

    predicted: PredictedBoxes
    true: TrueBoxes
    shape: tuple[int, int, int]
    """How many groups, images and labels there are."""
    levels: tuple[Level, ...] | None
    """None where boxes are matched whatever their label."""
    groups: pl.DataFrame
    origin: Origin
    images: pl.Series
    """The images of the codes."""
    rows: Codes
    """[predictions] where each stood in `data`"""
    truth_rows: Codes
    """[truths] where each stood in `truth`; a row stands several times where a key is of predictions alone"""
    unit: pl.Series | None = None
    """[images] what was drawn independently, where a call says so; else images are"""


@dataclass(frozen=True, eq=False, repr=False)
class _Frames:
    """What a call gives, once its columns are in memory."""

    data: Side
    truth: Side
    images: Side | None
    rows: Codes
    truth_rows: Codes

    def sides(self) -> tuple[Side, Side]:
        return self.data, self.truth


def gather(call: Call) -> Boxes:
    """Read the boxes of a call."""
    given = call.input
    _require_words(call)
    by = keys_of(given.by, given)
    unit = next((role.column for role in call.more), None)
    frames = _collected(call, given, by if unit is None or unit in by else [*by, unit])
    _require_known(call, frames)
    boxes = [_xywh(call, side) for side in frames.sides()]
    score = frames.data.numbers(call.get("estimate"))
    _raise(checks.number_fault("data", call.get("estimate"), score))
    images = _images(call, frames)
    levels, labels = _labels(call, frames)
    made = _made(call, frames, boxes, score, images[0], labels)
    placed = _placed(call, frames, by, images)
    data_group, truth_group, groups, origin, copies = _grouped(given, placed, frames.data.n, frames.truth.n)
    predicted, true = replace(made[0], group=data_group), replace(_repeated(made[1], copies), group=truth_group)
    truth_rows = np.tile(frames.truth_rows, copies)
    rows = frames.rows
    if not frames.data.ordered:
        predicted, rows = _by_place(predicted, rows)
    if not frames.truth.ordered:
        true, truth_rows = _by_place(true, truth_rows)
    shape = (len(groups), len(images[1]), 1 if levels is None else len(levels))
    units = None if unit is None else _units(call, frames, unit, images)
    return Boxes(predicted, true, shape, levels, groups, origin, images[1], rows, truth_rows, units)


def _raise(fault: str | None) -> None:
    if fault is not None:
        raise BoxError(fault)


def _require_words(call: Call) -> None:
    """Refuse arguments that are none, before a frame is read."""
    box_format, box = call.get("box_format"), call.get("box")
    if box_format not in BOX_FORMATS:
        raise OptionError(f"box_format: expected one of {', '.join(map(repr, BOX_FORMATS))}; got {box_format!r}.")
    if isinstance(box, str) or not hasattr(box, "__len__") or len(box) != 4:
        raise OptionError(f"box: expected the names of four columns; got {box!r}.")


def _columns(call: Call) -> list[tuple[str, str]]:
    label = call.get("label")
    own = [("image", call.get("image")), *([] if label is None else [("label", label)])]
    return [*own, *(("box", name) for name in call.get("box"))]


def _collected(call: Call, given: InputFrame, by: Sequence[str]) -> _Frames:
    """Collect the columns that are read of each frame."""
    estimate, truth = call.get("estimate"), call.get("truth")
    marks = [(name, call.get(name)) for name in ("area", "iscrowd", "ignore") if call.get(name) is not None]
    images, image_names = _given_images(call, by)
    shared = [name for name in by if name not in image_names]
    if isinstance(truth, str):
        _require_keys(by, image_names, names_in(given))
        wanted = [*_columns(call), ("estimate", estimate), ("truth", truth), *marks, *(("by", key) for key in shared)]
        both = collect_side(given, "data", wanted, INSTEAD)
        _raise(checks.missing_fault("data", truth, both.missing(truth)))
        real = both.flags(truth)
        rows, truth_rows = np.flatnonzero(~real), np.flatnonzero(real)
        return _Frames(both.at(rows), replace(both.at(truth_rows), what="truth"), images, rows, truth_rows)
    other = recognise_side(truth, "truth")
    there = names_in(given), names_in(other)
    _require_keys(by, image_names, *there)
    keys = [[("by", key) for key in shared if key in names] for names in there]
    try:
        data = collect_side(given, "data", [*_columns(call), ("estimate", estimate), *keys[0]], INSTEAD)
    except ColumnNotFoundError as problem:
        if estimate in there[1] and estimate not in there[0]:
            raise ColumnNotFoundError(f"{problem} The truth has it: are the two frames swapped?") from None
        raise
    side = collect_side(other, "truth", [*_columns(call), *marks, *keys[1]], INSTEAD)
    return _Frames(data, side, images, np.arange(data.n), np.arange(side.n))


def _given_images(call: Call, by: Sequence[str]) -> tuple[Side | None, Sequence[str]]:
    """Read `images=`: a frame, or the images alone; and name the keys that it has."""
    images, image = call.get("images"), call.get("image")
    if images is None:
        return None, ()
    if not is_frame(images):
        return side_of_values(images, "images", image), ()
    frame = recognise_side(images, "images")
    keys = [key for key in by if key in names_in(frame) and key != image]
    return collect_side(frame, "images", [("image", image), *(("by", key) for key in keys)], INSTEAD), keys


def _require_keys(by: Sequence[str], images: Sequence[str], *frames: Sequence[str]) -> None:
    known = list(dict.fromkeys([*images, *(name for names in frames for name in names)]))
    for key in by:
        if key not in known:
            raise ColumnNotFoundError(f"by: no frame of the call has a column {key!r}.{nearest(key, known)}")


def _require_known(call: Call, frames: _Frames) -> None:
    for side in frames.sides():
        for column in (call.get("image"), call.get("label")):
            if column is not None:
                _raise(checks.missing_fault(side.what, column, side.missing(column)))


def _xywh(call: Call, side: Side) -> Array:
    names = call.get("box")
    box = np.stack([side.numbers(name) for name in names])  # [4, rows]
    _raise(checks.box_fault(side.what, names, box, call.get("box_format")))
    return as_xywh(box, call.get("box_format"))


def _images(call: Call, frames: _Frames) -> tuple[list[Codes], pl.Series]:
    """Number the images of both frames, and of `images=`; those alone are looked at where it is given."""
    image = call.get("image")
    sides = [*frames.sides(), *([] if frames.images is None else [frames.images])]
    codes, values = joined([side.plain(image) for side in sides], f"image {image!r}")
    if frames.images is not None:
        count = np.bincount(codes[2], minlength=len(values))
        _raise(checks.repeated_image_fault(image, values.gather(np.flatnonzero(count > 1)).to_list()))
        for side, own in zip(frames.sides(), codes, strict=False):
            odd = np.unique(own[count[own] == 0])[:3]
            _raise(checks.unknown_image_fault(side.what, image, count[own] > 0, values.gather(odd).to_list()))
    return codes, values


def _labels(call: Call, frames: _Frames) -> tuple[tuple[Level, ...] | None, tuple[Codes, Codes]]:
    """Give the levels, and the position of each label in them."""
    label, given = call.get("label"), call.get("levels")
    if label is None:
        return None, (np.zeros(frames.data.n, np.int64), np.zeros(frames.truth.n, np.int64))
    truth, estimate = frames.truth.classes(label), frames.data.classes(label)
    levels, true, predicted, stated = settle_levels(truth, estimate, given)
    for side, coded, codes in ((frames.truth, truth, true), (frames.data, estimate, predicted)):
        if (odd := codes < 0).any():
            unknown = [coded.values[i] for i in np.unique(coded.codes[odd]).tolist()]
            raise LevelError(_unknown(side.what, label, unknown, levels, stated=stated))
    return levels, (predicted, true)


def _unknown(what: str, label: str, unknown: Sequence[Level], levels: Sequence[Level], *, stated: bool) -> str:
    if stated:
        return f"{what} {label!r}: expected labels that are levels, {listed(levels, 3)}; got {listed(unknown, 3)} as well."
    every = ", ".join(map(repr, [*levels, *unknown][:10])) + (", ..." if len(levels) + len(unknown) > 10 else "")
    return (
        f"{what} {label!r}: {listed(unknown, 3)} {'is' if len(unknown) == 1 else 'are'} predicted and never true. If they are "
        f"classes, name all of them: levels=[{every}]."
    )


def _made(
    call: Call,
    frames: _Frames,
    boxes: Sequence[Array],
    score: Array,
    images: Sequence[Codes],
    labels: tuple[Codes, Codes],
) -> tuple[PredictedBoxes, TrueBoxes]:
    truth, area = frames.truth, call.get("area")
    size = None if area is None else truth.numbers(area)
    if size is not None:
        _raise(checks.number_fault("truth", area, size))
    crowd, ignored = (None if call.get(name) is None else truth.flags(call.get(name)) for name in ("iscrowd", "ignore"))
    none = np.zeros(0, np.int64)
    return (
        PredictedBoxes(none, images[0], labels[0], boxes[0], score),
        TrueBoxes(none, images[1], labels[1], boxes[1], size, crowd, ignored),
    )


@dataclass(frozen=True, eq=False, repr=False)
class _Placed:
    """A key with the codes of both sides; None of truth where predictions alone have it."""

    key: GroupKey
    data: Codes
    truth: Codes | None


def _placed(call: Call, frames: _Frames, by: Sequence[str], images: tuple[list[Codes], pl.Series]) -> list[_Placed]:
    """Say of each key which value every box of both frames has."""
    codes, values = images
    found = []
    for name in by:
        sides = [side for side in frames.sides() if name in side.columns]
        if frames.images is not None and name in frames.images.columns:
            sides = [frames.images]
        own, known = joined([side.plain(name) for side in sides], f"by {name!r}")
        key = GroupKey(name, known, [(side.columns[name], code) for side, code in zip(sides, own, strict=True)])
        if len(own) == 2:
            found.append(_Placed(key, own[0], own[1]))
        elif sides[0].what == "data":
            found.append(_Placed(key, own[0], None))
        else:
            at = codes[2] if sides[0].what == "images" else codes[1]
            of_image = _one_an_image(name, call.get("image"), at, own[0], len(values))
            data = of_image[codes[0]]
            if (data < 0).any():
                odd = values.gather(np.unique(codes[0][data < 0])[:3]).to_list()
                raise BoxError(
                    f"by {name!r}: the truth has it, and does not say what it is for all predicted images, such as "
                    f"{listed(odd, 3)}; pass images=, a frame with {call.get('image')!r} and {name!r}."
                )
            found.append(_Placed(key, data, of_image[codes[1]]))
    return found


def _units(call: Call, frames: _Frames, unit: str, images: tuple[list[Codes], pl.Series]) -> pl.Series:
    """Give the unit of each image [images], null where no frame says it."""
    every = [*frames.sides(), *([] if frames.images is None else [frames.images])]
    having = [i for i, side in enumerate(every) if unit in side.columns]
    codes, known = joined([every[i].plain(unit) for i in having], f"unit {unit!r}")
    at = np.concatenate([images[0][i] for i in having])
    n_images = len(images[1])
    of_image = _one_an_image(unit, call.get("image"), at, np.concatenate(codes), n_images, "unit")
    return values_at(known, of_image)


def _one_an_image(name: str, image: str, images: Codes, codes: Codes, n_images: int, what: str = "by") -> Codes:
    """Give the value of a key of each image [images], -1 where none is known."""
    of_image = np.full(n_images, -1)
    of_image[images] = codes
    if (of_image[images] != codes).any() and what == "unit":
        raise OptionError(f"unit {name!r}: expected one unit an image, since an image is scored as a whole; some have several.")
    if (of_image[images] != codes).any():
        raise BoxError(
            f"by {name!r}: the truth alone has it, and there it is not one value an image; pass images=, a frame with "
            f"{image!r} and {name!r}, or give the predictions the column too."
        )
    return of_image


def _grouped(
    given: InputFrame, placed: Sequence[_Placed], n_data: int, n_truth: int
) -> tuple[Codes, Codes, pl.DataFrame, Origin, int]:
    """Number the groups: of each prediction, of each true box, copies included; with their keys, and how many copies."""
    own = [p for p in placed if p.truth is None]
    combinations = _combinations([p.data for p in own], [len(p.key.values) for p in own]) if own else []
    copies = len(combinations[0]) if own else 1
    data, truth = np.zeros(n_data, np.int64), np.zeros(copies * n_truth, np.int64)
    for p in placed:
        size = len(p.key.values)
        data = data * size + p.data
        truth = truth * size + (np.repeat(combinations[own.index(p)], n_truth) if p.truth is None else np.tile(p.truth, copies))
    distinct = np.unique(np.concatenate([data, truth])) if placed else np.zeros(1, np.int64)
    groups, origin = groups_of([p.key for p in placed], _apart(distinct, [len(p.key.values) for p in placed]), given)
    return np.searchsorted(distinct, data), np.searchsorted(distinct, truth), groups, origin, copies


def _combinations(codes: Sequence[Codes], sizes: Sequence[int]) -> list[Codes]:
    """Give the distinct combinations of the codes of several keys, key by key."""
    mixed = np.zeros(len(codes[0]), np.int64)
    for code, size in zip(codes, sizes, strict=True):
        mixed = mixed * size + code
    return _apart(np.unique(mixed), sizes)


def _apart(mixed: Codes, sizes: Sequence[int]) -> list[Codes]:
    """Take combined codes apart."""
    made = []
    for size in reversed(sizes):
        mixed, code = np.divmod(mixed, max(size, 1))
        made.append(code)
    return made[::-1]


def _repeated(true: TrueBoxes, copies: int) -> TrueBoxes:
    """Repeat the truth, for each value of the keys that predictions alone have."""
    if copies == 1:
        return true

    def again(values: Any) -> Any:
        return None if values is None else np.tile(values, copies)

    return TrueBoxes(
        true.group, again(true.image), again(true.label), np.tile(true.box, (1, copies)),
        again(true.area), again(true.crowd), again(true.ignored),
    )  # fmt: skip


def _by_place(boxes: Any, rows: Codes) -> tuple[Any, Codes]:
    """Order boxes whose rows have no order, by where they lie: equal scores and overlaps then have one."""
    order = np.lexsort(boxes.box[::-1])
    own = {name: value for name, value in vars(boxes).items() if value is not None and name != "box"}
    return replace(boxes, box=boxes.box[:, order], **{name: value[order] for name, value in own.items()}), rows[order]
