"""``archiver search`` and ``archiver list``."""

from __future__ import annotations

import argparse

from archiver.cli.opening import open_archive
from archiver.cli.output import bold, dim, marked, print_json, say, utc
from archiver.i18n import _, ngettext
from archiver.records import Hit, Results, Summary
from archiver.text import when
from archiver.text.sanitize import one_line


def search(parsed: argparse.Namespace) -> int:
    """Print what matches, best first."""
    query = as_query(parsed.words)
    with open_archive(parsed) as archive:
        results = archive.search_whole(query, limit=parsed.limit, sort=parsed.sort, tell=say)
    if parsed.explain:
        say(one_line(results.explanation))
    for hit in results.hits:
        if parsed.json:
            print_json(_hit_object(hit))
        else:
            _print_hit(hit)
    if not parsed.json or results.waiting:
        say(_outcome(results))
    return 0


def as_query(words: list[str]) -> str:
    """The words of a command line as one query: an argument with spaces among others was quoted, so it is a phrase.

    The shell takes the quotes away, and leaves what stood before them: -"good night", title:"good night".
    """
    return words[0] if len(words) == 1 else " ".join(map(_quoted_again, words))


def _quoted_again(word: str) -> str:
    if " " not in word or '"' in word:
        return word
    from archiver.index.filters import NAMES

    before = "-" if word.startswith("-") else ""
    name, colon, phrase = word.removeprefix(before).partition(":")
    filter_ = NAMES.get(name.casefold(), "") if colon else ""
    if filter_ and filter_ != "title":
        return word
    return f'{before}{name}:"{phrase}"' if filter_ else f'{before}"{word.removeprefix(before)}"'


def _outcome(results: Results) -> str:
    if results.hidden:
        sentence = ngettext(
            "Nothing in what was said. {count} message of tools or thoughts has it; add in:all to see it.",
            "Nothing in what was said. {count} messages of tools or thoughts have it; add in:all to see them.",
            results.hidden,
        ).format(count=results.hidden)
    elif not results.total:
        sentence = _("Nothing found. Try fewer or shorter words, or the beginning of one with a star: garden*")
        if results.suggestion:
            sentence = _("Nothing found. Did you mean: {words}").format(words=results.suggestion)
    else:
        sentence = ngettext("{count} message", "{count} messages", results.total).format(count=results.total)
        place = ngettext("in {count} conversation", "in {count} conversations", results.conversations)
        sentence += " " + place.format(count=results.conversations)
        if results.total > len(results.hits):
            sentence += ", " + _("the first {count} shown (--limit N shows more)").format(count=len(results.hits))
    if results.waiting:
        sentence += "\n" + _("{count} conversations are not searchable yet; the answer may be incomplete.").format(
            count=results.waiting
        )
    return sentence


def _hit_object(hit: Hit) -> dict[str, object]:
    return {
        "conversation_id": hit.conversation_id,
        "message_id": hit.message_id,
        "title": hit.title,
        "role": hit.role,
        "model": hit.model or None,
        "time": utc(hit.created),
        "snippet": hit.snippet,
        "score": round(hit.score, 4),
    }


def _print_hit(hit: Hit) -> None:
    print(bold(one_line(hit.title) or _("Untitled")))
    facts = [when.date_time(hit.created) or _("date not recorded"), _role(hit.role), hit.model, hit.conversation_id]
    print("  " + dim(" · ".join(one_line(fact) for fact in facts if fact)))
    print("  " + marked(" ".join(hit.snippet.split("\n")), hit.spans))


def _role(role: str) -> str:
    return {"user": _("you"), "assistant": _("assistant"), "": _("title")}.get(role, role)


def list_conversations(parsed: argparse.Namespace) -> int:
    """Print all conversations, the most recently changed first."""
    with open_archive(parsed) as archive:
        summaries = archive.summaries(put_away=parsed.put_away)
        unfinished = [] if archive.is_being_changed else archive.unfinished()
    shown = summaries[: parsed.limit] if parsed.limit else summaries
    for summary in shown:
        if parsed.json:
            print_json(_summary_object(summary))
        else:
            _print_summary(summary)
    if not parsed.json:
        say(ngettext("{count} conversation", "{count} conversations", len(summaries)).format(count=len(summaries)))
    for info in unfinished:
        say(
            _("{name} was not read to its end. “archiver import --carry-on” reads the rest.").format(
                name=one_line(info.name)
            )
        )
    return 0


def _summary_object(summary: Summary) -> dict[str, object]:
    return {
        "id": summary.id,
        "title": summary.title,
        "created": utc(summary.created),
        "updated": utc(summary.updated),
        "messages": summary.messages,
        "models": list(summary.models),
    }


def _print_summary(summary: Summary) -> None:
    print(bold(one_line(summary.title) or _("Untitled")))
    count = ngettext("{count} message", "{count} messages", summary.messages).format(count=summary.messages)
    date = when.date(summary.updated or summary.created) or _("date not recorded")
    facts = [date, count, ", ".join(summary.models[:3]), summary.id]
    print("  " + dim(" · ".join(one_line(fact) for fact in facts if fact)))
