"""The lines above a message: a new day, another model, who speaks, when, and with which model."""

from __future__ import annotations

from archiver.i18n import _
from archiver.records import Branch, Message, Speech
from archiver.text import when
from archiver.text.sanitize import one_line
from archiver.tui.widgets.runs import Run

_DOT = Run(" · ", "dim")


def day_line(created: float | None, width: int) -> tuple[Run, ...]:
    """The line that begins a day."""
    return _rule(when.date(created), width)


def model_line(name: str, width: int) -> tuple[Run, ...]:
    """The line where another model begins to answer."""
    return _rule(_("from here on {model}").format(model=one_line(name, 60)), width)


def _rule(words: str, width: int) -> tuple[Run, ...]:
    return (Run("── ", "rule"), Run(words, "rule"), Run(" " + "─" * max(2, width - len(words) - 4), "rule"))


def header_line(message: Message, branch: Branch, model_name: dict[str, str], *, is_favourite: bool) -> tuple[Run, ...]:
    """Who wrote a message, when, and what is recorded of the model.

    Args:
        message: The message.
        branch: Which of its versions it is.
        model_name: Names of the message's model slugs.
        is_favourite: Whether the person marked it.
    """
    runs = [_who(message)]
    if branch.of > 1:
        number = f" {branch.number}/{branch.of} "
        runs += [Run("  "), Run("‹", "branch-earlier"), Run(number, "branch"), Run("›", "branch-later")]
    if message.role == "assistant":
        runs += [_DOT, *_models(message, model_name)]
    runs += [_DOT, Run(when.time(message.created), "dim")]
    facts = []
    if any(isinstance(part, Speech) for part in message.parts):
        facts.append(_("spoken"))
    if message.rating:
        facts.append(_RATINGS[message.rating]() if message.rating in _RATINGS else one_line(message.rating, 40))
    if message.status:
        facts.append(one_line(message.status, 40).replace("_", " "))
    if message.hidden:
        facts.append(_("hidden in ChatGPT"))
    if is_favourite:
        facts.append(_("favourite"))
    for fact in facts:
        runs += [_DOT, Run(fact, "dim")]
    return tuple(runs)


_RATINGS = {"thumbs_up": lambda: _("you rated it good"), "thumbs_down": lambda: _("you rated it bad")}


def _who(message: Message) -> Run:
    match message.role:
        case "user":
            return Run(_("You"), "me")
        case "assistant":
            return Run(_("Assistant"), "it")
        case "tool":
            name = one_line(message.author, 60)
            return Run(_("Tool {name}").format(name=name) if name else _("Tool"), "other")
        case "system":
            return Run(_("System"), "other")
        case role:
            return Run(one_line(role, 60) or _("not recorded who"), "other")


def _models(message: Message, model_name: dict[str, str]) -> list[Run]:
    asked, answered = message.asked, message.answered
    asked_name, answered_name = model_name.get(asked, asked), model_name.get(answered, answered)
    if answered and (not asked or asked == answered):
        return [Run(answered_name, "model")]
    if answered:
        words = _("asked {asked}, answered {answered}").format(asked=asked_name, answered=answered_name)
        return [Run(words, "model")]
    if asked:
        return [Run(_("asked {asked}, answering model not recorded").format(asked=asked_name), "model")]
    return [Run(_("model not recorded"), "dim")]
