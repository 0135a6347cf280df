"""Saving from the terminal interface: what can be chosen, and one export run with a sentence at its end."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.exporters import ExportOptions, ExportReport, export
from archiver.i18n import N_, _, ngettext
from archiver.text.sanitize import one_line
from archiver.tui import amounts
from archiver.tui.place import Place
from archiver.tui.session import Session

FORMAT_WORDS: Mapping[str, tuple[str, str]] = {
    "markdown": (N_("Markdown"), N_("a readable file for each conversation; opens in Obsidian too")),
    "html": (N_("Web pages"), N_("a folder to open in a browser, with search; works offline")),
    "html-file": (N_("One web page"), N_("everything in a single file")),
    "epub": (N_("Book (EPUB)"), N_("with chapters, dates and pictures, for e-book readers")),
    "letter": (N_("Letter"), N_("one message or exchange as one page")),
    "text": (N_("Plain text"), N_("nothing but words")),
    "jsonl": (N_("Data (JSON Lines)"), N_("one message a line, for programs")),
    "csv": (N_("Table (CSV)"), N_("for spreadsheets")),
    "sillytavern": (N_("SillyTavern"), N_("to carry on there")),
    "sharegpt": (N_("ShareGPT"), N_("for training and other tools")),
    "openai": (N_("Chat format of OpenAI"), N_("for training and other tools")),
    "memory": (N_("Memory for another assistant"), N_("what was noted down about you, as text")),
}


CHOICES: Mapping[str, tuple[str, ...]] = {
    "markdown": ("branches", "pictures", "hidden", "style"),
    "html": ("pictures", "hidden"),
    "html-file": ("pictures", "hidden"),
    "epub": ("branches", "pictures", "hidden"),
    "letter": ("pictures", "hidden"),
    "text": ("branches", "hidden"),
}
"""What else can be chosen, by format; the others always hold everything, or have a form of their own."""


def save_markdown(session: Session, place: Place) -> str:
    """Write one conversation as Markdown to the folder used last; the sentence to show."""
    report = export(session.opened, [place.conversation_id], session.export_folder, ExportOptions(index=False))
    return outcome(report)


def outcome(report: ExportReport) -> str:
    """What an export did, in a sentence or two."""
    files = [*report.written, *report.updated]
    folder = one_line(report.folder, 300)
    if report.was_stopped:
        begin = _("Stopped. What was written is in {folder}.").format(folder=folder)
    elif len(files) == 1:
        begin = _("Saved as {file} in {folder}.").format(file=one_line(files[0], 300), folder=folder)
    elif files:
        words = ngettext("{n} file was written to {folder}.", "{n} files were written to {folder}.", len(files))
        begin = words.format(n=amounts.count(len(files)), folder=folder)
    elif report.unchanged:
        begin = _("It was in {folder} already, and nothing has changed since.").format(folder=folder)
    else:
        begin = _("There was nothing to write in this format.")
    more = []
    if report.assets_copied:
        copied = ngettext(
            "{n} picture or file is beside it.", "{n} pictures and files are beside it.", report.assets_copied
        )
        more.append(copied.format(n=amounts.count(report.assets_copied)))
    if report.kept:
        kept = ngettext(
            "{n} file you had changed was left as it is; the new text stands beside it.",
            "{n} files you had changed were left as they are; the new text stands beside them.",
            len(report.kept),
        )
        more.append(kept.format(n=amounts.count(len(report.kept))))
    if report.problems:
        problems = ngettext(
            "{n} conversation could not be written.", "{n} conversations could not be written.", len(report.problems)
        )
        more.append(problems.format(n=amounts.count(len(report.problems))))
    return " ".join([begin, *more])
