"""`sauro diff`: where two plans differ about the same work, and where one contradicts itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.messages.catalog import Lang, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.compare.differences import Difference
    from knowledge.compare.twins import Twin


def diff(
    left: Annotated[str, typer.Argument(help=message("diff.left_help"))],
    right: Annotated[str, typer.Argument(help=message("diff.right_help"))],
    every: Annotated[bool, typer.Option("--all", help=message("diff.all_help"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=message("diff.json_help"))] = False,
    lang: Annotated[str, typer.Option(help=message("diff.lang_help"))] = "vi",
) -> None:
    """List the differences between two published plans, heaviest first."""
    import json

    from bot.cli.terminal import fail
    from knowledge.compare.contradictions import contradictions
    from knowledge.compare.differences import LEVELS, MINOR, differences
    from knowledge.compare.twins import link_twins
    from knowledge.records import read_plans

    spoken: Lang = "en" if lang == "en" else "vi"
    plans = {plan.id: plan for plan in read_plans()}
    for name in (left, right):
        if name not in plans:
            fail(message("diff.unknown_plan", spoken, plan=name, known=", ".join(plans)))
    a, b = plans[left], plans[right]
    twins = link_twins(a, b)
    own = (*contradictions(a), *(contradictions(b) if b is not a else ()))
    found = [d for d in (*differences(a, b, twins), *own) if every or d.level not in MINOR]
    found.sort(key=lambda d: LEVELS.index(d.level))
    if as_json:
        print(json.dumps(_as_json(twins, found), ensure_ascii=False, indent=1))
        return
    _show(twins, found, spoken)
    if not every:
        print(message("diff.more", spoken))


def _show(twins: Sequence[Twin], found: Sequence[Difference], lang: Lang) -> None:
    pairs = [twin for twin in twins if twin.left and twin.right]
    print(message("diff.twins", lang, tasks=_count(pairs, "task"), targets=_count(pairs, "target")))
    level = ""
    for d in found:
        if d.level != level:
            level = d.level
            print(f"\n{message(f'diff.level_{level}', lang).upper()} ({sum(x.level == level for x in found)})")
        print(f"• {message(f'diff.field_{d.field}', lang)}")
        for key, text in ((d.left, d.left_text), (d.right, d.right_text)):
            print(f"    {key or '—'}: {text or message('diff.nothing', lang)}")
    print()


def _count(twins: Sequence[Twin], kind: str) -> int:
    return sum(twin.kind == kind for twin in twins)


def _as_json(twins: Sequence[Twin], found: Sequence[Difference]) -> dict[str, Any]:
    def written(key: object) -> str | None:
        return None if key is None else str(key)

    return {
        "twins": [{"kind": t.kind, "left": written(t.left), "right": written(t.right)} for t in twins],
        "differences": [
            {
                "level": d.level,
                "field": d.field,
                "left": written(d.left),
                "left_text": d.left_text,
                "right": written(d.right),
                "right_text": d.right_text,
            }
            for d in found
        ],
    }
