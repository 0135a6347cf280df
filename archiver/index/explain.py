"""Says in words how a query was understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from archiver.i18n import _
from archiver.index import documents
from archiver.index.documents import VISIBLE
from archiver.index.nodes import (
    Either,
    Every,
    From,
    Has,
    Identified,
    Model,
    Node,
    Spoken,
    Time,
    Titled,
    Without,
    Words,
)  # fmt: skip


def explain(node: Node | None, sections: Sequence[str], unclear: Sequence[str], *, is_section_asked: bool) -> str:
    """One line; empty when there is nothing to say."""
    said = [] if node is None else [_said(node)]
    if is_section_asked and tuple(sections) != VISIBLE:
        said.append(_("looked for in: {sections}").format(sections=", ".join(map(_section, sections))))
    if unclear:
        said.append(_("left out, because it is not clear: {words}").format(words=" ".join(unclear)))
    return "; ".join(said)


def _said(node: Node, *, is_inner: bool = False) -> str:
    match node:
        case Every(nodes):
            said = _(" and ").join(_said(part, is_inner=True) for part in nodes)
        case Either(nodes):
            said = _(" or ").join(_said(part, is_inner=True) for part in nodes)
        case Without(part):
            return _("not {words}").format(words=_said(part, is_inner=True))
        case Words():
            return _words(node)
        case From(speaker):
            return {
                documents.ME: _("written by you"),
                documents.IT: _("written by the model"),
                documents.TOOL: _("from a tool"),
            }.get(speaker, _("from the system"))
        case Model(slug, True):
            return _("{model} was asked").format(model=slug)
        case Model(slug):
            return _("answered by {model}").format(model=slug)
        case Time():
            return _time(node)
        case Has(flag):
            return _("with {thing}").format(thing=_thing(flag))
        case Spoken(_bits, code):
            return _("in the language {code}").format(code=code)
        case Titled(words):
            return _("in a conversation with {words} in its title").format(words=_words(words))
        case Identified(id_):
            return _("in the conversation {id}").format(id=id_)
    return f"({said})" if is_inner else said


def _words(words: Words) -> str:
    if words.patterns[0].is_prefix and words.typed.endswith("*"):
        return _("words beginning with “{word}”").format(word=words.typed.rstrip("*"))
    if words.is_phrase:
        return _("the phrase “{words}”").format(words=words.typed)
    return f"“{words.typed}”"


def _time(time: Time) -> str:
    begin = None if time.begin is None else _moment(time.begin)
    end = None if time.end is None else _moment(time.end)
    if begin and end:
        return _("from {begin} until before {end}").format(begin=begin, end=end)
    return _("since {begin}").format(begin=begin) if begin else _("before {end}").format(end=end)


def _moment(seconds: int) -> str:
    moment = datetime.fromtimestamp(seconds)
    return moment.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")


def _thing(flag: int) -> str:
    return {
        documents.IMAGE: _("a picture"),
        documents.AUDIO: _("sound"),
        documents.CODE: _("code"),
        documents.FILE: _("a file"),
        documents.LINK: _("a link"),
    }.get(flag, _("other versions"))


def _section(section: str) -> str:
    return {
        "title": _("titles"),
        "text": _("texts"),
        "code": _("code"),
        "thoughts": _("thoughts"),
        "tool": _("tools and system"),
        "metadata": _("metadata"),
    }[section]
