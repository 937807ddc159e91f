"""Tables to show: great-tables for HTML and slides, and markdown and LaTeX as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidymetrics.core.number_text import require_digits
from tidymetrics.core.results import plain_frame
from tidymetrics.errors import EngineError, OptionError
from tidymetrics.tables.cells import cells_of

if TYPE_CHECKING:
    from tidymetrics.tables.cells import Cells

FORMATS = ("great_tables", "markdown", "latex")
_MARKS = {"maximize": "↑", "minimize": "↓"}
_LATEX_MARKS = {"maximize": r"$\uparrow$", "minimize": r"$\downarrow$"}
_LATEX = {
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}


def as_table(result: Any, format: str = "great_tables", *, digits: int = 3, title: str | None = None) -> Any:  # noqa: A002
    """Turn a result into a table to show: numbers aligned, the better direction marked, the best value per metric bold.

    Results of metrics have one column per metric and one row per group; an ungrouped result has one row per metric. An interval
    stands beside its estimate. Among the rows of one level, evaluation time or k, the best value of each metric is bold.
    Comparisons, baselines and other tables keep their rows.

    Parameters
    ----------
    result
        A result of this package in memory: of metrics, makers, `report`, `wide`, `compare` or a table, or a confusion matrix.
    format
        "great_tables": a table for HTML and slides (the extra `tables`). "markdown" and "latex": text.
    digits
        The decimal places of numbers below 10; larger numbers have fewer.
    title
        A title above the table.

    Returns
    -------
    A `great_tables.GT`, or a string.

    Raises
    ------
    OptionError
        For anything else, and for more than 500 rows, such as a curve.
    EngineError
        The package great-tables is not installed.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"model": ["a", "a", "b", "b"], "obs": [1.0, 2.0, 1.0, 2.0], "pred": [1.1, 2.0, 1.5, 2.5]})
    >>> print(tm.as_table(tm.metric_set(tm.rmse, tm.mae)(df, "obs", "pred", by="model"), "markdown"))
    | model |    rmse ↓ |     mae ↓ |
    | ----- | --------: | --------: |
    | a     | **0.071** | **0.050** |
    | b     |     0.500 |     0.500 |
    """
    if format not in FORMATS:
        raise OptionError(f"as_table(format=): expected {', '.join(map(repr, FORMATS))}; got {format!r}.")
    require_digits("as_table", digits)
    cells = cells_of(result, digits)
    if format == "great_tables":
        return _great_table(cells, title)
    return _markdown(cells, title) if format == "markdown" else _latex(cells, title)


def _marked(cells: Cells, marks: dict[str, str], to: str) -> list[str]:
    """Write the titles, each with its direction."""
    return [
        f"{title} {marks.get(mark, f'{to} {mark}')}" if mark else title
        for title, mark in zip(cells.titles, cells.marks, strict=True)
    ]


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _markdown(cells: Cells, title: str | None) -> str:
    columns = []
    for name, texts, numeric, best in zip(_marked(cells, _MARKS, "→"), cells.columns, cells.numeric, cells.best, strict=True):
        shown = [_one_line(text).replace("\\", "\\\\").replace("|", r"\|") for text in (name, *texts)]
        shown[1:] = [f"**{text}**" if bold else text for text, bold in zip(shown[1:], best, strict=True)]
        width = max(3, *map(len, shown))
        rule = "-" * (width - 1) + ":" if numeric else "-" * width
        padded = [text.rjust(width) if numeric else text.ljust(width) for text in shown]
        columns.append([padded[0], rule, *padded[1:]])
    lines = [f"| {' | '.join(row)} |" for row in zip(*columns, strict=True)]
    return "\n".join([f"**{_one_line(title)}**", "", *lines] if title else lines)


def _escaped(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in _one_line(text))


def _latex(cells: Cells, title: str | None) -> str:
    names = [
        " ".join([_escaped(title), *([_LATEX_MARKS.get(mark, rf"$\to {mark}$")] if mark else [])])
        for title, mark in zip(cells.titles, cells.marks, strict=True)
    ]
    rows = [
        " & ".join(
            rf"\textbf{{{_escaped(text)}}}" if bold[i] else _escaped(text) for text, bold in zip(row, cells.best, strict=True)
        )
        for i, row in enumerate(zip(*cells.columns, strict=True))
    ]
    alignment = "".join("r" if numeric else "l" for numeric in cells.numeric)
    body = [rf"\begin{{tabular}}{{{alignment}}}", r"\hline", " & ".join(names) + r" \\", r"\hline"]
    body += [*(row + r" \\" for row in rows), r"\hline", r"\end{tabular}"]
    if title is None:
        return "\n".join(body)
    return "\n".join([r"\begin{table}", r"\centering", rf"\caption{{{_escaped(title)}}}", *body, r"\end{table}"])


def _great_table(cells: Cells, title: str | None) -> Any:
    try:
        import great_tables as gt  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise EngineError(
            "as_table: this format needs great-tables: pip install 'tidymetrics[tables]'; or write format=\"markdown\"."
        ) from error
    names = [f"c{i}" for i in range(len(cells.titles))]
    table = gt.GT(plain_frame(**dict(zip(names, cells.columns, strict=True))))
    table = table.cols_label(dict(zip(names, _marked(cells, _MARKS, "→"), strict=True)))
    numbers = [name for name, numeric in zip(names, cells.numeric, strict=True) if numeric]
    table = table.cols_align("left", [name for name in names if name not in numbers]) if len(numbers) < len(names) else table
    if numbers:
        table = table.cols_align("right", numbers)
        table = table.tab_style(gt.style.css("font-variant-numeric: tabular-nums;"), gt.loc.body(columns=numbers))
    for name, best in zip(names, cells.best, strict=True):
        if any(best):
            rows = [i for i, bold in enumerate(best) if bold]
            table = table.tab_style(gt.style.text(weight="bold"), gt.loc.body(columns=name, rows=rows))
    return table if title is None else table.tab_header(title)
