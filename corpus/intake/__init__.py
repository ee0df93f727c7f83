"""New documents: from a file of any readable kind to a proposed document, and from that to a folder of the corpus."""
