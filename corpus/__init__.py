"""Policy texts: from the source's bytes to a tree of measures. Knows nothing of search or models."""
