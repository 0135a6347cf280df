"""The lines above a message: a new day, another model, who speaks, when, and with which model."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.i18n import _
from archiver.records import Branch, Message, Speech
from archiver.text import when
from archiver.text.sanitize import one_line
from archiver.tui.widgets.runs import Run, width_of

_DOT = Run(" · ", "dim")


def day_line(created: float | None, width: int) -> tuple[Run, ...]:
    """The line that begins a day."""
    return _rule(when.date(created), width)


def model_line(name: str, width: int) -> tuple[Run, ...]:
    """The line where another model begins to answer."""
    return _rule(_("from here on {model}").format(model=one_line(name, 60)), width)


def _rule(words: str, width: int) -> tuple[Run, ...]:
    return (Run("── ", "rule"), Run(words, "rule"), Run(" " + "─" * max(2, width - len(words) - 4), "rule"))


def header_lines(
    message: Message,
    branch: Branch,
    model_name: dict[str, str],
    width: int,
    *,
    is_favourite: bool,
    own_name: str = "",
) -> list[tuple[Run, ...]]:
    """Who wrote a message, when, and what is recorded of the model; a second line where one is too short.

    Args:
        message: The message.
        branch: Which of its versions it is.
        model_name: Names of the message's model slugs.
        width: Cells of a line.
        is_favourite: Whether the person marked it.
        own_name: What the person calls the speaker; empty for the usual word.
    """
    lines: list[tuple[Run, ...]] = []
    line: tuple[Run, ...] = ()
    for fact in _facts(message, branch, model_name, own_name, is_favourite=is_favourite):
        if line and width_of((*line, _DOT, *fact)) > width:
            lines.append(line)
            line = fact
        else:
            line = (*line, _DOT, *fact) if line else fact
    return [*lines, line]


def _facts(
    message: Message, branch: Branch, model_name: dict[str, str], own_name: str, *, is_favourite: bool
) -> Iterator[tuple[Run, ...]]:
    yield (_who(message, one_line(own_name, 60)), *_versions(branch))
    if message.role == "assistant":
        yield (_model(message, model_name),)
    yield (Run(when.time(message.created), "dim"),)
    if any(isinstance(part, Speech) for part in message.parts):
        yield (Run(_("spoken"), "dim"),)
    if message.rating:
        rating = _RATINGS[message.rating]() if message.rating in _RATINGS else one_line(message.rating, 40)
        yield (Run(rating, "dim"),)
    if message.status:
        yield (Run(one_line(message.status, 40).replace("_", " "), "dim"),)
    if message.hidden in ("thoughts", "commentary"):
        # The provider's own screen folds these away, which is not to hide them.
        yield (Run(_("thoughts"), "dim"),)
    elif message.hidden:
        yield (Run(_("hidden in ChatGPT"), "dim"),)
    if is_favourite:
        yield (Run(_("favourite"), "dim"),)


def _versions(branch: Branch) -> tuple[Run, ...]:
    if branch.of < 2:
        return ()
    number = Run(f" {branch.number}/{branch.of} ", "branch")
    return (Run("  "), Run("‹", "branch-earlier"), number, Run("›", "branch-later"))


_RATINGS = {"thumbs_up": lambda: _("you rated it good"), "thumbs_down": lambda: _("you rated it bad")}


def _who(message: Message, own_name: str) -> Run:
    match message.role:
        case "user":
            return Run(own_name or _("You"), "me")
        case "assistant":
            return Run(own_name or _("Assistant"), "it")
        case "tool":
            name = one_line(message.author, 60)
            return Run(_("Tool {name}").format(name=name) if name else _("Tool"), "other")
        case "system":
            return Run(_("System"), "other")
        case role:
            return Run(one_line(role, 60) or _("not recorded who"), "other")


def _model(message: Message, model_name: dict[str, str]) -> Run:
    asked, answered = message.asked, message.answered
    asked_name, answered_name = model_name.get(asked, asked), model_name.get(answered, answered)
    if answered and (not asked or asked == answered):
        return Run(answered_name, "model")
    if answered:
        return Run(_("asked {asked}, answered {answered}").format(asked=asked_name, answered=answered_name), "model")
    if asked:
        return Run(_("asked {asked}, answering model not recorded").format(asked=asked_name), "model")
    return Run(_("model not recorded"), "dim")
