"""A conversation and a list whose every stored word is hostile; run as a program, it shows them in a real terminal."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from archiver.records import (
    AssetReference,
    Branch,
    Citation,
    Code,
    Document,
    Instructions,
    Memory,
    Message,
    Notice,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)
from archiver.tui.widgets.choice import Choice
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.transcript import Transcript
from archiver.tui.widgets.virtual_list import ItemId, RowLine, VirtualList

from .apps import WidgetApp
from .paths import Path, answered, said

PAYLOADS = (
    "\x1b]0;TITLE\x07",
    "\x1b]52;c;Q0xJUA==\x1b\\",
    "\x1b[2J\x1b[31m",
    "\x1bP>|DCS\x1b\\",
    "\x9b2J\x9dOSC\x9c",
    "\u202eRLO\u2066ISO\u200f",
    "\ud800HALF",
    "\x00\x05\x08\x0e\x7f",
    "[/b][/][@click=app.quit]CLICK[/][link=https://e.com]L[/link]",
    "A\u200bB\ufeffC\U000e0041D",
)
EVIL = " ".join(PAYLOADS)
MARKDOWN = (
    f"# {EVIL}\n\n**{EVIL}** `{EVIL}` [{EVIL}](https://e.com/{'%1b'}) \\( {EVIL} \\)\n\n- {EVIL}\n\n> {EVIL}\n\n"
    f"|{EVIL}|b|\n|-|-|\n|{EVIL}|c|\n\n```{EVIL}\n{EVIL}\n```\n&#x1b;[2J &#x202e;RLO &#155;2J\n\n[{EVIL}]: http://x.y"
)


def hostile_path() -> Path:
    """Every kind of part, and every field that is shown."""
    parts = (
        Text(MARKDOWN, (Citation(0, 5, EVIL, f"https://e.com/{EVIL}"),)),
        Speech(EVIL),
        Code(EVIL, EVIL),
        Reasoning(EVIL * 3, EVIL),
        ToolCall(EVIL, EVIL, EVIL),
        ToolResult(EVIL, EVIL, EVIL),
        Quote(EVIL, EVIL, EVIL),
        AssetReference(EVIL, "image", EVIL, caption=EVIL),
        AssetReference(EVIL, EVIL, EVIL),
        Document(EVIL, MARKDOWN, EVIL, EVIL, (EVIL,)),
        Memory(EVIL),
        Instructions(EVIL, EVIL),
        Notice(EVIL, EVIL),
        Unknown(EVIL, EVIL),
    )
    messages: list[Message] = [
        said(MARKDOWN),
        answered(parts=parts, model=EVIL, asked=EVIL + "2", rating=EVIL, status=EVIL, hidden=""),
        said(EVIL, role=EVIL, author=EVIL),
        said(EVIL, role="tool", author=EVIL),
        answered(EVIL, model="other" + EVIL),
    ]
    return Path(messages, notes={0: EVIL}, branches={1: Branch(1, 2)})


def draw(item: ItemId, _width: int) -> Sequence[RowLine]:
    """A row of hostile words, some of them at the right edge."""
    return [RowLine([Run(str(item)), Run(str(item), "match")], [Run(str(item)[:12], "dim")])]


class HostileApp(WidgetApp):
    """The transcript with everything unfolded, above a list."""

    def __init__(self) -> None:
        self.titles = VirtualList(draw)
        self.titles.styles.height = 12
        widget = Transcript()
        super().__init__(widget, self._open)

    def compose(self) -> ComposeResult:
        """Both widgets."""
        yield self.widget
        yield self.titles

    def _open(self) -> None:
        assert isinstance(self.widget, Transcript)
        self.widget.choice = Choice(frozenset())
        self.widget.load(hostile_path(), "m1")
        self.widget.action_fold()
        self.titles.show(PAYLOADS, [(0, EVIL)])


if __name__ == "__main__":
    HostileApp().run()
