"""Whether the archive is whole (``verify``), and what the provider's exports leave missing (``gaps``)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from archiver.errors import CannotWrite
from archiver.files import make_private_folder, writing_errors
from archiver.i18n import _, ngettext
from archiver.records import UNDATED, Problem, Progress
from archiver.reports import AssetEntry, CheckReport, GapReport, SourceInfo
from archiver.store import Store
from archiver.store.assets import unused_assets
from archiver.store.sources import all_sources, not_observed_by
from archiver.vault import Vault


def verify(
    vault: Vault, store: Store | None, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]
) -> CheckReport:
    """Hash every original again and check every stored conversation against its digest.

    ``store`` is None when the library is missing or cannot be read.
    """
    damaged: list[Problem] = []
    originals = conversations = 0
    for path, what in vault.check(
        lambda done, total, name: on_progress(Progress("checking", done, total, name)), cancelled
    ):
        if what:
            damaged.append(Problem(path, what))
        else:
            originals += 1
    if store is None:
        what = _("The library is missing or cannot be read. “archiver rebuild” makes it again from the originals.")
        return CheckReport(originals, 0, (*damaged, Problem("library.sqlite", what)), time.time())
    kept = {original.path: original.sha256 for original in vault.originals()}
    with store.reading() as reader:
        damaged += [
            Problem(info.original, _("This original is not in the list of originals."))
            for info in all_sources(reader)
            if info.original not in kept
        ]
        damaged += [
            Problem(
                info.original,
                _("The library was made from this original while it was damaged. “archiver rebuild” reads it again."),
            )
            for info in all_sources(reader)
            if kept.get(info.original, info.sha256) != info.sha256
        ]
        damaged += [
            Problem(
                info.original, _("Its import was stopped before the end. “archiver import --carry-on” reads the rest.")
            )
            for info in all_sources(reader)
            if not info.is_complete
        ]
        damaged += [Problem("library.sqlite", sentence) for sentence in reader.integrity()]
        for id_, is_whole in reader.check():
            if is_whole:
                conversations += 1
            else:
                what = _("The stored text of this conversation has changed. “archiver rebuild” makes it again.")
                damaged.append(Problem("library.sqlite", what, id_))
    return CheckReport(originals, conversations, tuple(damaged), time.time())


def verify_originals(
    archive: Path, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]
) -> CheckReport:
    """``verify`` for an archive folder whose library is missing or cannot be read; noted as well."""
    report = verify(Vault(archive), None, on_progress, cancelled)
    with suppress(CannotWrite):
        note_check(report, archive / "log")
    return report


def note_check(report: CheckReport, folder: Path) -> None:
    """Write a dated line about a check to verify.log in ``folder``."""
    make_private_folder(folder)
    moment = datetime.fromtimestamp(report.checked_at).astimezone().isoformat(timespec="seconds")
    verdict = "whole" if report.is_whole else f"{len(report.damaged)} damaged"
    with writing_errors(folder), (folder / "verify.log").open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"{moment} {verdict}; {report.originals} originals, {report.conversations} conversations\n")
        file.writelines(
            f"    {problem.where} {problem.conversation_id}: {problem.what}\n" for problem in report.damaged
        )


def gaps(store: Store, assets: Sequence[AssetEntry]) -> GapReport:
    """What is missing or damaged in what the provider sent; ``assets`` is every use of an asset."""
    with store.reading() as reader:
        replies, unrecorded = reader.reply_counts()
        sources = all_sources(reader)
        newest = _newest(sources)
        absent = not_observed_by(reader, newest.key) if newest else []
        return GapReport(
            missing_assets=tuple(entry for entry in assets if entry.asset is None),
            damaged_texts=tuple(reader.damaged_texts()),
            replies=replies,
            replies_without_model=unrecorded,
            left_out=tuple((id_, title, _left_out(counts)) for id_, title, counts in reader.left_out()),
            not_in_newest=tuple((id_, title, _made(newest)) for id_, title in absent),
            # What names a file may not have been read yet.
            unused_files=tuple(unused_assets(reader)) if all(info.is_complete for info in sources) else (),
        )


def _newest(sources: Sequence[SourceInfo]) -> SourceInfo | None:
    """The source made last, as it tells itself or as its newest conversation does; in any order of imports the same."""

    def age(info: SourceInfo) -> tuple[float, float, str]:
        newest = info.newest or 0.0
        return max(_made(info) or 0.0, newest), newest, info.sha256

    dated = [info for info in sources if info.newest is not None and info.is_export and info.is_complete]
    return max(dated, key=age, default=None)


def _made(info: SourceInfo | None) -> float | None:
    """When a source was made, where it tells that itself."""
    return info.made if info and info.made < UNDATED else None


def _left_out(counts: Mapping[str, int]) -> str:
    messages, files, models = (counts.get(name, 0) for name in ("messages", "files", "models"))
    found = []
    if messages:
        found.append(ngettext("{count} message", "{count} messages", messages).format(count=messages))
    if files:
        found.append(ngettext("{count} file", "{count} files", files).format(count=files))
    if models:
        found.append(
            ngettext("the model of {count} reply", "the models of {count} replies", models).format(count=models)
        )
    return _("The newest export leaves out {things}; older ones have them.").format(things=", ".join(found))
