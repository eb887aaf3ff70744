"""Tokens for Rasa's stock featurizers: Vietnamese syllables, in two forms at once.

The text of a token is its diacritics-free form, so that "ai chu tri" and "ai chủ trì" share features; its lemma keeps the
diacritics, so that a featurizer with `use_lemma: true` can still tell "ai" (who) from "AI", "hạn" from "hàn".
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.words import words

# Stands for a message without any letter or digit (only emoji, say), which the featurizers could not count otherwise.
_NO_WORD = "_"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SyllableTokenizer(Tokenizer):
    """Cut messages into syllables; offsets are those of the cleaned text."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Settings every Rasa tokenizer must have."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Return the tokens of one attribute of a message, at least one."""
        text = message.get(attribute)
        tokens = [Token(w.folded, w.start, w.end, lemma=w.marked) for w in words(text)]
        return tokens or [Token(_NO_WORD, 0, len(text), lemma=_NO_WORD)]
