"""Start Rasa without the libraries that only parts of it need which this assistant does not use: TensorFlow first of all.

Rasa imports all of its classifiers, policies and channels, whichever are configured; loading TensorFlow and the clients of other
companies' services is most of its start-up time and memory. `register` puts hollow modules in their place. A class derived
from one can be defined but not made: using such a part stops with an `ImportError` that names the library (docs/adr/0006-a-lean-engine.md).
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, List, Optional, Sequence

ABSENT = frozenset(
    {
        # Neural networks: DIET, TED, UnexpecTED, ResponseSelector, ConveRT and language-model featurizers.
        *("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"),
        # Pictures of confusion matrices and of stories.
        *("matplotlib", "networkx"),
        # Channels, brokers and stores that are services of others.
        *("aio_pika", "aiogram", "boto3", "botocore", "confluent_kafka", "fbmessenger", "google", "mattermostwrapper"),
        *("pymongo", "rocketchat_API", "slack_sdk", "socketio", "twilio", "webexteamssdk"),
        # Reports to Rasa's makers, which are switched off.
        "sentry_sdk",
    }
)


class Hollow(type):
    """The kind of everything that stands in an absent module: a class whose every attribute is another one."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(f"{cls.__module__}.{cls.__name__}", name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Hand back what is decorated; refuse to make an object of a class that needs an absent one."""
        # While Rasa is imported, decorators are applied and passed over.
        if cls.__dict__.get("_hollow"):
            return args[0] if len(args) == 1 and callable(args[0]) and not kwargs else cls
        raise ImportError(
            f"{cls.__module__}.{cls.__qualname__} needs a library that is not loaded: see bot/dialogue/absent.py"
        )


def stand_in(module: str, name: str) -> Hollow:
    """A hollow class of this name; one named as an error can stand in an `except` clause."""
    kind = (Exception,) if name.endswith(("Error", "Exception", "Failure")) else ()
    return Hollow(name, kind, {"__module__": module, "_hollow": True})


class Module(ModuleType):
    """An absent module: anything may be imported from it."""

    __path__: List[str] = []  # noqa: RUF012  (an attribute of every package)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(self.__name__, name)


class Absent(MetaPathFinder, Loader):
    """Finds the absent modules and everything below them."""

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]] = None, target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        """A spec for an absent module, None for any other."""
        return ModuleSpec(fullname, self, is_package=True) if fullname.partition(".")[0] in ABSENT else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A hollow module."""
        return Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is run."""


def register() -> None:
    """Let the absent modules stand in from now on. To be called before Rasa is imported."""
    if not any(isinstance(finder, Absent) for finder in sys.meta_path):
        sys.meta_path.insert(0, Absent())
