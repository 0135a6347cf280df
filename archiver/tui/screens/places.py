"""The ways from a main screen to all others. Each screen's module is imported when somebody first goes there."""

from __future__ import annotations

from archiver.tui.commands import GoImport
from archiver.tui.screens.base import ArchiverScreen


class PlacesScreen(ArchiverScreen[None]):
    """A screen from which one can go everywhere."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is added to the example, which is gone when one leaves it."""
        if action == GoImport.name and self.session.is_example:
            return False
        return super().check_action(action, parameters)

    def action_go_import(self) -> None:
        """Choose an export to read."""
        from archiver.tui.screens.welcome import WelcomeScreen

        self.app.push_screen(WelcomeScreen(self.session))

    def action_go_media(self) -> None:
        """Pictures, sounds and files."""
        from archiver.tui.screens.media import MediaScreen

        self.app.push_screen(MediaScreen(self.session))

    def action_go_numbers(self) -> None:
        """Counts by time."""
        from archiver.tui.screens.numbers import NumbersScreen

        self.app.push_screen(NumbersScreen(self.session))

    def action_go_favourites(self) -> None:
        """Marked messages and notes."""
        from archiver.tui.screens.favourites import FavouritesScreen

        self.app.push_screen(FavouritesScreen(self.session))

    def action_go_thumbs(self) -> None:
        """Rated replies."""
        from archiver.tui.screens.favourites import RatedScreen

        self.app.push_screen(RatedScreen(self.session))

    def action_go_memory(self) -> None:
        """What the models wrote down."""
        from archiver.tui.screens.memory import MemoryScreen

        self.app.push_screen(MemoryScreen(self.session))

    def action_go_last_with(self) -> None:
        """The last reply of each model."""
        from archiver.tui.screens.last_with import LastWithScreen

        self.app.push_screen(LastWithScreen(self.session))

    def action_go_gaps(self) -> None:
        """What is missing."""
        from archiver.tui.screens.gaps import GapsScreen

        self.app.push_screen(GapsScreen(self.session))

    def action_go_check(self) -> None:
        """Check the archive."""
        from archiver.tui.screens.check import CheckScreen

        self.app.push_screen(CheckScreen(self.session))

    def action_go_sources(self) -> None:
        """Where everything came from."""
        from archiver.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.session))

    def action_go_put_away(self) -> None:
        """What was put away."""
        from archiver.tui.screens.put_away import PutAwayScreen

        self.app.push_screen(PutAwayScreen(self.session))

    def action_go_keys(self) -> None:
        """Keys."""
        from archiver.tui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen(self.session))

    def action_go_settings(self) -> None:
        """Settings."""
        from archiver.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self.session))
