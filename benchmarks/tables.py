"""The tables of docs/evaluation.md: figures in, Markdown out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cli.evaluate_text import WAYS, WORDS, ways, words
from knowledge.evaluation.causes import Understood, cause, explained
from knowledge.evaluation.checks import Verdict
from knowledge.evaluation.document import table
from knowledge.evaluation.tally import Count, Tally, percentile, tally
from knowledge.evaluation.text_report import Clean, Kind
from knowledge.search.evaluation import Quality

NAMES = {"typed": "as typed", "folded": "without diacritics"}


@dataclass(frozen=True)
class Played:
    """A set of questions in one form ("typed", "folded"): verdicts on the answering part alone, and on the service over REST."""

    name: str
    form: str
    alone: list[Verdict]
    served: list[Verdict]


def retrieval(texts: int, queries: int, rows: Iterable[tuple[str, str, Quality]]) -> str:
    """One row per search and form of the questions."""
    cells = [
        (name, NAMES[form], _percent(q.ndcg_at_10), _percent(q.recall_at_1), _percent(q.recall_at_10))
        for name, form, q in rows
    ]
    heads = ("search", "questions", "nDCG@10", "recall@1", "recall@10")
    return f"{texts} texts, {queries} questions.\n\n{table(heads, cells)}"


def sets(played: Sequence[Played]) -> str:
    """One row per set, form and way of asking."""
    cells = []
    for p in played:
        for way, verdicts in (("over REST", p.served), ("answering part alone", p.alone)):
            t = tally(verdicts)
            right = f"{t.rows.passed}/{t.rows.total}"
            cells.append((p.name, NAMES[p.form], way, right, _percent(t.rows.share), t.early, t.refused, t.wrong))
    return table(("set", "questions", "asked", "right", "%", "early", "refused", "wrong"), cells)


def linking(measured: Iterable[tuple[str, str, int, dict[str, int]]]) -> str:
    """One row per set and form: of how many questions each way puts a right record first."""
    rows = list(measured)
    heads = ("set", "questions", "of one subject", *(f"{way}, %" for way in rows[0][3]))
    return table(
        heads, [(name, NAMES[form], n, *(_percent(c / n) for c in right.values())) for name, form, n, right in rows]
    )


def groups(played: Sequence[Played], of: Callable[[Tally], dict[str, Count]]) -> str:
    """One row per category or register, right of all over REST and by the answering part alone."""
    heads = ["set", "", *(f"{NAMES[form]}, {way}" for form in NAMES for way in ("REST", "alone"))]
    cells = []
    for name in dict.fromkeys(p.name for p in played):
        counts = [of(tally(v)) for p in played if p.name == name for v in (p.served, p.alone)]
        cells += [(name, group, *(_right(c.get(group)) for c in counts)) for group in counts[0]]
    return table(heads, cells)


def latency(played: Sequence[Played]) -> str:
    """The only figures that differ from run to run."""
    ms = [ms for p in played for v in p.served for ms in v.reply.ms]
    return f"A turn over REST, one user, {len(ms)} turns: p50 {percentile(ms, 0.5):.0f} ms, p95 {percentile(ms, 0.95):.0f} ms."


def failures(played: Sequence[Played], understood: dict[str, Any]) -> str:
    """Every row that fails over REST, with the part that explains it; then how often each part does."""
    parts = []
    for p in played:
        taken = understood[p.name][p.form]["rows"]
        alone = {v.row.id: v for v in p.alone}
        failed = [(v, _taken(taken, v)) for v in p.served if not v.passed]
        cells = [
            (v.row.id, v.row.category, v.row.register, " → ".join(v.row.turns), cause(v, alone.get(v.row.id), u), explained(v, u))
            for v, u in failed
        ]  # fmt: skip
        heads = ("row", "category", "register", "question", "part", "why")
        found = table(heads, cells) if cells else "None."
        parts.append(f"#### {p.name}, {NAMES[p.form]}: {len(cells)}\n\n{found}")
    return "\n\n".join(parts)


def understanding(told: dict[str, Any]) -> dict[str, str]:
    """Sections on intents and facets: by cross-validation, and of the trained model on each set."""
    cross = told["cross_validation"]
    head = (
        f"{cross['folds']} folds, {cross['messages']} messages: intent accuracy {_percent(cross['accuracy'])} %, "
        f"facet F1 {_percent(cross['facet_f1'])} %."
    )
    return {
        "intents": f"{head}\n\n{_registers(cross['registers'])}\n\n{_scores('intent', cross['intents'])}",
        "facets": _scores("facet", cross["facets"]),
        "confusions": _confusions(cross["confusions"]),
        "understood": _understood(told["questions"]),
    }


def noisy_text(kinds: Sequence[Kind], clean: Clean) -> str:
    """Two tables by kind of noise: what repair does to words, and where the noisy questions lead; then the clean questions."""
    told = (
        f"Clean questions changed: {clean.changed} of {clean.rows}; "
        f"looking through one takes p50 {percentile(clean.us, 0.5):.0f} µs, p95 {percentile(clean.us, 0.95):.0f} µs."
    )
    return "\n\n".join((table(WORDS, words(kinds)), table(("noise", "texts", *WAYS), ways(kinds)), told))


def _taken(rows: dict[str, Any], verdict: Verdict) -> Understood | None:
    row = rows.get(verdict.row.id)
    return Understood(row["intent"], tuple(row["facets"])) if row else None


def _registers(registers: dict[str, dict[str, Any]]) -> str:
    cells = [(name, r["messages"], _percent(r["accuracy"]), _percent(r["facet_f1"])) for name, r in registers.items()]
    return table(("register", "messages", "intent accuracy", "facet F1"), cells)


def _scores(what: str, scores: dict[str, dict[str, Any]]) -> str:
    cells = [
        (name, s["messages"], _percent(s["precision"]), _percent(s["recall"]), _percent(s["f1"]))
        for name, s in scores.items()
    ]
    return table((what, "messages", "precision", "recall", "F1"), cells)


def _confusions(found: Sequence[dict[str, Any]]) -> str:
    cells = [(c["intent"], c["found"], c["count"], " · ".join(c["examples"])) for c in found]
    return table(("is", "taken for", "times", "for example"), cells)


def _understood(questions: dict[str, Any]) -> str:
    cells = []
    for name, forms in questions.items():
        for form, found in forms.items():
            for register, figures in [*found["registers"].items(), ("all", found["all"])]:
                right = (_percent(figures["accuracy"]), _percent(figures["facet_f1"]))
                cells.append((name, NAMES[form], register, figures["messages"], *right))
    return table(("set", "questions", "register", "rows", "intent accuracy", "facet F1"), cells)


def _right(count: Count | None) -> str:
    return f"{count.passed}/{count.total}" if count else ""


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
