"""The Python of README and vignettes runs, and prints and draws what they show."""

from __future__ import annotations

import pathlib
import re

import pytest

from tests.vignettes import FILES, ROOT, absent, differences, rewrite, run

BY_NAME = {path.stem: path for path in FILES}
REWRITE = "; `python -m tests.vignettes` writes it anew"


@pytest.mark.parametrize("name", BY_NAME)
def test_shows_what_it_prints_and_draws(name: str, tmp_path: pathlib.Path) -> None:
    missing = absent(BY_NAME[name])
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    examples = run(BY_NAME[name], tmp_path)
    found = differences(BY_NAME[name], examples, tmp_path)
    assert not found, "\n".join(found) + REWRITE


def test_kept_pictures_are_shown() -> None:
    kept = {path.name for path in (ROOT / "vignettes" / "img").glob("*")}
    shown = {name for path in FILES for name in re.findall(r"\bimg/([\w.-]+)", path.read_text(encoding="utf-8"))}
    assert kept <= shown


VIGNETTE = """# Title

```python
x = 1
print("one ")
```

Text.

<!-- warns: DeprecationWarning -->
```python
import warnings
warnings.warn("old", DeprecationWarning)
```

<!-- not run: it never ends -->
```python
while True: ...
```

<!-- output not compared: a clock -->
```python
print(x + 1)
```

```text
3
```

```python
import pathlib
pathlib.Path("img/a.svg").write_text("<text>hello</text>")
```

![A picture](img/a.svg)
"""


def _checked(text: str, folder: pathlib.Path) -> list[str]:
    path = folder / "some.md"
    path.write_text(text)
    (folder / "run").mkdir(exist_ok=True)
    return differences(path, run(path, folder / "run"), folder / "run")


def test_what_is_not_shown_is_found_and_written(tmp_path: pathlib.Path) -> None:
    found = _checked(VIGNETTE, tmp_path)
    assert [line.splitlines()[0] for line in found] == [
        "some.md, line 3:",
        "some.md, line 30: img/a.svg is not the picture that is kept",
    ]
    path = tmp_path / "some.md"
    rewrite(path, run(path, tmp_path / "run"), tmp_path / "run")
    assert '```python\nx = 1\nprint("one ")\n```\n\n```text\none\n```\n\nText.' in path.read_text()
    assert "```text\n2\n```" in path.read_text()
    assert _checked(path.read_text(), tmp_path) == []
    (tmp_path / "img" / "a.svg").write_text("<text>good bye</text>")
    assert _checked(path.read_text(), tmp_path) == ["some.md, line 34: img/a.svg is not the picture that is kept"]


def test_other_departures_are_found(tmp_path: pathlib.Path) -> None:
    assert "is indented" in _checked("- a list\n\n  ```python\n  x = 1\n  ```\n", tmp_path)[0]
    assert "pictures drawn: []; shown: ['img/b.svg']" in _checked("![B](img/b.svg)\n", tmp_path)[0]
    assert _checked("```python\nx = 1\n```\n\n```text\nnot printed\n```\n", tmp_path)[0].startswith("some.md, line 1:")
    with pytest.raises(UserWarning, match="new"):
        _checked('```python\nimport warnings\nwarnings.warn("new")\n```\n', tmp_path)
    with pytest.raises(AssertionError, match=re.escape("some.md, line 1: warnings expected: {'UserWarning'}; came: set()")):
        _checked("<!-- warns: UserWarning -->\n```python\nx = 1\n```\n", tmp_path)
