"""A small export for driving the screens: two years, several models, branches, pictures found and missing, feedback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests import builders

DAY = 86_400
NOON = 1_700_000_000 - 1_700_000_000 % DAY + DAY // 2
"""14 November 2023, noon UTC: the same day in nearly every time zone."""


def conversations() -> list[Any]:
    """Twelve conversations; the newest one last."""
    photo, lost = builders.picture("balcony.png"), builders.picture("lost.png")
    talks = [
        builders.conversation(
            "Grandma’s soup",
            [
                ("user", "Do you remember the soup my grandma made?"),
                ("assistant", "Tell me about the soup.", {"model": "gpt-4", "id": "soup-answer"}),
                ("user", "Leeks, potatoes, and a little nutmeg."),
                ("assistant", "Then it was a **leek soup**.\n\n```python\nprint('soup')\n```", {"model": "gpt-4o"}),
            ],
            created=NOON,
        ),
        builders.conversation(
            "Balcony",
            [
                builders.picture_sent(photo, "What grows here?"),
                ("assistant", "Tomatoes. See https://example.org/tomatoes for more.", {"model": "gpt-4o"}),
                builders.picture_sent(lost, "And here?"),
                ("assistant", "Herbs.", {"model": "gpt-4o"}),
            ],
            created=NOON + 100 * DAY,
        ),
        builders.branching() | {"title": "Rivers", "create_time": NOON + 200 * DAY, "update_time": NOON + 200 * DAY},
        builders.conversation(
            "東京旅行の計画",
            [("user", "東京で静かな場所はどこですか。"), ("assistant", "根津神社はいかがでしょう。", {"model": "o3"})],
            created=NOON + 300 * DAY,
            model="o3",
        ),
        builders.conversation(
            "وصفة حساء جدتي",
            [("user", "كيف أطبخ حساء جدتي؟"), ("assistant", "ابدأ بالبصل.", {"model": "gpt-5"})],
            created=NOON + 310 * DAY,
            model="gpt-5",
        ),
        builders.conversation(
            "Thinking aloud",
            [
                ("user", "How many days until spring?"),
                *builders.thoughts(("Counting", "I count the days."), model="gpt-5-thinking"),
                ("assistant", "Forty days.", {"model": "gpt-5-thinking"}),
            ],
            created=NOON + 320 * DAY,
        ),
        builders.conversation(
            "About me",
            [("user", "Remember that I like rain."), ("assistant", "I will.", {"model": "gpt-4o"})],
            created=NOON + 330 * DAY,
            instructions=builders.custom_instructions("I live by the sea.", "Answer briefly."),
        ),
    ]
    for number in range(5):
        talks.append(
            builders.conversation(
                f"Short note {number}",
                [("user", f"Note {number}: water the plants."), ("assistant", "Noted.", {"model": "gpt-4o"})],
                created=NOON + (400 + 40 * number) * DAY,
            )
        )
    return talks


def write(path: Path) -> Path:
    """The export as a zip, with one of the two pictures and two ratings."""
    talks = conversations()
    ratings = [
        builders.feedback(talks[0], "soup-answer"),
        builders.feedback(talks[2], "second", rating="thumbs_down", note="ab-test-7"),
    ]
    sidecars = {"message_feedback.json": ratings}
    return builders.write_zip(path, talks, files=[builders.picture("balcony.png")], sidecars=sidecars)
