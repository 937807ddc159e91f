"""A file imports from lower floors alone; dataframe libraries are seen on few of them."""

from __future__ import annotations

import ast
import pathlib
import subprocess
import sys

import pytest

from tidymetrics.core.family import KINDS

ROOT = pathlib.Path(__file__).parent.parent / "tidymetrics"
FLOORS = {
    "errors": 0,
    "typing": 0,
    "frames": 1,
    "statistics": 2,
    "core": 3,
    "plots": 3.5,
    "families": 4,
    "wrappers": 5,
    "tables": 5.5,
    "integrations": 6,
    "monitoring": 6,
    "datasets": 6,
    "__init__": 7,
    "files": 7.3,
    "state_commands": 7.5,
    "flags": 7.6,
    "__main__": 8,
}
FILES = sorted(ROOT.rglob("*.py"))
SEES_FRAMES = {
    "plots",
    "typing",
    "frames",
    "statistics",
    "core.results",
    "core.result_keys",
    "datasets",
    "files",
    "state_commands",
    "__main__",
    "monitoring",
    "integrations.batches",
}


def part(path: pathlib.Path) -> str:
    relative = path.relative_to(ROOT)
    return relative.parts[0].removesuffix(".py")


def imports(path: pathlib.Path, *, at_run_time: bool) -> list[str]:
    """List the modules that a file imports, those for type checkers alone left out on demand."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING" and at_run_time:
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def floor_of(name: str) -> float:
    parts = name.split(".")
    return FLOORS[parts[1]] if len(parts) > 1 and parts[1] in FLOORS else FLOORS["__init__"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_downward(path: pathlib.Path) -> None:
    own = FLOORS[part(path)]
    for name in imports(path, at_run_time=False):
        if name.split(".")[0] == "tidymetrics":
            target = floor_of(name)
            same_part = len(name.split(".")) > 1 and name.split(".")[1] == part(path)
            assert target < own or same_part, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_dataframe_libraries_are_seen_on_few_floors(path: pathlib.Path) -> None:
    libraries = {name.split(".")[0] for name in imports(path, at_run_time=True)}
    assert not libraries & {"pandas", "pyarrow"}
    if libraries & {"polars", "narwhals"}:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        assert {part(path), module} & SEES_FRAMES, f"{path.name} imports {libraries}"


def test_no_cycles() -> None:
    graph = {}
    for path in FILES:
        module = ".".join(["tidymetrics", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")
        graph[module] = imports(path, at_run_time=True)
    known = set(graph)
    edges = {m: {n if n in known else n.rpartition(".")[0] for n in names} & known - {m} for m, names in graph.items()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path, module])
        if module not in done:
            for other in edges[module]:
                visit(other, (*path, module))
            done.add(module)

    for module in edges:
        visit(module, ())


def test_optional_libraries_are_not_imported() -> None:
    code = (
        "import sys, tidymetrics; print([m for m in ('pandas', 'pyarrow', 'sklearn', 'scipy', 'altair') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_files_are_chapters() -> None:
    # the list of public names is no chapter
    files = [path for path in FILES if path != ROOT / "__init__.py"]
    long = {str(p.relative_to(ROOT)): n for p in files if (n := p.read_text(encoding="utf-8").count("\n")) > 400}
    assert not long


def test_functions_fit_a_screen() -> None:
    long = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                doc = ast.get_docstring(node, clean=False) or ""
                n = (node.end_lineno or 0) - node.lineno + 1 - doc.count("\n")
                if n > 60:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = n
    assert not long


OUTSIDE = [path for path in FILES if part(path) not in {"families", "plots", "datasets"} and path.parent != ROOT]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_outside_the_families_compares_their_names(path: pathlib.Path) -> None:
    names = {*KINDS, *(kind.family.name for kind in KINDS.values())}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            compared = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            of_role = "kind" in ast.unparse(node) and part(path) == "frames"  # what a column holds, not a kind of metric
            assert of_role or not compared & names, f"line {node.lineno} compares with {compared & names}"
