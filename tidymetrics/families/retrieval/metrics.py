"""Metrics of rankings: gains, precision and recall, and the place of the first relevant document."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Literal

from tidymetrics.core.options import non_negative, non_negative_or_none, one_of, share_between
from tidymetrics.families.retrieval import values
from tidymetrics.families.retrieval.family import retrieval_metric, retrieval_vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidymetrics.statistics import RankedRelevance
    from tidymetrics.typing import Array

_GAIN = {"gain": one_of("linear", "exponential")}
_NO_GRADE = "no query with a relevance above 0 is left"


@retrieval_metric(range=(0, inf), undefined=_NO_GRADE, graded=True, checks=_GAIN)
def dcg(ranked: RankedRelevance, ks: Sequence[float], *, gain: Literal["linear", "exponential"] = "linear") -> Array:
    """Discounted cumulative gain: the gains of the first k documents, less the lower they stand.

    ``sum_i g_i / log2(i + 1)``, the mean over queries, where g_i is the gain of the document at place i.

    Parameters
    ----------
    gain
        "linear": a document's gain is its relevance. "exponential": 2 to its power, minus 1.

    References
    ----------
    Järvelin, K., Kekäläinen, J. (2002). Cumulated gain-based evaluation of IR techniques. ACM Transactions on Information
    Systems 20(4), 422-446. Burges, C. et al. (2005). Learning to rank using gradient descent. ICML, 89-96.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 3, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> round(tm.dcg(df, "rel", "score", query="query", k=2)[".estimate"].item(), 4)
    1.4464
    >>> round(tm.dcg_vec([0, 3], [0.9, 0.4], gain="exponential"), 4)
    4.4165
    """
    return values.dcg(ranked, ks, gain)


@retrieval_metric(undefined=_NO_GRADE, graded=True, checks=_GAIN)
def ndcg(ranked: RankedRelevance, ks: Sequence[float], *, gain: Literal["linear", "exponential"] = "linear") -> Array:
    """Normalized discounted cumulative gain: that of the ranking as a share of that of the ideal order.

    ``dcg / max dcg``, the mean over queries. The ideal order has all judged documents of the query by falling relevance,
    retrieved or not, and is cut at k too.

    Parameters
    ----------
    gain
        "linear": a document's gain is its relevance, as in trec_eval and scikit-learn. "exponential": 2 to its power, minus 1.

    References
    ----------
    Järvelin, K., Kekäläinen, J. (2002). Cumulated gain-based evaluation of IR techniques. ACM Transactions on Information
    Systems 20(4), 422-446.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 3, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.ndcg(df, "rel", "score", query="query", k=[1, 2])[".estimate"].round(4).to_list()
    [0.5, 0.8155]
    >>> round(tm.ndcg_vec([0, 3], [0.9, 0.4]), 4)
    0.6309
    """
    return values.ndcg(ranked, ks, gain)


@retrieval_metric(checks={"divide_by": one_of("relevant", "min", "retrieved")})
def map_at_k(
    ranked: RankedRelevance, ks: Sequence[float], *, divide_by: Literal["relevant", "min", "retrieved"] = "relevant"
) -> Array:
    """Mean average precision: the precision at each relevant document, averaged over the relevant ones and over queries.

    ``sum_i h_i P_i / R``, where h_i is 1 for a relevant document at place i and else 0, P_i the share of relevant documents
    among the first i, and R the number of relevant documents of the query.

    Parameters
    ----------
    divide_by
        "relevant": by R (trec_eval). "min": by R, but at most by k, as in recommender systems. "retrieved": by the relevant
        documents among the first k; 0 where there are none.

    Raises
    ------
    RankingError
        With `divide_by="retrieved"` equal scores stand across place k; name `doc`.

    References
    ----------
    Buckley, C., Voorhees, E. M. (2000). Evaluating evaluation measure stability. SIGIR, 33-40. McSherry, F., Najork, M. (2008).
    Computing information retrieval performance measures efficiently in the presence of tied scores. ECIR, 414-421.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.map_at_k(df, "rel", "score", query="query")[".estimate"].item()
    0.75
    >>> tm.map_at_k_vec([0, 1], [0.5, 0.5])
    0.75
    """
    return values.average_precision(ranked, ks, divide_by)


@retrieval_metric()
def mrr(ranked: RankedRelevance, ks: Sequence[float]) -> Array:
    """Mean reciprocal rank: one over the place of the first relevant document.

    ``1 / i`` for the first relevant document at place i, the mean over queries; 0 where it stands beyond k or is not retrieved.

    References
    ----------
    Voorhees, E. M. (1999). The TREC-8 question answering track report. TREC-8, 77-82.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.mrr(df, "rel", "score", query="query")[".estimate"].item()
    0.75
    >>> tm.mrr_vec([0, 1], [0.9, 0.4])
    0.5
    """
    return values.reciprocal_rank(ranked, ks)


@retrieval_metric()
def precision_at_k(ranked: RankedRelevance, ks: Sequence[float]) -> Array:
    """Precision at k: the share of the first k places that hold a relevant document.

    ``hits / k``, the mean over queries, also where fewer than k documents are retrieved. Without k the share of all retrieved
    ones.

    References
    ----------
    Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to information retrieval. Cambridge University Press, chapter
    8.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 1], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.precision_at_k(df, "rel", "score", query="query", k=[1, 4])[".estimate"].to_list()
    [0.5, 0.375]
    >>> tm.precision_at_k_vec([0, 1], [0.9, 0.4])
    0.5
    """
    return values.precision(ranked, ks)


@retrieval_metric()
def recall_at_k(ranked: RankedRelevance, ks: Sequence[float]) -> Array:
    """Recall at k: the share of the relevant documents that are among the first k.

    ``hits / R``, the mean over queries, where R counts the relevant documents of the query, retrieved or not.

    References
    ----------
    Manning, C. D., Raghavan, P., Schütze, H. (2008). Introduction to information retrieval. Cambridge University Press, chapter
    8.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 1], "score": [0.9, 0.4, 0.7, None]})
    >>> tm.recall_at_k(df, "rel", "score", query="query", k=[1, 2])[".estimate"].to_list()
    [0.25, 0.75]
    >>> tm.recall_at_k_vec([0, 1], [0.9, 0.4], k=1)
    0.0
    """
    return values.recall(ranked, ks)


@retrieval_metric(checks={"beta": non_negative})
def f_meas_at_k(ranked: RankedRelevance, ks: Sequence[float], *, beta: float = 1.0) -> Array:
    """F measure at k: the weighted harmonic mean of precision and recall at k.

    ``(1 + beta^2) hits / (k + beta^2 R)``, the mean over queries, where R counts the relevant documents of the query. Without k
    the number of retrieved documents stands in its place.

    Parameters
    ----------
    beta
        How many times as much recall counts as precision.

    References
    ----------
    van Rijsbergen, C. J. (1979). Information retrieval. Butterworths, chapter 7.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 1], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> round(tm.f_meas_at_k(df, "rel", "score", query="query", k=2)[".estimate"].item(), 4)
    0.8333
    >>> round(tm.f_meas_at_k_vec([0, 1], [0.9, 0.4]), 4)
    0.6667
    """
    return values.f_meas(ranked, ks, beta)


@retrieval_metric()
def hit_rate(ranked: RankedRelevance, ks: Sequence[float]) -> Array:
    """Hit rate: the share of queries with a relevant document among the first k.

    ``[hits > 0]``, the mean over queries.

    References
    ----------
    Deshpande, M., Karypis, G. (2004). Item-based top-N recommendation algorithms. ACM Transactions on Information Systems
    22(1), 143-177.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.hit_rate(df, "rel", "score", query="query", k=[1, 2])[".estimate"].to_list()
    [0.5, 1.0]
    >>> tm.hit_rate_vec([0, 1], [0.9, 0.4], k=1)
    0.0
    """
    return values.hit_rate(ranked, ks)


@retrieval_metric(cut=False)
def r_precision(ranked: RankedRelevance) -> Array:
    """R-precision: the precision in as many places as the query has relevant documents.

    ``hits / R``, the mean over queries, where R counts the relevant documents of the query, and the hits are those among the
    first R.

    References
    ----------
    Buckley, C., Voorhees, E. M. (2000). Evaluating evaluation measure stability. SIGIR, 33-40.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.r_precision(df, "rel", "score", query="query")[".estimate"].item()
    0.5
    >>> tm.r_precision_vec([1, 1, 0], [0.9, 0.1, 0.5])
    0.5
    """
    return values.r_precision(ranked)


@retrieval_metric(cut=False, nonrelevant=True)
def bpref(ranked: RankedRelevance) -> Array:
    """Binary preference: how often relevant documents stand above documents that are judged not relevant.

    ``sum_i h_i (1 - min(N_i, R) / min(N, R)) / R``, the mean over queries, where h_i is 1 for a relevant document at place i
    and else 0, N_i counts the judged nonrelevant documents above it, N all of them, and R the relevant documents. Documents
    that are not judged are passed over. A document with no nonrelevant one above it counts 1.

    Raises
    ------
    RankingError
        Scores of a query are equal; name `doc`, which orders them.

    References
    ----------
    Buckley, C., Voorhees, E. M. (2004). Retrieval evaluation with incomplete information. SIGIR, 25-32.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, None], "score": [0.9, 0.4, 0.7, 0.8]})
    >>> tm.bpref(df, "rel", "score", query="query")[".estimate"].item()
    0.5
    >>> tm.bpref_vec([1, 0, 1], [0.9, 0.5, 0.1])
    0.5
    """
    return values.bpref(ranked)


@retrieval_metric(checks={"p": share_between})
def rbp(ranked: RankedRelevance, ks: Sequence[float], *, p: float = 0.8) -> Array:
    """Rank-biased precision: the relevant documents that a reader sees who goes on to the next place with probability p.

    ``(1 - p) sum_i h_i p^{i - 1}``, the mean over queries, where h_i is 1 for a relevant document at place i and else 0.

    Parameters
    ----------
    p
        How patient the reader is, above 0 and below 1: the higher, the deeper.

    References
    ----------
    Moffat, A., Zobel, J. (2008). Rank-biased precision for measurement of retrieval effectiveness. ACM Transactions on
    Information Systems 27(1), 2.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 1, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> round(tm.rbp(df, "rel", "score", query="query")[".estimate"].item(), 4)
    0.18
    >>> round(tm.rbp_vec([0, 1], [0.9, 0.4], p=0.5), 4)
    0.25
    """
    return values.rbp(ranked, ks, p)


@retrieval_metric(undefined=_NO_GRADE, graded=True, checks={"max_relevance": non_negative_or_none})
def expected_reciprocal_rank(ranked: RankedRelevance, ks: Sequence[float], *, max_relevance: float | None = None) -> Array:
    """Expected reciprocal rank (ERR): one over the place at which a reader stops, the sooner the greater the relevance.

    ``sum_i (s_i / i) (1 - s_1) ... (1 - s_{i-1})``, the mean over queries, where ``s_i = (2^{r_i} - 1) / 2^M`` is the
    probability that a document of relevance r_i satisfies the reader.

    Parameters
    ----------
    max_relevance
        The greatest relevance M that there can be; None takes the greatest of the whole call, not of each group.

    Raises
    ------
    RankingError
        Scores of a query are equal; name `doc`, which orders them. A relevance is above `max_relevance`.

    References
    ----------
    Chapelle, O., Metzler, D., Zhang, Y., Grinspan, P. (2009). Expected reciprocal rank for graded relevance. CIKM, 621-630.

    Examples
    --------
    >>> import polars as pl
    >>> import tidymetrics as tm
    >>> df = pl.DataFrame({"query": ["a", "a", "b", "b"], "rel": [0, 2, 1, 0], "score": [0.9, 0.4, 0.7, 0.1]})
    >>> tm.expected_reciprocal_rank(df, "rel", "score", query="query")[".estimate"].item()
    0.3125
    >>> tm.expected_reciprocal_rank_vec([0, 2], [0.9, 0.4], max_relevance=2)
    0.375
    """
    return values.expected_reciprocal_rank(ranked, ks, max_relevance)


dcg_vec = retrieval_vector(dcg)
ndcg_vec = retrieval_vector(ndcg)
map_at_k_vec = retrieval_vector(map_at_k)
mrr_vec = retrieval_vector(mrr)
precision_at_k_vec = retrieval_vector(precision_at_k)
recall_at_k_vec = retrieval_vector(recall_at_k)
f_meas_at_k_vec = retrieval_vector(f_meas_at_k)
hit_rate_vec = retrieval_vector(hit_rate)
r_precision_vec = retrieval_vector(r_precision)
bpref_vec = retrieval_vector(bpref)
rbp_vec = retrieval_vector(rbp)
expected_reciprocal_rank_vec = retrieval_vector(expected_reciprocal_rank)
