"""A report in one HTML file, which needs neither a network nor a script."""

from __future__ import annotations

import io
import json
import os
import pathlib
import re
from html import escape
from typing import TYPE_CHECKING, Any

from tidymetrics.core.result_keys import columns_of_result
from tidymetrics.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;color:#222;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem}h2{font-size:1.25rem;margin-top:2rem;border-bottom:1px solid #ddd;padding-bottom:.2rem}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid #e4e4e4;padding:.25rem .8rem;text-align:left}"
    "th{font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.u{color:#999}"
    "svg{max-width:100%;height:auto}pre{background:#f6f6f6;padding:.8rem;overflow:auto}.wide{overflow-x:auto}"
)
_NUMBER = ' class="n"'


def write_report(path: Any, sections: Mapping[str, Any], *, title: str = "Report") -> None:
    """Write results, matrices and charts as one HTML file: no script, no network, the same bytes for the same input.

    Parameters
    ----------
    path
        The file. It is written beside its place and renamed.
    sections
        Headings and what stands under each: a text, the result of a metric, a `ConfusionMatrix`, a chart of `autoplot` (as
        SVG, with the extra `plot`), a dict, or a list of these.
    title
        The title.

    Raises
    ------
    OptionError
        For something that cannot be shown.

    Examples
    --------
    >>> import pathlib
    >>> import tempfile
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"obs": ["a", "b"], "pred": ["a", "a"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "report.html"
    ...     tm.write_report(file, {"Accuracy": [tm.accuracy(df, "obs", "pred"), "Half of it."]})
    ...     "Half of it." in file.read_text()
    True
    """
    body = [f"<h1>{escape(title)}</h1>"]
    for heading, content in sections.items():
        body.append(f"<section><h2>{escape(str(heading))}</h2>")
        body += [_shown(part) for part in (content if isinstance(content, (list, tuple)) else [content])]
        body.append("</section>")
    text = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )
    place = pathlib.Path(path)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _shown(part: Any) -> str:
    if isinstance(part, str):
        return f"<p>{escape(part)}</p>"
    if isinstance(part, dict):
        return f"<pre>{escape(json.dumps(part, indent=2, default=str, ensure_ascii=False))}</pre>"
    if hasattr(part, "counts") and hasattr(part, "tidy"):
        return f"<pre>{escape(repr(part))}</pre>"
    if hasattr(part, "to_dict") and hasattr(part, "save") and type(part).__module__.startswith("altair"):
        return _drawing(part)
    try:
        columns = columns_of_result(part)
    except (OptionError, TypeError):
        raise OptionError(
            "write_report: expected a text, a frame, a ConfusionMatrix, a chart, a dict, or a list of these; got "
            f"{type(part).__name__}."
        ) from None
    return _table(columns)


def _drawing(chart: Any) -> str:
    """Give a chart as SVG, whose own names are the same each time."""
    file = io.StringIO()
    chart.save(file, format="svg")
    text = re.sub(r"^<\?xml[^>]*>\s*", "", file.getvalue())
    found: dict[str, str] = {}
    return re.sub(r"\b((?:clip|gradient|legend)[_-]?)(\d+)\b", lambda m: found.setdefault(m[0], f"{m[1]}{len(found)}"), text)


def _table(columns: Mapping[str, Sequence[Any]]) -> str:
    numeric = {
        name: any(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values) for name, values in columns.items()
    }
    head = "".join(f"<th{_NUMBER if numeric[name] else ''}>{escape(name)}</th>" for name in columns)
    rows = "".join(
        "<tr>" + "".join(_cell(value, number=numeric[name]) for name, value in zip(columns, row, strict=True)) + "</tr>"
        for row in zip(*columns.values(), strict=True)
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(value: Any, *, number: bool) -> str:
    """Write a number to four digits, with all of them as its title; what is undefined as a dash."""
    if value is None or value != value:  # noqa: PLR0124  # NaN
        return f'<td class="{"n u" if number else "u"}">-</td>'
    if isinstance(value, float):
        return f'<td class="n" title="{value!r}">{value:.4g}</td>'
    return f"<td{_NUMBER if number else ''}>{escape(str(value))}</td>"
