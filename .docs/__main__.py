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
FIRST = [
    *[
        "getting-started",
        "metric-types",
        "choosing-a-metric",
        "grouping",
        "multiclass",
        "multilabel",
        "balanced-accuracy",
        "survival",
        "retrieval",
    ],
    *["fairness", "custom-metrics", "engines", "unit-tests"],
]
"""The reading order; other vignettes follow by name."""
APART = "contributing"


def _toctree(entries: list[str], caption: str = "") -> str:
    return "\n".join(["", "```{toctree}", ":hidden:", *([f":caption: {caption}"] if caption else []), "", *entries, "```", ""])


def _title(path: pathlib.Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def _guides() -> str:
    found = {path.stem: path for path in (ROOT / "vignettes").glob("*.md") if path.stem != APART}
    names = [name for name in FIRST if name in found] + sorted(found.keys() - set(FIRST))
    listed = "\n".join(f"- [{_title(found[name])}]({name}.md)" for name in names)
    return f"# Guides\n\nThe test suite runs the code of every guide.\n\n{listed}\n{_toctree(names)}"


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
    # files of the repository that are not pages are named, not linked
    home = re.sub(r"\[([^\]]+)\]\(((?:tests|tidymetrics|\.ci|\.docs)/[^)]*)\)", r"\1", (ROOT / "README.md").read_text("utf-8"))
    home = home.replace("(CHANGELOG.md)", "(changelog.md)")
    top = ["Guides <vignettes/index>", "Reference <reference/index>", f"Contributing <vignettes/{APART}>"]
    (SOURCE / "index.md").write_text(home + _toctree([*top, "Changelog <changelog>"]), encoding="utf-8")


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
