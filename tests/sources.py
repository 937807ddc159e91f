"""Print what each function of scikit-learn, utilsforecast and scoringrules is here: `python -m tests.sources`.

The guide vignettes/from-scikit-learn.md holds these tables; `python -m tests.sources --write` writes them anew.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys

from sklearn import metrics as sk

import tidymetrics as tm
from tidymetrics.core.elsewhere import ELSEWHERE, NOT_HERE

ROOT = pathlib.Path(__file__).parent.parent
GUIDE = ROOT / "vignettes" / "from-scikit-learn.md"
START, END = "<!-- the tables of tests/sources.py -->\n", "<!-- their end -->\n"
STORED = json.loads((ROOT / "tests" / "reference" / "forecasts.json").read_text(encoding="utf-8"))
LISTS = {"scikit-learn": sorted(sk.__all__)} | {name: STORED[name]["names"] for name in ("utilsforecast", "scoringrules")}
NOTES = {
    "balanced_accuracy_score": "for two levels also the default",
    "confusion_matrix": "rows are predictions, columns the truth",
    "auc": "of a ROC curve",
    "mean_absolute_percentage_error": "in percent",
    "mape": "in percent",
    "smape": "in percent, and twice as large: by the mean of both sizes",
    "wape": "in percent",
    "nd": "in percent",
    "roc_auc_score": "`max_fpr=` is `min_specificity=` with `standardized=True`",
    "precision_recall_curve": "in decreasing order of thresholds",
    "class_likelihood_ratios": "undefined where scikit-learn divides by 0",
    "mase": "in-sample, or with `mae_train=`",
    "msse": "in-sample, or with `mse_train=`",
    "rmsse": "in-sample, or with `mse_train=`",
    "brier_score": "of two levels",
    "label_ranking_loss": "without ties",
    "hamming_loss": "of several labels in [long form](multilabel.md)",
}
"""What is worth saying beside a name."""


def here(name: str) -> str:
    """Say what a name is here, in Markdown."""
    if name in tm.__all__:
        return f"`{name}`"
    if name in ELSEWHERE:
        code, prose = re.fullmatch(r"(.+?)((?:, (?:and|or|whose|times) .*)?)", ELSEWHERE[name]).groups()  # type: ignore[union-attr]
        return " and ".join(f"`{part.removeprefix('tm.')}`" for part in code.split(" and ")) + prose
    return NOT_HERE.get(name, "")


def rows(names: list[str]) -> dict[str, list[str]]:
    """Give names by what they are here."""
    found: dict[str, list[str]] = {}
    for name in names:
        told = here(name) + (f"; {NOTES[name]}" if name in NOTES else "")
        found.setdefault(told, []).append(name)
    return found


def tables() -> str:
    """Write the table of each package."""
    made = []
    for package, names in LISTS.items():
        lines = [f"| {package} | tidymetrics |", "|---|---|"]
        lines += [f"| {', '.join(f'`{name}`' for name in theirs)} | {ours} |" for ours, theirs in rows(names).items()]
        made.append("\n".join(lines) + "\n")
    return "\n".join(made)


def guide() -> str:
    """Give the guide with the tables as they are now."""
    text = GUIDE.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    return f"{before}{START}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    if "--write" in sys.argv:
        GUIDE.write_text(guide(), encoding="utf-8")
