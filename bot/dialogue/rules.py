"""Which of a policy's rules apply, found by looking at few of them.

Rasa's rule policy asks every rule, twice for each action: for the text of the last message first, then for its intent. A rule says what
the last state must hold; here the rules are laid out once by the action and the intent of that state, and only those that can apply are
asked, in Rasa's own words. `bot.dialogue.lean` puts this in the policy's place.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, Dict, List, Optional, Set, Tuple

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    PREVIOUS_ACTION,
    SHOULD_NOT_BE_SET,
    USER,
)
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Lookup = Dict[str, str]
Found = Tuple[Optional[str], Optional[str], bool]

_find = RulePolicy._find_action_from_rules


class Shelf:
    """The rules of one lookup by what they ask of the last state: its action and its intent, None for rules that do not say."""

    def __init__(self, lookup: Lookup) -> None:
        self.size = len(lookup)
        self._keys: Dict[Tuple[Optional[str], Optional[str]], List[str]] = defaultdict(list)
        for key in lookup:
            last = json.loads(key)[-1]
            self._keys[_wanted(last, PREVIOUS_ACTION, ACTION_NAME), _wanted(last, USER, INTENT)].append(key)

    def near(self, state: State) -> List[str]:
        """The rules that do not contradict a state in its action or its intent."""
        action, intent = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)
        return [key for a in {action, None} for i in {intent, None} for key in self._keys.get((a, i), ())]

    @property
    def by_intent(self) -> bool:
        """Does every rule about what follows a message ask for the message's intent?"""
        return not any(action in (ACTION_LISTEN_NAME, None) and not intent for action, intent in self._keys)


def get_possible_keys(policy: RulePolicy, lookup: Lookup, states: List[State]) -> Set[str]:
    """The rules that apply to the last of these states and those before it."""
    back = list(enumerate(reversed(states)))
    return {
        key
        for key in _shelf(policy, lookup).near(states[-1])
        if all(policy._is_rule_applicable(key, i, state) for i, state in back)
    }


def find_action_from_rules(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> Found:
    """What Rasa finds; rules that all ask for an intent are not asked about a message's text."""
    lookups = (policy.lookup[RULES], policy.lookup[RULES_FOR_LOOP_UNHAPPY_PATH])
    if use_text_for_last_user_input and all(_shelf(policy, lookup).by_intent for lookup in lookups):
        return None, None, False
    found: Found = _find(policy, tracker, domain, use_text_for_last_user_input)
    return found


def _wanted(state: Dict[str, Any], part: str, name: str) -> Optional[str]:
    value = state.get(part, {}).get(name)
    return value if isinstance(value, str) and value != SHOULD_NOT_BE_SET else None


def _shelf(policy: RulePolicy, lookup: Lookup) -> Shelf:
    """Kept with the policy, whose rules never change once it is loaded."""
    shelves: Dict[int, Shelf] = policy.__dict__.setdefault("_shelves", {})
    shelf = shelves.get(id(lookup))
    if shelf is None or shelf.size != len(lookup):
        shelf = shelves[id(lookup)] = Shelf(lookup)
    return shelf
