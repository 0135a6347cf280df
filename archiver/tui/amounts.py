"""Numbers as people read them: how many, how large, how long."""

from __future__ import annotations

from archiver.i18n import _, ngettext


def count(number: int) -> str:
    """``1204`` as ``1,204``."""
    # Translators: what stands between groups of three digits.
    return f"{number:,}".replace(",", _(","))


def conversations(number: int) -> str:
    """For example ``1,204 conversations``."""
    return ngettext("{n} conversation", "{n} conversations", number).format(n=count(number))


def messages(number: int) -> str:
    """For example ``34 messages``."""
    return ngettext("{n} message", "{n} messages", number).format(n=count(number))


def size(bytes_: float) -> str:
    """For example ``1.8 GB``."""
    if bytes_ < 1000:
        return ngettext("{n} byte", "{n} bytes", int(bytes_)).format(n=int(bytes_))
    for unit in ("kB", "MB", "GB"):
        bytes_ /= 1000
        if bytes_ < 999.5 or unit == "GB":
            break
    number = f"{bytes_:.1f}" if bytes_ < 9.95 else f"{bytes_:.0f}"
    # Translators: what stands before the decimals.
    return f"{number.replace('.', _('.'))} {unit}"


def about(seconds: float) -> str:
    """How long something will still take, no more exactly than anybody can know."""
    if seconds < 10:
        return _("a few seconds")
    if seconds < 90:
        number = round(seconds) if seconds < 20 else round(seconds / 10) * 10
        return ngettext("about {n} second", "about {n} seconds", number).format(n=number)
    minutes = round(seconds / 60)
    return ngettext("about {n} minute", "about {n} minutes", minutes).format(n=minutes)


def share(done: int, total: int) -> str:
    """For example ``67 %``."""
    return _("{n} %").format(n=min(100, done * 100 // total) if total > 0 else 0)
