"""Finding out what a message says about progress: `read_report` for one task, `split_reports` for several.

A message is repaired word by word (surface), cut into wordings, amounts and times (items), its parts get roles (roles), and out of
these come the percent, the status, the task's name and the free words. The language is data (`cues.json`).
"""

from knowledge.progress.reading.names import NO_NAMES, Names, names_of
from knowledge.progress.reading.report import read_report
from knowledge.progress.reading.split import behind_percents, split_reports
from knowledge.progress.reading.surface import without_links
from knowledge.progress.reading.types import Problem, Report

__all__ = [
    "NO_NAMES",
    "Names",
    "Problem",
    "Report",
    "behind_percents",
    "names_of",
    "read_report",
    "split_reports",
    "without_links",
]
