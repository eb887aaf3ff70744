"""The vocabulary of the static encoder: syllables and whole words of Vietnamese without diacritics, learned from a corpus.

A Vietnamese word is often several syllables ("chuyen doi so"), and without diacritics one syllable alone says little. Byte-pair
merges therefore run across spaces, up to punctuation and numbers, so that frequent words and phrases get a vector of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
SIZE = 12_000
"""Most tokens. Vietnamese has about 2,500 syllables without diacritics; the rest are words, phrases and foreign words."""
LEAST = 10
"""Times a piece must occur to become a token."""
LONGEST = 24
"""Characters of the longest token, about five syllables."""
ALPHABET = 60
"""Characters that are kept: the Latin letters, the digits and the most frequent others."""


def learn_vocabulary(texts: Iterable[str]) -> Tokenizer:
    """Learn byte-pair merges (Sennrich et al., 2016) that may cross spaces (as Liu et al., 2025, "SuperBPE").

    Lower-casing and taking off diacritics are part of the tokenizer, so that every reader of the saved file does the same.
    """
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("\u0111", "d"),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r" *[^\p{L}\p{N} ]+ *"), "removed"),
            pre_tokenizers.Split(Regex(r" ?\p{N}+"), "isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        min_frequency=LEAST,
        limit_alphabet=ALPHABET,
        max_token_length=LONGEST,
        special_tokens=[UNKNOWN],
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer
