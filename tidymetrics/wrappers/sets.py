"""Several metrics at once, over one pass of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from tidymetrics.core.call import Call, classes_call, score
from tidymetrics.core.function import MetricFunction
from tidymetrics.core.metric import METRICS
from tidymetrics.core.results import plain_frame
from tidymetrics.errors import MetricSetError, OptionError, nearest
from tidymetrics.families.classes.family import class_roles
from tidymetrics.families.classes.matrix import ConfusionMatrix
from tidymetrics.frames import given_levels, holds_numbers, prepare, recognise
from tidymetrics.statistics import Confusion, Reductions
from tidymetrics.wrappers.groupwise import kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from narwhals.typing import IntoDataFrameT
    from polars.dataframe.group_by import GroupBy
    from polars.lazyframe.group_by import LazyGroupBy

    from tidymetrics.core.evaluate import BoundMetric
    from tidymetrics.families.classes.probabilities import Probabilities
    from tidymetrics.typing import By, Estimator, EventLevel, Level


_CLASS = ("class",)
_TAKEN_BY = {
    "estimator": _CLASS,
    "event": _CLASS,
    "event_level": _CLASS,
    "levels": _CLASS,
    "probs": ("class", "survival"),
    "linear_pred": ("survival",),
    "eval_time": ("survival",),
    "censoring_weights": ("survival",),
    "quantile_levels": ("quantile",),
}
"""The families of metrics that take an argument which not all take."""


@dataclass(frozen=True)
class MetricSet:
    """Metrics of one family, called like one metric; made by `metric_set`."""

    members: tuple[MetricFunction, ...]

    def __repr__(self) -> str:
        return f"<metric set of {len(self.members)}: {', '.join(m.metric.name for m in self.members)}>"

    @property
    def family(self) -> str:
        """What the members take: "class" (of predicted classes and of probabilities), "numeric", "quantile" or "survival"."""
        return self.members[0].kind.family

    def as_frame(self) -> pl.DataFrame:
        """Give a row a member: metric, kind, direction."""
        records = [m.metric for m in self.members]
        return plain_frame(
            metric=[r.name for r in records], kind=[r.kind for r in records], direction=[r.direction for r in records]
        )

    @overload
    def __call__(
        self,
        data: pl.LazyFrame | GroupBy | LazyGroupBy,
        truth: str | tuple[str, str],
        estimate: str | Probabilities | None = ...,
        *,
        probs: Probabilities | None = ...,
        linear_pred: str | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        **options: Any,
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self,
        data: IntoDataFrameT,
        truth: str | tuple[str, str],
        estimate: str | Probabilities | None = ...,
        *,
        probs: Probabilities | None = ...,
        linear_pred: str | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        **options: Any,
    ) -> IntoDataFrameT: ...
    @overload
    def __call__(
        self,
        data: object,
        truth: str | tuple[str, str],
        estimate: str | Probabilities | None = ...,
        *,
        probs: Probabilities | None = ...,
        linear_pred: str | None = ...,
        quantile_levels: Sequence[float] | None = ...,
        eval_time: str | None = ...,
        censoring_weights: str | None = ...,
        by: By = ...,
        estimator: Estimator | None = ...,
        na_rm: bool = ...,
        case_weights: str | None = ...,
        event_level: EventLevel = ...,
        event: Level | None = ...,
        levels: Sequence[Level] | None = ...,
        **options: Any,
    ) -> Any: ...
    def __call__(
        self,
        data: Any,
        truth: str | tuple[str, str],
        estimate: str | Probabilities | None = None,
        *,
        probs: Probabilities | None = None,
        linear_pred: str | None = None,
        quantile_levels: Sequence[float] | None = None,
        eval_time: str | None = None,
        censoring_weights: str | None = None,
        by: By = None,
        estimator: Estimator | None = None,
        na_rm: bool = True,
        case_weights: str | None = None,
        event_level: EventLevel = "first",
        event: Level | None = None,
        levels: Sequence[Level] | None = None,
        **options: Any,
    ) -> Any:
        """Score a frame with every member.

        Parameters
        ----------
        data, truth, estimate, by, case_weights
            As for one metric; `estimate` is the column of predicted classes, numbers or times, or the columns of quantiles.
        probs
            The probabilities, for the members that take these: a column, a list, a mapping or a selector; of survival data the
            survival probabilities, or the nested column. A set of only such members takes them as `estimate` as well.
        linear_pred
            The linear predictor, for survival sets; `estimate` will do for a set of only such members.
        quantile_levels
            The levels of the quantiles, for sets of their metrics.
        eval_time, censoring_weights
            The columns of evaluation times and of censoring weights, for survival sets on long data. Members that take one
            prediction a subject then read the rows of the first evaluation time.
        na_rm, estimator, event_level, event
            As for one metric; what a member has fixed wins, and a member that has no such estimator takes its default.
        levels
            All classes in order, for sets of class metrics.
        **options
            Options of members (`beta=2`): each goes to all members that have it.

        Returns
        -------
        A frame of the caller's library: exactly the rows of the members, in their order.

        Raises
        ------
        MetricSetError
            For an argument that no member takes.
        """
        given: dict[str, Any] = {
            "estimator": estimator,
            "event": event,
            "levels": levels,
            "probs": probs,
            "linear_pred": linear_pred,
        }
        given |= {"quantile_levels": quantile_levels, "eval_time": eval_time, "censoring_weights": censoring_weights}
        given |= {} if event_level == "first" else {"event_level": event_level}
        if wrong := [n for n, value in given.items() if value is not None and self.family not in _TAKEN_BY[n]]:
            raise MetricSetError(f"no metric of the set takes {wrong[0]}=: they are of the family {self.family!r}.")
        arguments = {"estimator": estimator, "na_rm": na_rm, "event_level": event_level, "event": event}
        bounds = self._bind(arguments | {"quantile_levels": quantile_levels}, options)
        source = recognise(data, by)
        call = Call(source, truth, estimate, probs, case_weights, levels, eval_time, censoring_weights, linear_pred)
        if self.family == "class":
            call = classes_call(call, *kinds_of(self.members))
        elif self.family == "numeric" and not isinstance(estimate, str):
            raise OptionError(f"estimate: expected the name of the column of predictions; got {estimate!r}.")
        return score(bounds, call)

    def _bind(self, arguments: dict[str, Any], options: dict[str, Any]) -> list[BoundMetric]:
        known = dict.fromkeys(name for m in self.members for name in m.metric.options)
        for name in options:
            if name not in known:
                raise MetricSetError(
                    f"no metric of the set takes an argument {name!r}.{nearest(name, known)}"
                    + (f" Their options are: {', '.join(known)}." if known else " They have no options.")
                )
        bounds = []
        for member in self.members:
            own = {name: value for name, value in options.items() if name in member.metric.options}
            # a member that lacks the estimator asked for keeps its default, as in yardstick
            known_estimator = arguments["estimator"] in member.metric.choices
            bounds.append(member.bind({**arguments, "estimator": arguments["estimator"] if known_estimator else None}, own))
        self._require_known_estimator(arguments["estimator"])
        return bounds

    def _require_known_estimator(self, estimator: str | None) -> None:
        known = dict.fromkeys(name for m in self.members for name in m.metric.choices)
        if estimator is not None and estimator not in known:
            raise MetricSetError(f"no metric of the set has an estimator {estimator!r}; they have {', '.join(known)}.")


def metric_set(*metrics: Any, **named: Any) -> MetricSet:
    """Join metrics into one, which reads the data once.

    Parameters
    ----------
    *metrics
        Metrics of one family: those of classes and of class probabilities; numeric ones; those of quantiles; those of survival
        data.
    **named
        More of them, under names of their own: ``metric_set(f2=tm.f_meas.tweak(beta=2))``.

    Returns
    -------
    MetricSet
        Called like a metric: ``(data, truth, estimate, *, by=None, ...)``. It gives exactly the rows of its members, in
        their order.

    Raises
    ------
    MetricSetError
        For no metrics at all, two of one name, or metrics of several families.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b", "c"], "pred": ["a", "b", "c", "c"]})
    >>> tm.metric_set(tm.accuracy, tm.kap)(df, "obs", "pred")[".metric"].to_list()
    ['accuracy', 'kap']
    """
    members = [*metrics, *(_named(name, metric) for name, metric in named.items())]
    if not members:
        raise MetricSetError("metric_set: expected at least one metric.")
    if wrong := [m for m in members if not isinstance(m, MetricFunction)]:
        raise MetricSetError(f"metric_set: expected metrics such as tm.accuracy; got {wrong[0]!r}.{_hint(wrong[0])}")
    names = [m.metric.name for m in members]
    if twice := [name for name in names if names.count(name) > 1]:
        raise MetricSetError(f"metric_set: there are two metrics named {twice[0]!r}; name one: metric_set(other_name=...).")
    families = dict.fromkeys(m.kind.family for m in members)
    if len(families) > 1:
        shown = "; ".join(
            f"{family}: {', '.join(m.metric.name for m in members if m.kind.family == family)}" for family in families
        )
        raise MetricSetError(f"metric_set: metrics of several families cannot be one set ({shown}). Make a set of each.")
    return MetricSet(tuple(members))


def _hint(given: Any) -> str:
    if isinstance(given, (list, tuple)):
        return " Write metric_set(*metrics)."
    if callable(given) and getattr(given, "__module__", "").endswith("wrappers.fairness"):
        return f' Name the sensitive column: tm.{given.__name__}("column").'
    return ""


def _named(name: str, metric: Any) -> Any:
    return metric._as(name, {}) if isinstance(metric, MetricFunction) else metric  # noqa: SLF001


def get_metrics(*kinds: str) -> MetricSet:
    """Give the set of all metrics of the kinds named, by name.

    Parameters
    ----------
    *kinds
        Kinds of one family, such as "class" or "numeric".

    Returns
    -------
    MetricSet

    Raises
    ------
    MetricSetError
        For a kind that does not exist, or kinds of several families.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> tm.get_metrics("numeric").as_frame()["metric"].to_list()[:3]
    ['ccc', 'gini_coef', 'huber_loss']
    """
    known = dict.fromkeys(m.metric.kind for m in METRICS.values())
    for kind in kinds:
        if kind not in known:
            raise MetricSetError(
                f"get_metrics: there is no kind {kind!r}.{nearest(kind, known)} There are: {', '.join(known)}."
            )
    return metric_set(*(METRICS[name] for name in sorted(METRICS) if METRICS[name].metric.kind in (kinds or known)))


def conf_mat(
    data: Any,
    truth: str,
    estimate: str,
    *,
    by: By = None,
    case_weights: str | None = None,
    levels: Sequence[Level] | None = None,
) -> ConfusionMatrix:
    """Count predictions by truth.

    Parameters
    ----------
    data, truth, estimate, by, case_weights, levels
        As for a class metric. Rows in which one of the columns is missing are not counted.

    Returns
    -------
    ConfusionMatrix
        Of each group; it prints as a table, and every class metric takes it in place of data.

    Raises
    ------
    LevelError, ColumnNotFoundError, WeightError
        As for a class metric.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b", "b"], "pred": ["a", "b", "a"]})
    >>> tm.conf_mat(df, "obs", "pred")
              Truth
    Prediction  a  b
             a  1  1
             b  0  1
    """
    rows = prepare(recognise(data, by), class_roles(truth, estimate, case_weights))
    request = Confusion.request(None if levels is None else given_levels(levels))
    reductions = Reductions(rows, (request,))
    confusion = reductions.get(request)
    size = len(confusion.levels)
    return ConfusionMatrix.of(confusion.counts.table[:, :size, :size], confusion.levels.values, rows, reductions.known_groups)


def metrics(
    data: Any, truth: str, estimate: str, probs: Probabilities | None = None, *, by: By = None, **arguments: Any
) -> Any:
    """Score with the usual metrics for the kind of truth: yardstick's default set.

    Classes (strings, categories, booleans) are scored with accuracy and kap, and where there are probabilities with
    mn_log_loss and roc_auc as well; numbers with rmse, rsq and mae.

    Parameters
    ----------
    data, truth, estimate, by
        As for one metric.
    probs
        The probabilities, as for `roc_auc`.
    **arguments
        Further arguments of the set, such as `case_weights=`, or `levels=`, which makes integers classes.

    Returns
    -------
    A frame of the caller's library: a row a metric and group.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.metrics(df, "y", "yhat")[".metric"].to_list()
    ['rmse', 'rsq', 'mae']
    """
    stated = probs is not None or arguments.get("levels") is not None
    numeric = not stated and holds_numbers(recognise(data, by).frame, truth, "truth")
    names = ["rmse", "rsq", "mae"] if numeric else ["accuracy", "kap"]
    names += [] if probs is None else ["mn_log_loss", "roc_auc"]
    return metric_set(*(METRICS[name] for name in names))(data, truth, estimate, probs=probs, by=by, **arguments)
