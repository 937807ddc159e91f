"""The door: whatever frame or vectors the user passes, as prepared data with internal names."""

from tidymetrics.inputs.classes import Coded, Levels, event_position, given_levels
from tidymetrics.inputs.columns import find_keys, holds_numbers, names_of
from tidymetrics.inputs.probabilities import Asked, Binding, bind_frame, bind_vectors
from tidymetrics.inputs.rows import ESTIMATE, ORDER, TRUTH, WEIGHT, Owner, Role, Rows, no_rows, prepare
from tidymetrics.inputs.source import Source, recognise
from tidymetrics.inputs.vectors import Vectors, prepare_vectors, read_classes

__all__ = [
    "ESTIMATE",
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
    "bind_frame",
    "bind_vectors",
    "event_position",
    "find_keys",
    "given_levels",
    "holds_numbers",
    "names_of",
    "no_rows",
    "prepare",
    "prepare_vectors",
    "read_classes",
    "recognise",
]
