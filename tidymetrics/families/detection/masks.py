"""The confusion matrix of masks: pixels counted by predicted and true class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidymetrics.errors import OptionError
from tidymetrics.families.classes.matrix import ConfusionMatrix
from tidymetrics.families.detection.confusion import mask_counts
from tidymetrics.frames import given_levels, groups_of_values, no_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.typing import Level


def conf_mat_masks(
    truth: Any, estimate: Any, *, levels: Sequence[Level], ignore: int | None = None, images: Sequence[Any] | None = None
) -> ConfusionMatrix:
    """Count the pixels of masks by predicted and true class.

    Every class metric takes the matrix in place of data: `jaccard` is then mean IoU, `accuracy` pixel accuracy.

    Parameters
    ----------
    truth, estimate
        Arrays of whole numbers [..., height, width]: the class of each pixel.
    levels
        All classes in order.
    ignore
        Pixels whose truth has this value are left out, such as 255.
    images
        A name for each item of the first axis; the images are then groups, with the key `image_id`.

    Returns
    -------
    ConfusionMatrix
        Of each image, or of all pixels; its frames are polars'.

    Raises
    ------
    LevelError
        A pixel has a value that is not a level.
    OptionError
        The arrays differ in shape, or `images` does not fit them.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> cm = tm.conf_mat_masks([[0, 0], [1, 255]], [[0, 1], [1, 1]], levels=[0, 1], ignore=255)
    >>> tm.jaccard(cm, estimator="macro")[".estimate"].item()
    0.5
    """
    known = given_levels(levels)
    if images is not None and np.ndim(truth) < 3:
        raise OptionError(f"images: expected masks of three axes, the first of images; truth has {np.ndim(truth)}.")
    if images is not None and len(images) != len(np.asarray(truth)):
        raise OptionError(f"images: expected a name for each of {len(np.asarray(truth))} images; got {len(images)}.")
    counts = mask_counts(truth, estimate, levels=known, ignore=ignore, apart=images is not None)
    groups, origin = groups_of_values({} if images is None else {"image_id": images})
    return ConfusionMatrix.of(counts, known, no_rows(origin), groups)
