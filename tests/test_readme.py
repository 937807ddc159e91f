"""The README runs where only the hard dependencies are, and the list of all metrics is that of the registry."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

from tests.vignettes import ROOT
from tidymetrics.core.metric import METRICS

README = (ROOT / "README.md").read_text(encoding="utf-8")
LISTED = (ROOT / "vignettes" / "all-metrics.md").read_text(encoding="utf-8")
OPTIONAL = ["altair", "duckdb", "great_tables", "ibis", "pandas", "pyarrow", "scipy", "sklearn", "vl_convert"]


def test_the_table_lists_all_metrics() -> None:
    listed = re.findall(r"^\| `(\w+)[`(]", LISTED, re.MULTILINE)
    assert listed == sorted(name for name in METRICS if METRICS[name].__module__.startswith("tidymetrics."))


def test_the_snippets_need_the_hard_dependencies_alone(tmp_path: pathlib.Path) -> None:
    shown = re.sub(r"<!--.*?-->", "", README, flags=re.DOTALL)  # the picture needs the extra, and says so
    blocks = re.findall(r"^```python\n(.*?)^```$", shown, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    absent = f"import sys\nsys.modules.update(dict.fromkeys({OPTIONAL!r}))\nsys.path.insert(0, {str(ROOT)!r})\n"
    (tmp_path / "readme.py").write_text(absent + "\n".join(blocks), encoding="utf-8")
    done = subprocess.run([sys.executable, "readme.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "accuracy" in done.stdout


def test_the_first_commands_are_whole() -> None:
    commands = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(commands) == 2
    assert all(command.count("\n") == 1 for command in commands)
