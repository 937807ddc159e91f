"""The site's own code: every public name has a page, formulas are typeset, pages name what exists."""

from __future__ import annotations

import importlib.util
import pathlib
import re
import sys
from types import ModuleType

import pytest

import tidymetrics as tm
from tests.vignettes import FILES, ROOT
from tidymetrics.core.metric import METRICS


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


formulas = _load("formulas")
reference = _load("reference")
links = _load("links")
PAGES = reference.pages()
BUILT_IN = [name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics.")]
DOCUMENTED = re.compile(r"^ *\.\. py:(?:function|class|exception|module):: tidymetrics\.(\w+)(?![\w.])", re.MULTILINE)


def test_every_public_name_has_one_place() -> None:
    documented = [name for text in PAGES.values() for name in DOCUMENTED.findall(text)]
    assert sorted(documented) == [name for name in tm.__all__ if name != "__version__"]


def test_a_name_without_a_section_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tm, "stray", len, raising=False)
    monkeypatch.setattr(tm, "__all__", [*tm.__all__, "stray"])
    monkeypatch.setitem(reference.BY_HAND, "Pictures", ["autoplot", "residuals_plot", "gone"])
    with pytest.raises(LookupError, match=r"without a section: \['stray'\]; names that are not public: \['gone'\]"):
        reference.sections()


@pytest.mark.parametrize("name", BUILT_IN)
def test_pages_of_metrics_have_all_parts(name: str) -> None:
    page, metric = PAGES[f"{name}.rst"], METRICS[name].metric
    parts = re.findall(r"^(\w[\w ]+)\n-{4,}$", page, re.MULTILINE)
    assert {"Examples", "Parameters", "Returns", "Warns", "Raises", "Source", "References"} <= set(parts)
    assert ("On vectors" in parts) == hasattr(tm, f"{name}_vec")
    assert ".. math:: " in page
    assert f":Direction: ``{metric.direction}``" in page
    assert f":Range: {'-∞' if metric.range[0] < -1e9 else f'{metric.range[0]:.4g}'} to " in page
    assert metric.undefined in re.search(":Undefined: (.*)", page)[1]
    assert f"def {name}(" in page
    assert '"""' not in page


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("tp / (tp + fn)", r"\frac{\text{tp}}{\text{tp} + \text{fn}}"),
        ("(1 + beta^2) P R / (beta^2 P + R)", r"\frac{\left( 1 + \beta^{2} \right) \, P \, R}{\beta^{2} \, P + R}"),
        ("|a| / (|a| + |b|)", r"\frac{\left| a \right|}{\left| a \right| + \left| b \right|}"),
        ("r_{j-1} q_j", r"r_{j - 1} \, q_{j}"),
        ("E[p, t] = x", r"E_{p , t} = x"),
        ("2 roc_auc - 1", r"2 \, \text{roc_auc} - 1"),
        ("sum_k roc_auc_k", r"\sum_{k} \, \text{roc_auc}_{k}"),
        ("sqrt((1 - a)^2)", r"\sqrt{\left( 1 - a \right)^{2}}"),
        ("ln(k!) <= inf", r"\ln \left( k! \right) \le \infty"),
    ],
)
def test_formulas(text: str, tex: str) -> None:
    assert formulas.tex(text, frozenset({"roc_auc"})) == tex


@pytest.mark.parametrize("text", ["tp / (tp + fn", "a +", "a ? b", "a) b", ""])
def test_formulas_that_cannot_be_read(text: str) -> None:
    with pytest.raises(formulas.FormulaError, match=re.escape(repr(text))):
        formulas.tex(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pages_name_what_exists(path: pathlib.Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"\btm\.([A-Za-z]\w*)", text))
    assert [name for name in sorted(named) if not hasattr(tm, name)] == []


def _anchors(path: pathlib.Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_links_between_files_lead_somewhere(path: pathlib.Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        other = path.parent / name if name else path
        assert other.exists(), f"{path.name} links to {target}"
        if anchor:
            assert anchor in _anchors(other), f"{path.name} links to {target}"


def test_broken_links_of_a_site_are_found(tmp_path: pathlib.Path) -> None:
    (tmp_path / "b.html").write_text('<p id="here">')
    (tmp_path / "a.html").write_text(
        '<a href="b.html#here">x</a><a href="b.html#gone">x</a><a href="c.html">x</a><a href="https://example.org">x</a>'
        '<script src="https://example.org/x.js"></script>'
    )
    assert links.problems_of_links(tmp_path) == [
        "a.html links to b.html#gone: the page has no such anchor",
        "a.html links to c.html: the file does not exist",
        "a.html loads https://example.org/x.js, which is not part of the site",
    ]
