"""Names of the configurations; what makes them stands in `eval.configs`."""

OURS = "dudao"
BASELINES = ("always-abstain", "cite-everything", "echo-question", "dump-clauses")
RETRIEVERS = ("bm25-only", "dense-only", "llama-index")
CONFIGS = (OURS, *RETRIEVERS, *BASELINES)
# what is printed beside every run; the others are tests of the scorer
BESIDE = (*RETRIEVERS, "always-abstain", "cite-everything")
