import io

from rich.console import Console

from bot.cli.showing import show

REPLIES = [
    {
        "text": "[bold]Sở Tư pháp[/bold] chủ trì.",
        "buttons": [{"title": "Hạn?", "payload": "hạn nhiệm vụ 1"}, {"title": "Sản phẩm?", "payload": "sản phẩm"}],
        "custom": {
            "status": "answered",
            "degraded": True,
            "citations": [
                {"label": "Kế hoạch A, nhiệm vụ 1", "quote": "Sở Tư pháp"},
                {"label": "Kế hoạch B, nhiệm vụ 2", "quote": "Sở Tư pháp"},
                {"label": "Kế hoạch A, nhiệm vụ 1", "quote": "Quý II/2026"},
            ],
        },
    },
    {"text": "Còn gì nữa?", "buttons": [{"title": "Không", "payload": "không"}]},
]


def test_text_choices_and_quotes_are_shown_as_they_are_and_numbers_run_on() -> None:
    out = io.StringIO()
    payloads = show(Console(file=out, width=80), REPLIES, "en")
    assert payloads == ["hạn nhiệm vụ 1", "sản phẩm", "không"]
    assert [line.rstrip() for line in out.getvalue().splitlines()] == [
        "Provisional answer, without the dialogue engine.",
        "[bold]Sở Tư pháp[/bold] chủ trì.",
        "  [1] Hạn?",
        "  [2] Sản phẩm?",
        "",
        "Sources",
        "· Kế hoạch A, nhiệm vụ 1",
        "  “Sở Tư pháp”",
        "  “Quý II/2026”",
        "· Kế hoạch B, nhiệm vụ 2",
        "  “Sở Tư pháp”",
        "Còn gì nữa?",
        "  [3] Không",
    ]
