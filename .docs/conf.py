"""Sphinx configuration with two additions: formulas as MathML, and names as links."""

from __future__ import annotations

import re
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from latex2mathml.converter import convert

sys.path.insert(0, str(Path(__file__).parent))

import tidymetrics as tm

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "tidymetrics"
author = "the tidymetrics authors"
project_copyright = author
version = release = tm.__version__

extensions = ["myst_parser", "sphinx_copybutton"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 4
nitpicky = True
default_role = "literal"  # single backticks in docstrings are names; `_link_names` links them
add_function_parentheses = False
toc_object_entries_show_parents = "hide"  # full names are too long for the column
highlight_language = "python"
copybutton_prompt_text = ">>> "
copybutton_exclude = ".linenos, .gp, .go"
copybutton_selector = "div:not(.highlight-text) > div.highlight > pre"

html_theme = "pydata_sphinx_theme"
html_title = "tidymetrics"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"
html_copy_source = html_show_sourcelink = False
html_sidebars = {"index": [], "changelog": [], "**": ["sidebar-nav-bs"]}
html_theme_options = {
    "logo": {"text": "tidymetrics"},
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
    "show_toc_level": 1,
    "navigation_depth": 3,
    "secondary_sidebar_items": {"index": [], "**": ["page-toc"]},
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "default",
    "pygments_dark_style": "github-dark",
}

_NAME = re.compile(r"(?:(?:tm|tidymetrics)\.)?(\w+)(?:\(\))?")


def _mathml(tex: str, display: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        markup = convert(tex, display=display)
    if "&</mi>" in markup or "\\" in markup:
        raise ValueError(f"cannot convert the TeX of a formula to MathML: {tex!r}")
    return markup


def _inline_math(writer: Any, node: nodes.math) -> None:
    writer.body.append(_mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def _block_math(writer: Any, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="formula">{_mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def _link_names(app: Sphinx, tree: nodes.document, page: str) -> None:
    """Link names of the package in running text to their pages."""
    documented = app.env.domains["py"].data["objects"]
    for literal in list(tree.findall(nodes.literal)):
        named = _NAME.fullmatch(literal.astext())
        known = documented.get(f"tidymetrics.{named[1]}") if named else None
        if known is None or known.docname == page or isinstance(literal.parent, (nodes.reference, nodes.title, nodes.term)):
            continue
        address = f"{app.builder.get_relative_uri(page, known.docname)}#{known.node_id}"
        literal.replace_self(nodes.reference("", "", literal.deepcopy(), internal=True, refuri=address))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both with Sphinx."""
    app.add_html_math_renderer("mathml", (_inline_math, None), (_block_math, None))
    app.connect("doctree-resolved", _link_names)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
