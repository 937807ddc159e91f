"""Input boundary: turn any frame or vectors the user passes into prepared data with internal names."""

from tidymetrics.frames.classes import Coded, Levels, event_position, given_levels
from tidymetrics.frames.columns import find, find_keys, holds_numbers, names_of
from tidymetrics.frames.long import add_columns, repeat_rows, rows_where
from tidymetrics.frames.nested import unnest
from tidymetrics.frames.prepared import (
    CENSORING,
    ESTIMATE,
    EVAL_TIME,
    EVENT,
    ORDER,
    ROW,
    TRUTH,
    TRUTH_AT,
    UNIT,
    WEIGHT,
    Origin,
    PreparedFrame,
    Role,
    no_rows,
    prepare,
)
from tidymetrics.frames.probabilities import (
    ProbabilityArguments,
    ProbabilityColumns,
    bind_frame,
    bind_vectors,
    is_unordered,
    pairs_of_vectors,
    require_ordered,
)
from tidymetrics.frames.recognise import InputFrame, collect_eager, recognise
from tidymetrics.frames.vectors import Vectors, frame_of_vectors, prepare_vectors, read_classes, read_numbers

__all__ = [
    "CENSORING",
    "ESTIMATE",
    "EVAL_TIME",
    "EVENT",
    "ORDER",
    "ROW",
    "TRUTH",
    "TRUTH_AT",
    "UNIT",
    "WEIGHT",
    "Coded",
    "InputFrame",
    "Levels",
    "Origin",
    "PreparedFrame",
    "ProbabilityArguments",
    "ProbabilityColumns",
    "Role",
    "Vectors",
    "add_columns",
    "bind_frame",
    "bind_vectors",
    "collect_eager",
    "event_position",
    "find",
    "find_keys",
    "frame_of_vectors",
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
    "unnest",
]
