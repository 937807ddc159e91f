"""Charts that notebooks show without a network."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from typing import TypeVar

    _Chart = TypeVar("_Chart")


class _ShownOffline:
    """Shows a chart as an SVG picture, unless the user has chosen a renderer of Altair."""

    def _repr_mimebundle_(self, *args: Any, **given: Any) -> Any:
        import altair  # noqa: ICN001, PLC0415  # as in require_altair

        # Altair's own default is a page that loads its program from a network
        if altair.renderers.active != "default" or find_spec("vl_convert") is None:
            return super()._repr_mimebundle_(*args, **given)  # type: ignore[misc]
        from altair.utils.mimebundle import spec_to_mimebundle  # noqa: PLC0415

        chart: Any = self
        made = spec_to_mimebundle(chart.to_dict(), format="svg", mode="vega-lite")
        return {**dict(made), "text/plain": f"<{type(self).__name__}: chart.save('chart.png') writes it>"}


@cache
def _offline_class(cls: type) -> type:
    return type(cls.__name__, (_ShownOffline, cls), {"__module__": cls.__module__})


def shown_offline(chart: _Chart) -> _Chart:
    """Return a chart that notebooks show without a network."""
    object.__setattr__(
        chart, "__class__", _offline_class(cast("Any", type(chart)))
    )  # Altair takes attributes for parts of the chart
    return chart
