"""The one place where Rasa's code is replaced: what costs most of a turn, or of reading training data, and has no
setting and no extension point.

Each replacement does what the original does. `REPLACED` holds the fingerprint of every original, `READ` of what they were understood by;
a test compares them with the Rasa that is installed, so that nobody takes another release without reading the originals again
(docs/adr/0006-a-lean-engine.md).
"""

from __future__ import annotations

import hashlib
import inspect
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Dict, Optional, Tuple, Type

import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor
import rasa.shared.utils.validation
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.annotations import validate_training_data
from bot.dialogue.results import validate_action_result
from bot.dialogue.rules import find_action_from_rules, get_possible_keys
from bot.dialogue.runner import InOrder
from bot.dialogue.states import copied, states_for_tracker_history

_is_empty = Domain.is_empty
_resolve_by_type = Event.resolve_by_type


def is_empty(domain: Domain) -> bool:
    """Rasa writes the whole domain out, twice at every message, to see that there is one. It does not change while it is served."""
    known: Optional[bool] = domain.__dict__.get("_is_empty")
    if known is None:
        known = domain._is_empty = _is_empty(domain)
    return known


@lru_cache(maxsize=None)
def resolve_by_type(type_name: str, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
    """The class of an event by its name. Rasa looks through all of them for every event that it reads."""
    found: Optional[Type[Event]] = _resolve_by_type(type_name, default)
    return found


REPLACED: Dict[Tuple[Any, str], Tuple[Any, str]] = {
    (RemoteAction, "_validate_action_result"): (
        validate_action_result,
        "f8cdb4be6812396167ced74161b2ccd65c5ea676ad86d7d359d8c322d9d8dc42",
    ),
    (rasa.core.processor, "DaskGraphRunner"): (
        InOrder,
        "78a7d146c5c06d4cfd29638bbb20192183bfcd8cc69d2cb2be198c8e87a4c134",
    ),
    (rasa.shared.utils.validation, "validate_training_data"): (
        validate_training_data,
        "32d515372b5d12ca39ad91e23f68f83ee40271c55c5c2e0fc4227bbb20af9f06",
    ),
    (RulePolicy, "_get_possible_keys"): (
        get_possible_keys,
        "2915fd81711e194c6d667728e00bd0e51e9c1c2791a0be14c55f0ef9938f9936",
    ),
    (RulePolicy, "_find_action_from_rules"): (
        find_action_from_rules,
        "be6da6ee0f5429bd9bbded9f22186f3729469e5b392949493fd34a00ef9531d9",
    ),
    (Domain, "states_for_tracker_history"): (
        states_for_tracker_history,
        "035111ce73ac90ba50e143abf556f924af07d9f452893f5a96a62895d44df8b7",
    ),
    (Domain, "is_empty"): (
        is_empty,
        "884be90ef485f1d2c0f140657a47f106a7d2785b63b03e46cd699b4072e95369",
    ),
    (DialogueStateTracker, "copy"): (
        copied,
        "dfa48dca9f355ad1b42c625bc6f6370bafe83514ed17a77904ed64c67bf07285",
    ),
    (Event, "resolve_by_type"): (
        staticmethod(resolve_by_type),
        "b5cf570fa7f286c7059ec73d8880528d03a78b28cf4e80285a46079c0fa65968",
    ),
}
"""By where a function or class stands: what takes its place, and the fingerprint of what stood there."""

READ: Dict[Any, str] = {
    RulePolicy._predict: "f5182d8a10639e14d2643795210767a17fc4c8b5c2852b946f41c6c9f1a8a4e0",
    RulePolicy._is_rule_applicable: "64a108b016b46e573d6020b755a6036439dc207a364b45c9ea5dcb0f18dc7068",
    RulePolicy._does_rule_match_state: "d3109c1a97de319ceee17570d2d96b51c2fa0006379c5a491d5ed7df136666a7",
    DialogueStateTracker.generate_all_prior_trackers: "a1f6954347b52649a7b1054741338997d2369197d91acb2eab7f6b11d3855ed1",
    DialogueStateTracker.travel_back_in_time: "09d16f28f007492f653b504cf2b6064dc453444c524799378609a85b04efd632",
    DialogueStateTracker.init_copy: "429fcd2243b9e0e1a6e8ffc3057a4f2fb4ecbb677055c644129bc65b6cd32b75",
    DialogueStateTracker.applied_events: "764d5065ea9997d613c1984d9357370f9ae32d31ca21346086f16c54f0487aae",
}
"""What a replacement was written by without replacing it, with its fingerprint."""

ONLY_LOGGED = (rasa.core.processor, rasa.core.policies.rule_policy, rasa.core.actions.forms)
"""Modules that copy whatever they are about to log, whether or not it is logged, and nothing else: they get a `copy` that does not."""
UNCOPIED = SimpleNamespace(deepcopy=lambda value: value)


def apply() -> None:
    """Put the replacements in place; again does no harm."""
    for (owner, name), (replacement, _) in REPLACED.items():
        setattr(owner, name, replacement)
    for module in ONLY_LOGGED:
        module.copy = UNCOPIED


def apply_to_training() -> None:
    """Put in place only what reads training data: the rest is for a model that is served."""
    rasa.shared.utils.validation.validate_training_data = validate_training_data


def fingerprint(original: Any) -> str:
    """SHA-256 of the source of a function or a class."""
    return hashlib.sha256(inspect.getsource(original).encode()).hexdigest()
