"""Search over a list of texts: by shared words (BM25), by nearness of meaning (vectors), and both fused."""
