"""Where an export is chosen: the first screen of a new archive, and the way to add another export later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.widgets import Input

from archiver.i18n import N_, _
from archiver.text import when
from archiver.text.sanitize import one_line
from archiver.tui import amounts
from archiver.tui.commands import Back, BackOut, Choose, Command, GoSettings, Help, Menu, Move, Up
from archiver.tui.finding import Candidate, candidates, is_there, judged, path_from
from archiver.tui.messages import ExampleWanted, ImportWanted, LeaveWanted
from archiver.tui.panels.line import Line
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.screens.places import PlacesScreen
from archiver.tui.session import Session
from archiver.tui.threads import hand_over
from archiver.tui.widgets.runs import Run

_PATHS_BEGIN = {"slash": "/", "tilde": "~", "apostrophe": "'", "quotation_mark": '"'}
"""Keys that begin a path, and what they write."""

_LONGEST_SAID = 160
"""Characters of a path that is said to be wrong."""

_DATE_FROM_WIDTH = 60
_LOOK_AGAIN = 3.0
"""Seconds until Downloads is looked into again."""


class Choices(RowList):
    """Down from the last row leads into the line under the list; while one types there, no row is marked."""

    FOCUS_ON_CLICK = False

    @property
    def marks_cursor(self) -> bool:
        """In the line, Enter means what is typed."""
        return not isinstance(self.screen.focused, Input)

    def on_click(self, event: events.Click) -> None:
        """Coming from the line, a click only marks a row: nobody has seen yet which one it would choose."""
        is_choosing = self.marks_cursor
        self.screen.set_focus(self)
        if not is_choosing:
            event.prevent_default()
            position = self.position_at(event)
            self.move_to(position if position >= 0 else self.cursor)

    def action_move(self, step: int) -> None:
        """Go a row up or down, or out of the list."""
        if step > 0 and self.cursor >= len(self.rows) - 1:
            self.screen.set_focus(self.screen.query_one(Input))
        else:
            super().action_move(step)


class WelcomeScreen(PlacesScreen):
    """Says what to do and offers what was found in Downloads."""

    DEFAULT_CSS = """
    WelcomeScreen > Paragraph { padding: 0 2; max-width: 84; }
    WelcomeScreen > RowList { height: auto; max-width: 84; }
    WelcomeScreen > Input { margin: 1 1 0 1; max-width: 82; }
    WelcomeScreen.-short > Input { margin: 0 1; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (GoSettings, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Choose, Back, Help, Menu)
    PURPOSE = N_(
        "Choose the zip that ChatGPT sent you, as it came. Folders and single conversations.json files work too. "
        "Older and newer exports can be read in any order; nothing is lost because a newer one lacks it."
    )

    def __init__(self, session: Session, path: str = "") -> None:
        super().__init__(session)
        self._dropped = path
        self._is_looking = True
        self._is_first = session.is_empty
        self._looked_at: list[Candidate] | None = None
        """What was in Downloads the last time."""
        self._found: list[Candidate] = []
        self._unfinished = [] if session.archive is None else session.opened.unfinished()
        for key in _PATHS_BEGIN:
            # Before the next key is looked at: some terminals write a dropped path as if somebody typed very quickly.
            self._bindings.bind(key, f"begin_path('{key}')", show=False, priority=True)

    def heading(self) -> tuple[str, str]:
        """The program's name, or what is being done."""
        return (_("Archiver") if self._is_first else _("Add an export")), ""

    def footer(self) -> Sequence[type[Command]]:
        """What Esc does is said in words."""
        is_way_out = self._leads_nowhere_back and not isinstance(self.focused, Input)
        return [BackOut if is_way_out and command is Back else command for command in self.FOOTER]

    @property
    def _leads_nowhere_back(self) -> bool:
        """Whether there is nothing behind this screen yet; an import may have brought something meanwhile."""
        return self._is_first and not self.session.is_importing and self.session.is_empty

    def on_descendant_focus(self) -> None:
        """In the line for paths, Esc leads back into the list."""
        self.show_frame()

    def compose_body(self) -> ComposeResult:
        """What this is, what was found, and a line for everything else."""
        yield Paragraph(self._introduction)
        yield Choices()
        yield Line(lambda: _("Or type, paste or drop the path of the zip here"))

    def on_mount(self) -> None:
        """Look into Downloads."""
        super().on_mount()
        self._show_choices()
        self.set_focus(self.query_one(RowList))
        self.call_after_refresh(self._take, self._dropped)
        self._look_for_exports()
        self.set_interval(_LOOK_AGAIN, self._look_again)

    def on_resize(self) -> None:
        """The list has the lines that everything else leaves, and the line to type into stands under it."""
        if self.query(RowList):
            self._show_choices()
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        others = [child for child in self.children if not isinstance(child, RowList) and child.display]
        taken = sum(child.outer_size.height + child.styles.margin.height for child in others)
        self.query_one(RowList).styles.max_height = max(2, self.size.height - taken)

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self._show_choices()

    def _introduction(self) -> str:
        if self._is_first:
            return _(
                "This program keeps your ChatGPT history on this computer, finds words in it and lets you read it. "
                "Nothing is sent anywhere. Your export is only read, never changed."
            )
        return _("Older and newer exports can be added in any order. What is here already stays.")

    def _show_choices(self) -> None:
        folder = self.session.downloads.name
        rows = [
            Row(
                Candidate(self.session.opened.path / info.original, info.size, info.imported_at),
                info.name,
                _("carry on"),
                group=_("Not read to its end"),
            )
            for info in self._unfinished
        ]
        for found in self._found:
            if found.is_likely:
                rows.append(
                    Row(
                        found,
                        found.path.name,
                        _note(found, self.size.width),
                        group=_("Found in {folder}").format(folder=folder),
                    )
                )
        rest = [_other(found, self.size.width) for found in self._found if not found.is_likely]
        nothing = _("Looking into {folder}…") if self._looked_at is None else _("No export is in {folder} yet")
        group = _("Or") if rows else nothing.format(folder=folder)
        words = _("Open another zip, file or folder") if rows else _("Open a zip, file or folder")
        rows.append(Row("browse", words, group=group))
        rows.append(Row("how", _("I don’t have one yet: show me how"), group=group))
        if self._is_first:
            rows.append(Row("example", _("Look at an example"), group=group))
            rows.append(Row("settings", _("Language and colours"), group=group))
        self.query_one(RowList).show_rows([*rows, *rest])

    def _look_again(self) -> None:
        """Somebody may download the zip while this stands here."""
        if not self._is_looking:
            self._is_looking = True
            self._look_for_exports()

    @work(thread=True, exclusive=True, group="look")
    def _look_for_exports(self) -> None:
        found = candidates(self.session.downloads)
        is_news = found != self._looked_at
        hand_over(self, self._show_found, judged(found) if is_news else None, found)

    def _show_found(self, found: list[Candidate] | None, looked_at: list[Candidate]) -> None:
        """Show what was found; None where it is what was there before."""
        self._is_looking, self._looked_at = False, looked_at
        if found is None:
            return
        choices = self.query_one(RowList)
        is_chosen = choices.current_row is not None and (choices.cursor or self._found)
        chosen = choices.current_row.value if is_chosen and choices.current_row else None
        self._found = found
        self._show_choices()
        # Whoever has moved already keeps what they moved to; what was found stands above it.
        choices.move_to(next((place for place, row in enumerate(choices.rows) if row.value == chosen), 0))

    @on(RowList.Selected)
    def _chosen(self, event: RowList.Selected) -> None:
        match self.query_one(RowList).row(event.item).value:
            case Candidate(path=path):
                self.post_message(ImportWanted((path,)))
            case "browse":
                self._browse()
            case "how":
                from archiver.tui.screens.how_to import HowToScreen

                self.app.push_screen(HowToScreen(self.session))
            case "example":
                self.post_message(ExampleWanted())
            case "settings":
                self.action_go_settings()

    def _browse(self) -> None:
        from archiver.tui.screens.browse import BrowseScreen

        downloads = self.session.downloads
        folder = downloads if downloads.is_dir() else Path.home()
        self.app.push_screen(BrowseScreen(self.session, folder, lambda path: self.post_message(ImportWanted((path,)))))

    @on(Input.Submitted)
    def _path_typed(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.set_focus(self.query_one(RowList))
        else:
            path = path_from(event.value)
            if is_there(path):
                self.post_message(ImportWanted((path,)))
            else:
                words = _("There is no file or folder at {path}.").format(path=one_line(str(path), _LONGEST_SAID))
                self.notify(words, severity="warning", markup=False)

    def on_paste(self, event: events.Paste) -> None:
        """A path that was dropped anywhere goes into the line for it."""
        box = self.query_one(Input)
        if self.focused is not box and event.text.strip():
            event.stop()
            self._take(event.text)

    def _take(self, dropped: str) -> None:
        """Put a path that was dropped into the line for it."""
        if dropped.strip():
            box = self.query_one(Input)
            box.value = dropped.strip().splitlines()[0]
            self.set_focus(box)
            box.cursor_position = len(box.value)

    def on_key(self, event: events.Key) -> None:
        """From the line for paths, the arrow leads back up into the list."""
        if event.key in Up.keys_in(self.keymap) and self.focused is self.query_one(Input):
            event.stop()
            self.set_focus(self.query_one(RowList))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the line for paths, what begins a path is a letter like others."""
        if action == "begin_path":
            return self.focused is not self.query_one(Input)
        return super().check_action(action, parameters)

    def action_begin_path(self, key: str) -> None:
        """Go on in the line for paths; a path can be typed from anywhere."""
        box = self.query_one(Input)
        box.value += _PATHS_BEGIN[key]
        self.set_focus(box)
        box.cursor_position = len(box.value)

    def action_back(self) -> None:
        """Back to the archive; with nothing to go back to, ask about leaving."""
        if isinstance(self.focused, Input):
            self.set_focus(self.query_one(RowList))
        elif self._leads_nowhere_back:
            self.post_message(LeaveWanted())
        else:
            self.dismiss()


def _other(found: Candidate, width: int) -> Row:
    """A zip of something else, which may still be chosen."""
    return Row(found, [Run(found.path.name, "dim")], _note(found, width), group=_("Other zips there"))


def _note(found: Candidate, width: int) -> str:
    """Size and date; in a narrow window the name needs the room."""
    size = amounts.size(found.size) if found.size else _("folder")
    if width < _DATE_FROM_WIDTH:
        return size
    return f"{size}   {when.date(found.changed):>17}"
