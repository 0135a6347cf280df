"""Names what somebody handed over that is no ChatGPT export, so that they know what to look for instead."""

from __future__ import annotations

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.importers.chatgpt.layout import shape_of_member
from archiver.importers.chatgpt.missing import SHARD
from archiver.importers.sources.file_kinds import HEAD, kind_of
from archiver.importers.sources.inner_zips import DEEPEST
from archiver.importers.sources.members import basename
from archiver.importers.sources.source import Source

_LOOKED_AT = 50
_PROVIDERS = {"claude": "Claude", "grok": "Grok", "gemini": "Gemini", "deepseek": "DeepSeek"}
_GROK_FILE = "prod-grok-backend.json"
_NOT_READ = N_("“{name}” is an export of {provider}; only ChatGPT exports can be read so far.")


def what_it_is(source: Source) -> str:
    """A sentence about a source that no importer accepts."""
    shapes: set[str] = set()
    names = [name for name in source.members if name.casefold().endswith(".json") or not source.is_container]
    if any(basename(name) == _GROK_FILE for name in names):
        return _(_NOT_READ).format(name=source.name, provider="Grok")
    is_damaged = any(problem.is_loss for problem in source.problems)
    for name in names[:_LOOKED_AT]:
        try:
            shape = shape_of_member(source, name)
        except ArchiverError:
            is_damaged = True
            continue
        shapes.add(shape)
        is_damaged |= shape == "no JSON" and SHARD.fullmatch(basename(name)) is not None
    if providers := [provider for known, provider in _PROVIDERS.items() if known in shapes]:
        return _(_NOT_READ).format(name=source.name, provider=providers[0])
    if any(map(_is_unopened, source.members)):
        return _(
            "“{name}” holds zips inside zips, more of them than any export has. Unpack it with your system’s own"
            " program and import the folder that gives."
        ).format(name=source.name)
    if source.is_container and is_damaged:
        return _(
            "No conversations can be read from “{name}”: it is damaged, or its download was not complete. Download the"
            " export again, then import that file."
        ).format(name=source.name)
    if source.is_container:
        return _(
            "“{name}” holds no ChatGPT conversations. Look for the zip that OpenAI’s mail links to, and import that."
        ).format(name=source.name)
    if _is_web_page(source):
        return _(
            "“{name}” is a web page, not the export itself. Download the .zip file with the link in OpenAI’s mail (it"
            " works for 24 hours), then import that."
        ).format(name=source.name)
    if shapes & {"other", "empty", "unclear", "perhaps chatgpt"}:
        return _(
            "“{name}” is JSON, but holds no ChatGPT conversations. Import the whole .zip file of the export."
        ).format(name=source.name)
    return _("“{name}” is neither a zip nor JSON. Import the .zip file that OpenAI’s mail links to.").format(
        name=source.name
    )


def _is_unopened(name: str) -> bool:
    """Whether a member is a zip that lies too deep to be looked into."""
    return name.count("!") >= DEEPEST and name.casefold().endswith(".zip")


def _is_web_page(source: Source) -> bool:
    try:
        return any(kind_of(source.read(name, HEAD)) == "text/html" for name in source.members)
    except ArchiverError:
        return False
