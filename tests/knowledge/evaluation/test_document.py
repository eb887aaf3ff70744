"""The program's sections are replaced; what a person wrote around them stays."""

from __future__ import annotations

from knowledge.evaluation.document import table, with_sections

WRITTEN = """# Evaluation

Before.

<!-- eval:one -->
old
<!-- /eval:one -->

Between: *kept by hand*.

<!-- eval:two -->
<!-- /eval:two -->
After.
"""


def test_sections_are_replaced_and_the_rest_is_kept() -> None:
    assert with_sections(WRITTEN, {"one": "new \\1\n", "two": "| a |"}) == WRITTEN.replace("old", "new \\1").replace(
        "<!-- eval:two -->\n", "<!-- eval:two -->\n| a |\n"
    )


def test_writing_twice_changes_nothing_more() -> None:
    once = with_sections(WRITTEN, {"one": "new", "three": "more"})
    assert with_sections(once, {"one": "new", "three": "more"}) == once


def test_a_section_without_markers_is_added_at_the_end() -> None:
    assert with_sections("# T\n", {"new": "x"}) == "# T\n\n<!-- eval:new -->\nx\n<!-- /eval:new -->\n"
    assert with_sections("", {"new": "x"}) == "<!-- eval:new -->\nx\n<!-- /eval:new -->\n"


def test_cells_stay_in_their_row() -> None:
    assert table(("a", "b"), [("x | y", "two\nlines"), (1, "")]) == (
        "| a | b |\n| --- | --- |\n| x \\| y | two lines |\n| 1 |  |"
    )
