"""Input boundary: turn any frame or vectors the user passes into prepared data with internal names."""

from tidymetrics.frames.classes import Coded, Levels, event_position, given_levels
from tidymetrics.frames.columns import find, find_keys, holds_numbers, names_of
from tidymetrics.frames.features import frame_of_labels, known_labels, named_rows, numeric_columns, without_names
from tidymetrics.frames.judged import prepare_judged
from tidymetrics.frames.long import add_columns, repeat_rows, rows_where
from tidymetrics.frames.nested import unnest
from tidymetrics.frames.prepared import (
    CENSORING,
    DOC,
    ESTIMATE,
    EVAL_TIME,
    EVENT,
    ORDER,
    QUERY,
    TRUTH,
    TRUTH_AT,
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
    "DOC",
    "ESTIMATE",
    "EVAL_TIME",
    "EVENT",
    "ORDER",
    "QUERY",
    "TRUTH",
    "TRUTH_AT",
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
    "frame_of_labels",
    "frame_of_vectors",
    "given_levels",
    "holds_numbers",
    "is_unordered",
    "known_labels",
    "named_rows",
    "names_of",
    "no_rows",
    "numeric_columns",
    "pairs_of_vectors",
    "prepare",
    "prepare_judged",
    "prepare_vectors",
    "read_classes",
    "read_numbers",
    "recognise",
    "repeat_rows",
    "require_ordered",
    "rows_where",
    "unnest",
    "without_names",
]
