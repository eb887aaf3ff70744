"""Tokens for Rasa's stock components: Vietnamese syllables, in two forms at once.

The text of a token is its diacritics-free form, so that "ai chu tri" and "ai chủ trì" are the same; its lemma keeps the
diacritics, so that a featurizer with `use_lemma: true` can still tell "ai" (who) from "AI".
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.words import read

# Stands for a message without any letter or digit (only emoji, say): Rasa's components expect at least one token.
_NO_WORD = "_"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SyllableTokenizer(Tokenizer):
    """Cut messages into repaired syllables; offsets are those of the cleaned text."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Settings every Rasa tokenizer must have."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def __init__(self, config: Dict[str, Any]) -> None:
        super().__init__(config)
        read(_NO_WORD)  # loads the word tables now, not with the first message

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Return the tokens of one attribute of a message, at least one."""
        text = message.get(attribute)
        tokens = [Token(w.folded, w.start, w.end, lemma=w.marked) for w in read(text).words]
        return tokens or [Token(_NO_WORD, 0, len(text), lemma=_NO_WORD)]
