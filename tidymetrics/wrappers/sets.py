"""Several metrics at once, over one pass of the data."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidymetrics.core.arguments import Table
from tidymetrics.core.call import Call
from tidymetrics.core.family import KINDS
from tidymetrics.core.function import MetricFunction
from tidymetrics.core.metric import METRICS
from tidymetrics.core.results import plain_frame
from tidymetrics.core.score import score, stack_depth
from tidymetrics.errors import ClassesAsNumbersWarning, MetricSetError, nearest, shown
from tidymetrics.frames import holds_numbers, recognise
from tidymetrics.statistics import ZerosAndOnes

if TYPE_CHECKING:
    import inspect
    from collections.abc import Mapping, Sequence

    import polars as pl

    from tidymetrics.core.metric import BoundMetric
    from tidymetrics.typing import By, Probabilities


@dataclass(frozen=True)
class MetricSet:
    """Metrics of one family, called like one metric; made by `metric_set`."""

    members: tuple[MetricFunction, ...]

    def __repr__(self) -> str:
        return f"<metric set of {len(self.members)}: {', '.join(m.metric.name for m in self.members)}>"

    @property
    def family(self) -> str:
        """What the members take: "class" (of predicted classes and of probabilities), "numeric", "quantile" or "survival"."""
        return self.members[0].kind.family.name

    def as_frame(self) -> pl.DataFrame:
        """Return one row per member: metric, kind, direction."""
        records = [m.metric for m in self.members]
        columns: dict[str, list[Any]] = {"metric": [r.name for r in records], "kind": [r.kind for r in records]}
        columns["direction"] = [r.direction for r in records]
        if any(r.direction == "target" for r in records):
            pairs = zip(self.members, records, strict=True)
            columns["target"] = [r.target_of(m.fixed) if r.direction == "target" else None for m, r in pairs]
        return plain_frame(**columns)

    @property
    def __signature__(self) -> inspect.Signature:
        return self.table().signature(first=["data"])

    def table(self) -> Table:
        """Give the arguments of a call."""
        return Table("the metric set", self.members[0].kind.family.set_arguments())

    def __call__(self, data: Any, *args: Any, **given: Any) -> Any:
        """Score a frame with every member.

        Parameters
        ----------
        data, truth, estimate, by, case_weights
            As for one metric; `estimate` is the column of predicted classes, numbers or times, or the columns of quantiles.
        probs
            The probabilities, for the members that take these: a column, a list, a mapping or a selector; of survival data the
            survival probabilities, or the nested column. A set of only such members takes them as `estimate` as well.
        linear_pred
            The linear predictor, for survival sets; a set of only such members takes it as `estimate` as well.
        quantile_levels
            The levels of the quantiles, for sets of their metrics.
        eval_time, censoring_weights
            The columns of evaluation times and of censoring weights, for survival sets on long data. Members that take one
            prediction per subject then read the rows of the first evaluation time.
        na_rm, estimator, event_level, event
            As for one metric; what a member has fixed wins, and a member that has no such estimator takes its default.
        levels
            All classes in order, for sets of class metrics.
        **options
            Options of members (`beta=2`): each goes to all members that have it.

        Returns
        -------
        A frame in the same library as the input: exactly the rows of the members, in their order.

        Raises
        ------
        MetricSetError
            For an argument that no member takes.
        """
        return self.score(data, args, given)

    @property
    def leaves(self) -> list[Any]:
        """The functions that it is made of, each with its kind; of groupwise metrics their members."""
        return [leaf for member in self.members for leaf in member.leaves]

    def read_call(self, args: Sequence[Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[BoundMetric]]:
        """Read the arguments of a call, and bind the members with them."""
        table = self.table()
        values, options = table.read(args, given)
        self.require_taken(table, dict(given), options)
        return values, self.bind(values, options)

    def state(self, data: Any, *args: Any, bins: int | None = None, score_range: Any = (0.0, 1.0), **given: Any) -> Any:
        """Make the state of the rows: the numbers that the metrics stand on, each once. See ``accuracy.state``.

        Parameters
        ----------
        data, *args, **given
            As in the call.
        bins, score_range
            As for one metric.

        Returns
        -------
        A frame in the same library as the input, one row per number.
        """
        from tidymetrics.core.states import state_of  # noqa: PLC0415  # not every call makes states

        return state_of(self, data, args, given, bins, score_range)

    def finish(self, state: Any, *, by: Any = None, **given: Any) -> Any:
        """Give what the call on all rows of a state gives; any set whose metrics stand on its statistics can.

        Parameters
        ----------
        state, by, **given
            As for one metric.

        Returns
        -------
        What the call gives, in the same library as the state.
        """
        from tidymetrics.core.states import finish_state  # noqa: PLC0415

        return finish_state(self, state, by, given)

    def score(self, data: Any, args: tuple[Any, ...], given: dict[str, Any], checks: tuple[Any, ...] = ()) -> Any:
        """Score a frame as a call does, with further checks of its rows."""
        values, bounds = self.read_call(args, given)
        return score(bounds, Call(recognise(data, values.pop("by", None)), values, checks=checks))

    def require_taken(self, table: Table, given: dict[str, Any], options: dict[str, Any]) -> None:
        """Refuse what no member takes: arguments of other families, and options that none has."""
        others = {a.name for kind in KINDS.values() for a in (*kind.arguments, *kind.family.set_arguments())}
        known = dict.fromkeys(name for m in self.members for name in m.metric.options)
        for name in options:
            if name in known:
                continue
            if name in others:
                if given[name] is None:
                    continue
                raise MetricSetError(f"no metric of the set takes {name}=: they are of the family {self.family!r}.")
            there = [a.name for a in table.arguments]
            raise MetricSetError(
                f"no metric of the set takes an argument {name!r}.{nearest(name, [*known, *there])}"
                + (f" Their options are: {', '.join(known)}." if known else " They have no options.")
            )

    def bind(self, arguments: dict[str, Any], options: dict[str, Any]) -> list[BoundMetric]:
        """Join each member with the arguments of a call."""
        estimator = arguments.get("estimator")
        choices = dict.fromkeys(name for m in self.members for name in m.metric.choices)
        if estimator is not None and estimator not in choices:
            raise MetricSetError(f"no metric of the set has an estimator {estimator!r}; they have {', '.join(choices)}.")
        bounds = []
        for member in self.members:
            own = {name: value for name, value in options.items() if name in member.metric.options}
            # a member that lacks the estimator asked for keeps its default, as in yardstick
            of_member = estimator if estimator in member.metric.choices else None
            bounds.append(member.bind({**arguments, "estimator": of_member}, own))
        return bounds


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
    arguments = {a.name for kind in KINDS.values() for a in (*kind.arguments, *kind.family.set_arguments())}
    for name, given in named.items():
        if name in arguments and not isinstance(given, MetricFunction):
            raise MetricSetError(
                f"metric_set: {name}= is an argument of the set's call, metric_set(...)(data, ..., {name}={shown(given)}); for "
                f"one metric, fix it: tm.sens.tweak({name}={shown(given)})."
            )
    if not members:
        raise MetricSetError("metric_set: expected at least one metric.")
    if wrong := [m for m in members if not isinstance(m, MetricFunction)]:
        raise MetricSetError(f"metric_set: expected metrics such as tm.accuracy; got {shown(wrong[0])}.{_hint(wrong[0])}")
    names = [m.metric.name for m in members]
    if twice := [name for name in names if names.count(name) > 1]:
        raise MetricSetError(f"metric_set: there are two metrics named {twice[0]!r}; name one: metric_set(other_name=...).")
    families = dict.fromkeys(m.kind.family for m in members)
    if len(families) > 1:
        of = {family: [m.metric.name for m in members if m.kind.family is family] for family in families}
        listing = "; ".join(
            f"{family.name}: {', '.join(names[:3])}{f' and {len(names) - 3} more' * (len(names) > 3)}"
            for family, names in of.items()
        )
        raise MetricSetError(f"metric_set: metrics of several families cannot be one set ({listing}). Make a set of each.")
    return MetricSet(tuple(members))


def _hint(given: Any) -> str:
    if isinstance(given, (list, tuple)):
        return " Write metric_set(*metrics)."
    if callable(given) and getattr(given, "__module__", "").endswith("wrappers.fairness"):
        return f' Name the sensitive column: tm.{given.__name__}("column").'
    return ""


def _named(name: str, metric: Any) -> Any:
    return metric.renamed(name, {}) if isinstance(metric, MetricFunction) else metric


def get_metrics(*kinds: str) -> MetricSet:
    """Return the set of all metrics of the kinds named, by name.

    Parameters
    ----------
    *kinds
        Kinds of one family, one at least, such as "class" or "numeric".

    Returns
    -------
    MetricSet

    Raises
    ------
    MetricSetError
        For no kind, an unknown one, or kinds of several families.

    Examples
    --------
    >>> import tidymetrics as tm
    >>> tm.get_metrics("numeric").as_frame()["metric"].to_list()[-3:]
    ['tweedie_deviance', 'wape', 'willmott_d']
    """
    known = [name for name in KINDS if any(m.metric.kind == name for m in METRICS.values())]
    if not kinds:
        raise MetricSetError(f"get_metrics: name one kind or several of one family, of: {', '.join(known)}.")
    for kind in kinds:
        if kind not in known:
            raise MetricSetError(
                f"get_metrics: there is no kind {kind!r}.{nearest(kind, known)} There are: {', '.join(known)}."
            )
    return metric_set(*(METRICS[name] for name in sorted(METRICS) if METRICS[name].metric.kind in kinds))


_NUMBERS = ("rmse", "rsq", "mae")
_CLASSES = ("accuracy", "kap")
_PROBABILITIES = ("mn_log_loss", "roc_auc")


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
        Further arguments of the set, such as `case_weights=`, or `levels=`, which makes integers classes. Without it, zeros and
        ones are scored as numbers, and a warning says so.

    Returns
    -------
    A frame in the same library as the input: one row per metric and group.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"y": [1.0, 2.0, 4.0], "yhat": [2.0, 2.0, 3.0]})
    >>> tm.metrics(df, "y", "yhat")[".metric"].to_list()
    ['rmse', 'rsq', 'mae']
    """
    given = arguments if probs is None else {**arguments, "probs": probs}
    chosen = usual_metrics(data, truth, probs, arguments.get("levels"))
    names = [member.metric.name for member in chosen.members]
    checks = (ZerosAndOnes(lambda: _announce_zeros_and_ones(truth, estimate)),) if _NUMBERS[0] in names else ()
    return chosen.score(data, (truth, estimate), {"by": by, **given}, checks)


def _announce_zeros_and_ones(truth: str, estimate: str) -> None:
    warnings.warn(
        f"metrics: truth {truth!r} and estimate {estimate!r} are 0 and 1 alone, and are scored as numbers. To score them as "
        "classes, pass levels=[1, 0], with the event first.",
        ClassesAsNumbersWarning,
        stacklevel=stack_depth(),
    )


def usual_metrics(data: Any, truth: str, probs: Probabilities | None, levels: Any) -> MetricSet:
    """Give yardstick's default set for the kind of truth."""
    stated = probs is not None or levels is not None
    numeric = not stated and holds_numbers(recognise(data, None).frame, truth, "truth")
    names = [*(_NUMBERS if numeric else _CLASSES), *(() if probs is None else _PROBABILITIES)]
    return metric_set(*(METRICS[name] for name in names))
