"""The arguments of metrics of rankings."""

from __future__ import annotations

from dataclasses import replace

from tidymetrics.core.arguments import BY, CASE_WEIGHTS, Argument
from tidymetrics.frames import DOC, ESTIMATE, QUERY, TRUTH

TRUTH_ARGUMENT = Argument(
    "truth",
    "str",
    "Name of the column of relevance: a number, higher is better; boolean is 1/0. A missing or negative relevance is not "
    "judged: it counts as not relevant.",
    positional=True,
    column="number",
    role=TRUTH,
    vector_annotation="Vector",
    vector_text="Vector [n] of relevances, higher is better; a missing or negative one is not judged.",
    flag="the column of true values",
)
ESTIMATE_ARGUMENT = Argument(
    "estimate",
    "str",
    "Name of the column of scores; higher comes first. A document without a score is not retrieved, yet its relevance counts.",
    positional=True,
    column="number",
    role=ESTIMATE,
    vector_annotation="Vector",
    vector_text="Vector [n] of scores; higher comes first. A document without a score is not retrieved.",
    flag="the column of scores",
)
QUERY_ARGUMENT = Argument(
    "query",
    "str | None",
    "Name of the column of queries (users): the metric is the mean over them. Without it each group is one ranking.",
    None,
    role=QUERY,
    vector_annotation="Vector | None",
    vector_text="Vector [n] of queries (users): the metric is the mean over them. Without it all rows are one ranking.",
    flag="the column of queries, for rankings",
)
K_ARGUMENT = Argument(
    "k",
    "int | Sequence[int | None] | None",
    "How many documents from the top count; None is the whole list. Several give one row each, in their order.",
    None,
    per_metric=True,
    vector_text="How many documents from the top count; None is the whole list. Several give a polars frame of `.k`, "
    "`.estimate`.",
    flag="how many documents from the top count, for rankings; several separated by commas",
    reads="numbers",
)
DOC_ARGUMENT = Argument(
    "doc",
    "str | None",
    "Name of the column of documents (items). Equal scores are then ordered by it, descending, and a document may stand in a "
    "query once. Without it every order of equal scores is equally likely, and the value is the expected one.",
    None,
    role=DOC,
    vector_annotation="Vector | None",
    vector_text="Vector [n] of documents (items), which order equal scores, descending. Without it the value is the mean over "
    "all orders of equal scores.",
    flag="the column of documents, for rankings",
)
QRELS_ARGUMENT = Argument(
    "qrels",
    "Any",
    "A frame of judgements with the columns of `query`, `doc` and `truth`, joined to `data`, which then has `query`, `doc` and "
    "`estimate`. A key that both frames have splits both; one that only `data` has sees all judgements for each of its values; "
    "one that only `qrels` has is a property of the query.",
    None,
    in_vectors=False,
    flag="a file of judgements: the columns of --query, --doc and --truth",
    reads="frame",
)
ORDER_ARGUMENT = Argument(
    "order",
    'Literal["score", "rank"]',
    'What `estimate` holds: "score", or "rank" for the places 1, 2, ..., which are taken as they are.',
    "score",
    flag="what --estimate holds for rankings: score or rank",
)
RELEVANT_ARGUMENT = Argument(
    "relevant",
    "float",
    "The least relevance of a relevant document, for all metrics but those that read grades (dcg, ndcg, "
    "expected_reciprocal_rank).",
    1,
    per_metric=True,
    flag="the least relevance of a relevant document",
    reads="number",
)
NO_RELEVANT_ARGUMENT = Argument(
    "no_relevant",
    'Literal["drop", "zero", "one"] | None',
    "What a judged query without a relevant document counts as (for metrics that read grades: without a relevance above 0): "
    '"zero", "one", or "drop", which leaves it out of the mean. None drops it, with one warning.',
    None,
    per_metric=True,
    flag="what a query without a relevant document counts as: drop, zero or one",
)
MISSING_ARGUMENT = Argument(
    "missing",
    'Literal["zero", "drop"]',
    'What a judged query without a retrieved document counts as: "zero", or "drop", which leaves it out of the mean.',
    "zero",
    per_metric=True,
    flag="what a query without a retrieved document counts as: zero or drop",
)
QUERY_WEIGHTS = replace(
    CASE_WEIGHTS,
    text="The column of weights of queries, finite, none negative and the same in all rows of a query: the mean is weighted.",
    vector_text="A vector [n] of weights of queries, finite, none negative and the same in all rows of a query.",
)
ARGUMENTS = (
    TRUTH_ARGUMENT,
    ESTIMATE_ARGUMENT,
    QUERY_ARGUMENT,
    BY,
    K_ARGUMENT,
    DOC_ARGUMENT,
    QRELS_ARGUMENT,
    ORDER_ARGUMENT,
    RELEVANT_ARGUMENT,
    NO_RELEVANT_ARGUMENT,
    MISSING_ARGUMENT,
    QUERY_WEIGHTS,
)
