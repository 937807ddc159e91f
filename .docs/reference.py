"""Generate the reference pages from the objects themselves: their signatures, docstrings and records.

Tools that read the source would show metrics as objects; these pages show them as functions.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import math
import re
import textwrap
import warnings
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import formulas

import tidymetrics as tm
from tidymetrics.core.family import KINDS
from tidymetrics.core.function import LooksLikeAFunction
from tidymetrics.core.metric import METRICS, Metric

if TYPE_CHECKING:
    from collections.abc import Callable

BY_HAND = {
    "Fairness": [
        *["demographic_parity", "equal_opportunity", "equalized_odds"],
        *["new_groupwise_metric", "groupwise_difference", "groupwise_ratio"],
    ],
    "Several metrics at once": ["metric_set", "MetricSet", "metrics", "get_metrics", "metric_tweak", "Metric"],
    "Tables of detected objects": ["coco_metrics", "pr_curve_detection", "match_boxes", "read_coco"],
    "Confusion matrices": ["conf_mat", "conf_mat_detection", "conf_mat_masks", "ConfusionMatrix"],
    "Intervals and comparisons": ["with_intervals", "compare", "across_folds", "each_model", "averaged_over"],
    "States": ["merge_states", "describe_state", "write_state", "read_states", "provenance"],
    "Monitoring": ["windows", "monitor"],
    "Trackers and reports": ["as_dict", "write_report"],
    "What rankings show, and trec files": ["catalog_coverage", "novelty", "read_trec", "write_trec"],
    "Tables of clusters": ["contingency", "pair_confusion", "silhouette", "sse_within"],
    "Decisions and skill": ["class_from_prob", "skill", "with_baseline"],
    "Tables to read": ["wide", "report", "as_table"],
    "Pictures": ["autoplot", "residuals_plot"],
    "Custom metrics": ["metric_from_vec", "from_sklearn", "sklearn_scorer", "ratio"],
    "Example data": ["datasets"],
}
"""The sections of names that are not metrics, curves, errors, statistics or decorators, which are found by type."""

_BUILT_IN = {name: METRICS[name] for name in METRICS if METRICS[name].__module__.startswith("tidymetrics.")}
_HEADING = re.compile(r"^([A-Z]\w+(?: Also)?)\n-{4,}\n", re.MULTILINE)
_SPAN = re.compile(r"``([^`]+)``")
INSIDE = frozenset({"aggregates", "reduce", "of", "of_levels", "of_event", "added_up", "score"})
"""Methods that only the package calls: they have no entry."""
_DISPLAYED = 26
"""Longer formulas get their own line."""
_DECLARED = {getattr(tm, name).__module__ for name in tm.__all__ if isinstance(getattr(tm, name), LooksLikeAFunction)}
_DECLARED |= {tm.demographic_parity.__module__}
"""Modules of declarations: in their docstrings, double backticks are formulas."""
_NAMES = frozenset(tm.__all__)


@dataclass(frozen=True)
class Section:
    """A section of the reference: names, most of them with their own page."""

    title: str
    names: list[str]
    one_page: str | None = None


def sections() -> list[Section]:
    """Assign each public name to one section."""
    public = [name for name in tm.__all__ if not name.startswith("__")]
    left = {name for name in public if not (name.endswith("_vec") and name.removesuffix("_vec") in public)}
    by_hand = {name for names in BY_HAND.values() for name in names}

    def take(wanted: Callable[[str, Any], bool]) -> list[str]:
        found = sorted(name for name in left - by_hand if wanted(name, getattr(tm, name)))
        left.difference_update(found)
        return found

    metrics = take(lambda name, _: name in _BUILT_IN)
    of_title: dict[str, list[str]] = {kind.title: [] for kind in KINDS.values()}
    for name in metrics:
        of_title[KINDS[_BUILT_IN[name].metric.kind].title].append(name)
    found = [Section(title, names) for title, names in of_title.items()]
    found.append(Section("Curves", take(lambda _, value: isinstance(value, LooksLikeAFunction))))
    decorators = take(lambda name, _: name.endswith(("_metric", "_vector")))
    prepared = take(lambda _, value: inspect.isfunction(value) and "survival" in value.__module__)
    found.append(Section("Preparing survival data", prepared))
    errors = take(lambda _, value: isinstance(value, type) and issubclass(value, (Exception, Warning)))
    statistics = take(lambda _, value: isinstance(value, type) and value.__module__.startswith("tidymetrics.statistics"))
    for title, names in BY_HAND.items():
        own = [*names, *decorators] if title == "Custom metrics" else names
        found.append(Section(title, own))
    found += [Section("Statistics", statistics, "statistics"), Section("Errors and warnings", errors, "errors")]
    unplaced, unknown = left - by_hand, by_hand - set(public)
    if unplaced or unknown:
        raise LookupError(
            f"BY_HAND in .docs/reference.py: public names without a section: {sorted(unplaced)}; "
            f"names that are not public: {sorted(unknown)}."
        )
    return [section for section in found if section.names]


def _formula(text: str) -> str:
    return formulas.tex(text, _NAMES)


def _paragraph_with_formulas(paragraph: str) -> str:
    """Typeset the formulas of a paragraph; formulas at its start, and long ones, get their own line."""
    parts = _SPAN.split(paragraph)
    text = parts[0]
    for span, after in zip(parts[1::2], parts[2::2], strict=True):
        if '"' in span:
            text += f"``{span}``{after}"
        elif text.strip() and len(span) <= _DISPLAYED:
            text += (
                f":math:`{_formula(span)}`{after}" if after[:1] in {"", *" ,.;:)\n"} else f":math:`{_formula(span)}`\\ {after}"
            )
        else:
            continued = after.lstrip(",.;: \n")
            text = f"{text.rstrip()}\n\n.. math:: {_formula(span)}\n\n{continued}"
    return text


def _with_formulas(text: str) -> str:
    return "\n\n".join(_paragraph_with_formulas(paragraph) for paragraph in re.split(r"\n\s*\n", text))


def _split(value: Any) -> tuple[str, dict[str, str]]:
    """Split a docstring into the text before its first heading, and its sections."""
    parts = _HEADING.split(inspect.cleandoc(value.__doc__ or "") + "\n")
    body = parts[0].strip()
    if str(getattr(value, "__module__", "")) in _DECLARED:
        body = _with_formulas(body)
    return body, {name: text.strip("\n") for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _definitions(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith(" "):
            term = line
            found[term] = ""
        else:
            found[term] += f"{line}\n"
    return found


def _definition_list(definitions: dict[str, str]) -> str:
    def term(names: str) -> str:
        return ", ".join(f"``{name}``" for name in names.split(", "))

    return "\n".join(f"{term(names)}\n{text.rstrip()}" for names, text in definitions.items())


def _references(text: str) -> str:
    entries: list[str] = []
    for line in text.splitlines():
        if re.match(r"^[^()\d]+\(\d{4}\)", line) or not entries:
            entries.append(line)
        else:
            entries[-1] += f" {line.strip()}"
    return "\n".join(f"- {entry}" for entry in entries)


def _section_text(name: str, text: str) -> str:
    if name in {"Parameters", "Raises", "Warns", "Attributes"}:
        return _definition_list(_definitions(text))
    if name == "Returns" and re.match(r"\S[^\n]*\n {4}", text):
        return _definition_list(_definitions(text))
    return _references(text) if name == "References" else text


_ORDER = ["Examples", "Parameters", "Returns", "Warns", "Raises", "Attributes", "Notes", "References"]


def _sections_text(sections: dict[str, str], heading: Callable[[str], str]) -> str:
    unknown = sections.keys() - set(_ORDER)
    if unknown:
        raise LookupError(f"a docstring has an unknown heading: {sorted(unknown)}")
    return "\n\n".join(f"{heading(name)}\n\n{_section_text(name, sections[name])}" for name in _ORDER if name in sections)


def _title(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}"


def _signature(value: Any) -> str:
    """Format a signature without annotations; a function as default becomes `...`."""
    written = []
    for parameter in inspect.signature(value).parameters.values():
        default = ... if callable(parameter.default) and parameter.default is not parameter.empty else parameter.default
        shown = inspect.Parameter(parameter.name, parameter.kind)
        if default is not parameter.empty:
            shown = shown.replace(default=_Shown("..." if default is ... else repr(default)))
        written.append(shown)
    return str(inspect.Signature(written)) if written else "()"


class _Shown:
    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _bound(value: float) -> str:
    return f"{'-' if value < 0 else ''}∞" if math.isinf(value) else f"{value:.4g}"


def _facts(metric: Metric) -> str:
    better = {"maximize": "higher is better", "minimize": "lower is better", "zero": "closer to 0 is better"}
    better["target"] = "closer to its target is better"
    facts = [
        ("Kind", f"``{metric.kind}``"),
        ("Direction", f"``{metric.direction}``: {better[metric.direction]}"),
        ("Estimators", ", ".join(f"``{name}``" for name in metric.choices or metric.estimators)),
        ("Undefined", f"where {f'{metric.undefined}, or ' if metric.undefined else ''}no rows are left"),
    ]
    if metric.range is not None:
        facts.insert(2, ("Range", " to ".join(_bound(bound) for bound in metric.range)))
    return "\n".join(f":{name}: {text}" for name, text in facts)


def declaration(metric: Metric) -> str:
    """Return the code that declares a metric, without its docstring."""
    source = textwrap.dedent(inspect.getsource(metric.formula))
    function = ast.parse(source).body[0]
    doc = function.body[0]  # type: ignore[attr-defined]
    lines = source.splitlines()
    return "\n".join([*lines[: doc.lineno - 1], *lines[doc.end_lineno :]])


def _on_vectors(name: str) -> str:
    vector = getattr(tm, f"{name}_vec")
    own, frames = (_definitions(_split(f)[1]["Parameters"]) for f in (vector, getattr(tm, name)))
    differing = {term: text for term, text in own.items() if frames.get(term) != text}
    return "\n\n".join(
        [
            _title("On vectors", "-"),
            f".. py:function:: tidymetrics.{name}_vec{_signature(vector)}",
            "Takes lists, numpy arrays, and Series and arrays of any library. Other arguments are the same as above.",
            _definition_list(differing),
            _section_text("Returns", _split(vector)[1]["Returns"]),
        ]
    )


_EXAMPLES = {
    "class": ("load_breast_cancer_cv", '"obs", "pred", by="Resample"'),
    "prob": ("load_breast_cancer_cv", '"obs", ".pred_malignant", by="Resample"'),
    "ordered_prob": ("load_digits_cv", '"obs", [f".pred_{i}" for i in range(10)], by="Resample"'),
    "numeric": ("load_diabetes_cv", '"obs", "pred", by="Resample"'),
    "static_survival": ("load_survival_cv", '("time", "event"), "pred_time", by="Resample"'),
    "linear_pred_survival": ("load_survival_cv", '("time", "event"), "linear_pred", by="Resample"'),
    **dict.fromkeys(
        ["dynamic_survival", "integrated_survival"],
        (
            "load_survival_cv",
            '("time", "event"), ".pred_survival", eval_time=".eval_time", censoring_weights=".weight_censored", by="Resample"',
        ),
    ),
}
"""The whole call of each kind of metric on example data of the package."""


def _whole_example(name: str) -> str:
    """Run a metric on example data, fold by fold, and show the call and what it prints."""
    metric = _BUILT_IN[name].metric
    data, arguments = _EXAMPLES["ordered_prob" if metric.fixed_average else metric.kind]  # of several classes alone
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tm.UndefinedMetricWarning)
        table = eval(f"tm.{name}(tm.datasets.{data}(), {arguments})", {"tm": tm})  # noqa: S307  # the lines above
    code = f"import tidymetrics as tm\n\ndf = tm.datasets.{data}()\nprint(tm.{name}(df, {arguments}).head(3))"
    blocks = [("python", code), ("text", str(table.head(3)))]
    return "\n\n".join(f".. code-block:: {language}\n\n{textwrap.indent(text, '    ')}" for language, text in blocks)


def _function_page(name: str) -> str:
    value = getattr(tm, name)
    body, parts = _split(value)
    page = [_title(name, "="), f".. py:function:: tidymetrics.{name}{_signature(value)}"]
    if name in _BUILT_IN:
        # the facts already include it
        body = re.sub(r"\n\n(?:Higher|Lower|Closer)[^\n]*is better[^\n]*$", "", body)
        page += [body, _facts(value.metric)]
    else:
        page.append(body)
    references = {key: parts.pop(key) for key in ["References"] if key in parts}
    if name in _BUILT_IN and _BUILT_IN[name].metric.kind in _EXAMPLES:
        parts["Examples"] = f"{_whole_example(name)}\n\nOn a few rows:\n\n{parts['Examples']}"
    page.append(_sections_text(parts, lambda heading: _title(heading, "-")))
    if f"{name}_vec" in _NAMES:
        page.append(_on_vectors(name))
    if name in _BUILT_IN:
        page += [_title("Source", "-"), ".. code-block:: python", textwrap.indent(declaration(value.metric), "    ")]
    page.append(_sections_text(references, lambda heading: _title(heading, "-")))
    return "\n\n".join(part for part in page if part) + "\n"


def _member(owner: str, name: str, value: Any) -> str:
    rubric = ".. rubric:: {}".format
    called = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    body, parts = _split(called)
    if isinstance(value, property):
        head = f".. py:property:: {owner}.{name}"
    else:
        given = list(inspect.signature(called).parameters.values())[1:]  # without self
        signature = _signature(_Signed(inspect.Signature(given)))
        head = f".. py:method:: {owner}.{name}{signature}"
    text = "\n\n".join(part for part in [body, _sections_text(parts, rubric)] if part)
    return f"{head}\n\n{textwrap.indent(text, '    ')}"


class _Signed:
    """An object with a given signature."""

    def __init__(self, signature: inspect.Signature) -> None:
        self.__signature__ = signature

    def __call__(self) -> None:
        """Be callable, because only callables have a signature."""


def _held(value: type, shown: list[str]) -> str:
    """List the fields of a dataclass, with their docstrings."""
    body = ast.parse(textwrap.dedent(inspect.getsource(value))).body[0].body  # type: ignore[attr-defined]
    said = {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in itertools.pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr)
    }
    bare = [field for field in shown if field not in said]
    names = [f"Holds {', '.join(f'``{field}``' for field in bare)}{', and:' if said else '.'}"] if bare else ["Holds:"]
    listed = {field: textwrap.indent(said[field], "    ") for field in shown if field in said}
    return "\n\n".join([*names, *([_definition_list(listed)] if listed else [])])


def _class_entry(name: str, *, members: bool) -> str:
    value = getattr(tm, name)
    body, parts = _split(value)
    kind = "exception" if issubclass(value, Exception) else "class"
    text = [body, _sections_text(parts, ".. rubric:: {}".format)]
    own = {key: member for key, member in vars(value).items() if not key.startswith("_") and getattr(member, "__doc__", "")}
    own = {key: member for key, member in own.items() if key not in INSIDE}
    if is_dataclass(value):
        shown = [field.name for field in fields(value) if not field.name.startswith("_")]
        text.append(_held(value, shown))
        own = {key: member for key, member in own.items() if key not in shown}
    if members:
        shown = {key: m for key, m in own.items() if isinstance(m, property) or inspect.isroutine(getattr(m, "__func__", m))}
        text += [_member(f"tidymetrics.{name}", key, member) for key, member in shown.items()]
    return f".. py:{kind}:: tidymetrics.{name}\n\n" + textwrap.indent("\n\n".join(part for part in text if part), "    ")


def _module_page(name: str) -> str:
    module = getattr(tm, name)
    page = [_title(name, "="), f".. py:module:: tidymetrics.{name}", inspect.cleandoc(module.__doc__)]
    for function in module.__all__:
        value = getattr(module, function)
        if not callable(value):
            page.append(f".. py:data:: tidymetrics.{name}.{function}\n\n    {value!r}")
            continue
        body, parts = _split(value)
        text = f"{body}\n\n{_sections_text(parts, '.. rubric:: {}'.format)}"
        page.append(f".. py:function:: tidymetrics.{name}.{function}{_signature(value)}\n\n{textwrap.indent(text, '    ')}")
    return "\n\n".join(page) + "\n"


def _page(name: str) -> str:
    value = getattr(tm, name)
    if inspect.ismodule(value):
        return _module_page(name)
    if isinstance(value, type):
        return f"{_title(name, '=')}\n\n{_class_entry(name, members=True)}\n"
    return _function_page(name)


def _shared_page(section: Section) -> str:
    head = [_title(section.title, "="), ".. highlight:: text"]
    if section.one_page == "errors":
        head.append(inspect.cleandoc(inspect.getmodule(tm.TidymetricsError).__doc__ or ""))
    entries = [_class_entry(name, members=section.one_page == "statistics") for name in section.names]
    return "\n\n".join([*head, *entries]) + "\n"


def _summary(name: str) -> str:
    first = inspect.cleandoc(getattr(tm, name).__doc__).split("\n\n")[0].replace("\n", " ")
    return first.partition(": ")[2].capitalize() if ": " in first and name in _BUILT_IN else first


def _index(found: list[Section]) -> str:
    text = [
        _title("Reference", "="),
        "Each metric takes a frame and column names (``tm.accuracy``) or vectors (``tm.accuracy_vec``); both share a page.",
    ]
    for section in found:
        pages = [section.one_page] if section.one_page else section.names
        text += [
            _title(section.title, "-"),
            f".. toctree::\n    :hidden:\n    :caption: {section.title}\n\n" + "\n".join(f"    {page}" for page in pages),
            ".. list-table::\n    :widths: 30 70\n    :class: names\n\n"
            + "\n".join(f"    * - ``{name}``\n      - {_summary(name)}" for name in section.names),
        ]
    return "\n\n".join(text) + "\n"


def pages() -> dict[str, str]:
    """Return all pages of the reference: reST by file name."""
    found = sections()
    written = {"index.rst": _index(found)}
    for section in found:
        if section.one_page:
            written[f"{section.one_page}.rst"] = _shared_page(section)
        else:
            written |= {f"{name}.rst": _page(name) for name in section.names}
    return written
