"""How the shipped encoder is made: pairs of texts from a plain corpus, a vocabulary, and a contrastive training on both."""
