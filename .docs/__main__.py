"""Build the site into build/site and check it: `python .docs`.

The pages are the README, the vignettes, and the reference from `reference.py`. The build and the finished site work
offline.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import sys

from links import documented, problems_of_links
from reference import pages
from sphinx.cmd.build import build_main

import tidymetrics as tm

ROOT = pathlib.Path(__file__).parent.parent
SOURCE, SITE = ROOT / "build" / "docs", ROOT / "build" / "site"
GUIDES = {
    "First steps": {
        "getting-started": "Load predictions, score them, group, compare, draw.",
        "pandas": "From a pandas DataFrame to a report, a comparison and a chart.",
        "from-scikit-learn": "Which function of scikit-learn corresponds to which metric, and where they differ.",
        "from-yardstick": "Calls of R's yardstick in Python, and every difference.",
        "errors": "The messages that people meet first, and the fix of each.",
        "gallery": "Every chart, with the call that draws it.",
    },
    "Choose and understand metrics": {
        "choosing-a-metric": "From the use of the predictions to the metric.",
        "metric-types": "What each kind of metric takes and gives.",
        "all-metrics": "All metrics with options, direction and range.",
        "multiclass": "How values of classes become one number, worked by hand.",
        "multilabel": "Rows that have several labels.",
        "balanced-accuracy": "What accuracy hides, and two definitions that do not.",
        "calibration": "Whether probabilities mean what they say, and the threshold to act at.",
    },
    "Groups and uncertainty": {
        "grouping": "Folds, models and regions in one pass.",
        "intervals": "A standard error and an interval beside every estimate.",
        "fairness": "Metrics compared between groups of people.",
    },
    "Other kinds of data": {
        "survival": "Predictions of times, some of which are only bounded.",
        "retrieval": "Search and recommendation: ranked lists.",
        "clustering": "Clusters with and without a known truth.",
        "detection": "Boxes, masks and panoptic segments.",
    },
    "In production": {
        "engines": "DuckDB, Spark, Dask, Ibis, SQLFrame, and files larger than memory.",
        "custom-metrics": "Your own formula, with groups, weights and sets for free.",
        "unit-tests": "Metrics of plain vectors in tests.",
        "speed": "Times and memory against other packages.",
    },
}
"""The guides in the order of reading, with a sentence each; others follow, with the first sentence of their text."""
APART = "contributing"


def _toctree(entries: list[str], caption: str = "") -> str:
    return "\n".join(["", "```{toctree}", ":hidden:", *([f":caption: {caption}"] if caption else []), "", *entries, "```", ""])


def _title(path: pathlib.Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def _first_sentence(path: pathlib.Path) -> str:
    text = " ".join(path.read_text(encoding="utf-8").split("\n\n")[1].split())
    return re.split(r"(?<=[.?!]) ", text)[0]


def _guides() -> str:
    found = {path.stem: path for path in (ROOT / "vignettes").glob("*.md") if path.stem != APART}
    listed = {name for names in GUIDES.values() for name in names}
    more = {name: _first_sentence(found[name]) for name in sorted(found.keys() - listed)}
    page = ["# Guides", "", "The test suite runs the code of every guide."]
    trees = []
    for heading, names in {**GUIDES, **({"More": more} if more else {})}.items():
        there = {name: text for name, text in names.items() if name in found}
        page += ["", f"## {heading}", "", *(f"- [{_title(found[name])}]({name}.md): {text}" for name, text in there.items())]
        trees.append(_toctree(list(there), heading))
    return "\n".join([*page, *trees])


def _home() -> str:
    """Make the home page of the README: what is said to a stranger in a clone becomes one line that installs."""
    # files of the repository that are not pages are named, not linked
    text = re.sub(r"\[([^\]]+)\]\(((?:tests|tidymetrics|\.ci|\.docs)/[^)]*)\)", r"\1", (ROOT / "README.md").read_text("utf-8"))
    text = re.sub(r"<!--.*?-->\n", "", text, flags=re.DOTALL)
    install = (
        "## Install\n\n```sh\npip install .                  # in a clone; Python 3.10 or newer\n"
        "pip install '.[plot,tables]'   # with charts, and tables for slides\n```\n\n"
    )
    text = re.sub(r"## Two commands\n.*?(?=^## )", lambda _: install, text, flags=re.DOTALL | re.MULTILINE)
    return text.replace("(CHANGELOG.md)", "(changelog.md)")


def write_source() -> None:
    """Assemble all pages for Sphinx."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    (SOURCE / "reference").mkdir(parents=True)
    shutil.copytree(ROOT / "vignettes", SOURCE / "vignettes")
    (SOURCE / "vignettes" / "index.md").write_text(_guides(), encoding="utf-8")
    for name, text in pages().items():
        (SOURCE / "reference" / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", SOURCE / "LICENSE")
    shutil.copy(ROOT / "CHANGELOG.md", SOURCE / "changelog.md")
    top = ["Guides <vignettes/index>", "Reference <reference/index>", f"Contributing <vignettes/{APART}>"]
    (SOURCE / "index.md").write_text(_home() + _toctree([*top, "Changelog <changelog>"]), encoding="utf-8")


def problems() -> list[str]:
    """Check the finished site."""
    found = problems_of_links(SITE)
    public = {f"tidymetrics.{name}" for name in tm.__all__ if not name.startswith("__")}
    within = {name for name in documented(SITE) if name.count(".") == 1}
    found += [f"{name} is public and has no page" for name in sorted(public - within)]
    return found + [f"{name} has a page and is not public" for name in sorted(within - public)]


def main() -> int:
    """Build and check the site; print every problem."""
    shutil.rmtree(SITE, ignore_errors=True)
    write_source()
    options = ["-q", "-W", "--keep-going", "-j", "auto", "-c", str(ROOT / ".docs"), "-d", str(ROOT / "build" / "doctrees")]
    if build_main(["-b", "html", *options, str(SOURCE), str(SITE)]):
        return 1
    found = problems()
    print("\n".join(found) if found else f"built and checked: {SITE / 'index.html'}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
