"""What every screen has: a heading, a line of keys, one way back, and words that follow the chosen language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import Screen

from archiver.i18n import _
from archiver.tui.commands import Back, Command, bindings, key_names
from archiver.tui.messages import LeaveWanted
from archiver.tui.panels.command_bar import CommandBar
from archiver.tui.panels.heading import Heading
from archiver.tui.panels.line import Line
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.session import Session

if TYPE_CHECKING:
    from archiver.tui.clipboard import Taker

Result = TypeVar("Result")


class ArchiverScreen(Screen[Result], Generic[Result]):
    """A screen of this program."""

    OFFERS: ClassVar[Sequence[type[Command]]] = ()
    """What can be done here, in the order of the menu."""
    FOOTER: ClassVar[Sequence[type[Command]]] = (Back,)
    """The keys to name, most important first."""
    PURPOSE: ClassVar[str] = ""
    """What the screen is for, in a sentence or two."""
    HAS_FRAME: ClassVar[bool] = True
    """Whether heading and keys are shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((Back,))
    DEFAULT_CLASSES = "-tall"
    """As most terminals are. A class that comes later, with the size, gives everything its styles a second time."""

    def __init_subclass__(cls, **options: Any) -> None:
        """The keys come from the commands."""
        cls.BINDINGS = bindings(cls.__dict__.get("OFFERS", ()))
        super().__init_subclass__(**options)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Heading, body, keys."""
        if self.HAS_FRAME:
            yield Heading()
        yield from self.compose_body()
        if self.HAS_FRAME:
            yield CommandBar(self.FOOTER)

    def compose_body(self) -> ComposeResult:
        """What is between heading and keys."""
        yield from ()

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys in force, as far as they are not the built-in ones."""
        return self.app._keymap

    def with_keys(self, words: str, **values: object) -> str:
        """A sentence of the program's own in the chosen language, with ``{favourite}`` as the key of that command."""
        return _(words).format(**key_names(self.keymap), **values)

    def heading(self) -> tuple[str, str]:
        """Title and note of the first line."""
        return "", ""

    def footer(self) -> Sequence[type[Command]]:
        """The keys to name now."""
        return self.FOOTER

    def offers(self) -> list[type[Command]]:
        """What can be done here now, for menu and help."""
        return [command for command in self.OFFERS if self.check_action(command.name, ()) is not False]

    def on_mount(self) -> None:
        """Fill heading and keys."""
        self.show_frame()

    def show_frame(self) -> None:
        """Bring heading and keys up to date."""
        for heading in self.query_children(Heading):
            heading.show(*self.heading())
        for bar in self.query_children(CommandBar):
            bar.show(self.footer())

    def relabel(self) -> None:
        """Say everything again, because the language or the keys changed."""
        for paragraph in self.query(Paragraph):
            paragraph.relabel()
        for line in self.query(Line):
            line.relabel()
        for bar in self.query(CommandBar):
            bar.refresh()
        self.show_frame()
        self.refresh_bindings()

    async def action_perform(self, name: str) -> None:
        """Do what a command does; for the menu and for clicks on the keys."""
        owner: Any = self if hasattr(self, f"action_{name}") else self.app
        if self.check_action(name, ()):
            await self.run_action(name) if owner is self else await self.app.run_action(name)

    def action_press(self, key: str) -> None:
        """What a key does, for clicks on its name."""
        self.app.simulate_key(key)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave this screen, once: what is in front goes, so a key pressed twice would take the one behind along."""
        stack = self.app.screen_stack
        return super().dismiss(result) if len(stack) > 1 and stack[-1] is self else AwaitComplete()

    def action_back(self) -> None:
        """One step back."""
        self.dismiss()

    def copy_text(self, text: str) -> None:
        """Copy by the terminal and by the desktop's own tool, and say whether one of them took it."""
        from archiver.tui import clipboard

        self.say_copied(clipboard.copy(text, self.app.copy_to_clipboard), _("Copied."))

    def say_copied(self, taker: Taker, words: str) -> None:
        """Say that something was copied, as far as that is known."""
        # It brings in what starts other programs, which nobody needs who only reads.
        from archiver.tui.clipboard import Taker

        match taker:
            case Taker.NOBODY:
                self.tell_if(_("This terminal cannot copy. Marking with the mouse while holding Shift often works."))
            case Taker.TERMINAL:
                self.say(f"{words} {_('If pasting brings nothing, this terminal did not pass it on.')}")
            case _:
                self.say(words)

    def on_text_selected(self) -> None:
        """What was marked with the mouse is copied when the button is let go, as in a terminal."""
        if selection := self.get_selected_text():
            self.copy_text(selection)

    def action_copy_text(self) -> None:
        """Ctrl+C copies what is marked; with nothing marked it means leaving, as everywhere in a terminal."""
        selection = self.get_selected_text()
        if selection:
            self.copy_text(selection)
        elif not self.selections:
            self.post_message(LeaveWanted())

    def say(self, sentence: str) -> None:
        """Say something in passing."""
        self.app.notify(sentence, markup=False)

    def tell_if(self, trouble: str) -> None:
        """Say what did not work, if anything did not."""
        if trouble:
            self.app.notify(trouble, severity="warning", timeout=8, markup=False)

    def library_changed(self) -> None:
        """Called when conversations were added, put away or brought back."""

    def more_is_findable(self) -> None:
        """Called while the index grows and the library does not."""

    def leaving(self) -> None:
        """Called on every screen before the program ends."""

    def settings_changed(self) -> None:
        """Called when a setting changed."""
