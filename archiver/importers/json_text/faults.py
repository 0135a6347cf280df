"""Sentences for the faults of a JSON text that were mended while it was read."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.i18n import _, ngettext


def sentences(faults: Mapping[str, int]) -> tuple[str, ...]:
    """One sentence for each kind of fault that occurred."""
    return tuple(_sentence(fault, count) for fault, count in faults.items() if count)


def _sentence(fault: str, count: int) -> str:
    match fault:
        case "utf16":
            return _("The text is in UTF-16.")
        case "bytes":
            sentence = ngettext(
                "{count} place is no valid text; U+FFFD stands there.",
                "{count} places are no valid text; U+FFFD stands there.",
                count,
            )
        case "surrogate":
            sentence = ngettext(
                "{count} half character has lost its other half; U+FFFD stands there.",
                "{count} half characters have lost their other half; U+FFFD stands there.",
                count,
            )
        case "control":
            sentence = ngettext(
                "{count} control character stood in a text unescaped; it is kept.",
                "{count} control characters stood in a text unescaped; they are kept.",
                count,
            )
        case "escape":
            sentence = ngettext(
                "{count} broken escape is kept as it is written.",
                "{count} broken escapes are kept as they are written.",
                count,
            )
        case "number":
            sentence = ngettext(
                "{count} number cannot be kept as a number; its digits are kept as text.",
                "{count} numbers cannot be kept as numbers; their digits are kept as text.",
                count,
            )
        case "twice":
            sentence = ngettext(
                "{count} key stands there twice with different values; both are kept, the earlier one under a number.",
                "{count} keys stand there twice with different values; both are kept, the earlier ones under numbers.",
                count,
            )
        case _:
            sentence = ngettext(
                "{count} place is nested deeper than any chat; it is kept as JSON text.",
                "{count} places are nested deeper than any chat; they are kept as JSON text.",
                count,
            )
    return sentence.format(count=count)
