"""Names of the configurations; what makes them stands in `eval.configs`."""

OURS = "dudao"
BASELINES = ("always-abstain", "cite-everything", "echo-question", "dump-clauses")
RETRIEVERS = ("bm25-only", "dense-only", "llama-index")
# ours with every lexical feature at zero
HALVED = ("without-lexical",)
CONFIGS = (OURS, *HALVED, *RETRIEVERS, *BASELINES)
# what is printed beside every run; the others are tests of the scorer
BESIDE = (*RETRIEVERS, "always-abstain", "cite-everything")
# slow to ask and the same until documents, model or code change, so their figures are kept
SLOW = ("dense-only", "llama-index")
