"""Runs a model's graph of components one after another, in an order found once.

Rasa's own runner has Dask plan the same graph anew at each of the three or so runs of a turn. This is another `GraphRunner`, Rasa's
interface for the purpose; `bot.dialogue.lean` names it to Rasa, for which there is no setting.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

Step = Tuple[str, GraphNode, Tuple[str, ...]]


class InOrder(GraphRunner):
    """Each component once, after those it needs."""

    def __init__(self, schema: GraphSchema, nodes: Dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._plans: Dict[Tuple[str, ...], List[Step]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> InOrder:
        """Load the components."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None) -> Dict[str, Any]:
        """Run what the targets need; returns their outputs by name.

        Raises:
            GraphRunError: an input that is needed is missing.
        """
        wanted = tuple(targets or self._schema.target_names)
        plan = self._plans.get(wanted)
        if plan is None:
            plan = self._plans[wanted] = self._plan(wanted)
        done: Dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in plan:
            # A node complains itself when it is given a name in place of an output.
            done[name] = node(*(done.get(need, need) for need in needs))
        return {name: done[name][1] for name in wanted}

    def _plan(self, targets: Tuple[str, ...]) -> List[Step]:
        needed = self._schema.minimal_graph_schema(list(targets)).nodes
        order: Dict[str, Step] = {}

        def add(name: str) -> None:
            if name in order or name not in needed:
                return
            needs = tuple(needed[name].needs.values())
            for need in needs:
                add(need)
            order[name] = (name, self._nodes[name], needs)

        for name in targets:
            add(name)
        return list(order.values())
