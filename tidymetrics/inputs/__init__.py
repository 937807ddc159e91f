"""The door: whatever frame or vectors the user passes, as prepared data with internal names."""

from tidymetrics.inputs.classes import Coded, Levels, event_position, given_levels
from tidymetrics.inputs.columns import find, find_keys, holds_numbers, names_of
from tidymetrics.inputs.long import add_columns, repeat_rows, rows_where
from tidymetrics.inputs.nested import unnest
from tidymetrics.inputs.probabilities import (
    Asked,
    Binding,
    bind_frame,
    bind_vectors,
    is_unordered,
    pairs_of_vectors,
    require_ordered,
)
from tidymetrics.inputs.rows import (
    CENSORING,
    ESTIMATE,
    EVAL_TIME,
    EVENT,
    ORDER,
    TRUTH,
    WEIGHT,
    Owner,
    Role,
    Rows,
    no_rows,
    prepare,
)
from tidymetrics.inputs.source import Source, collect_eager, recognise
from tidymetrics.inputs.vectors import Vectors, prepare_vectors, read_classes, read_numbers, source_of_vectors

__all__ = [
    "CENSORING",
    "ESTIMATE",
    "EVAL_TIME",
    "EVENT",
    "ORDER",
    "TRUTH",
    "WEIGHT",
    "Asked",
    "Binding",
    "Coded",
    "Levels",
    "Owner",
    "Role",
    "Rows",
    "Source",
    "Vectors",
    "add_columns",
    "bind_frame",
    "bind_vectors",
    "collect_eager",
    "event_position",
    "find",
    "find_keys",
    "given_levels",
    "holds_numbers",
    "is_unordered",
    "names_of",
    "no_rows",
    "pairs_of_vectors",
    "prepare",
    "prepare_vectors",
    "read_classes",
    "read_numbers",
    "recognise",
    "repeat_rows",
    "require_ordered",
    "rows_where",
    "source_of_vectors",
    "unnest",
]
