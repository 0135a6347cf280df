"""File names in any script that Linux, macOS and Windows all accept.

The trap: a title is a stranger's text. It may hold slashes, control characters, direction overrides, a device name of
Windows, nothing at all, or a thousand letters; and two titles may differ only in what a file system does not see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.text.clusters import cut_before

LIMIT = 140
"""Bytes of a whole file name: encrypted home folders allow 143, ordinary ones 255."""

_REPLACED = str.maketrans({
    "/": "-", "\\": "-", "|": "-", "[": "(", "]": ")", "#": "\uff03",
    "<": None, ">": None, ":": None, '"': None, "?": None, "*": None, "^": None,
})  # fmt: skip
"""Forbidden by Windows, or by Obsidian in the name of a note."""
_JOINERS = "\u200c\u200d"
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)")
_FIELD = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"[\w ,.'’!&()+-]*\Z")
"""Letters of any script and what is harmless between them: nothing to look at one by one."""

TEMPLATE_FIELDS = ("date", "time", "year", "month", "title", "id", "short_id", "model", "project")

# A browser or a desktop would run these when they are opened; the words ".txt" behind the name keep them still.
_ACTIVE = re.compile(
    r"(s?html?|xhtml?|xht|mht(ml)?|xml|xsl|svgz?|[cm]?js|vb[es]|ws[fh]|hta|exe|com|bat|cmd|scr|ps[cm]?1|msi|jar|lnk|url"
    r"|desktop|command|app|[bcz]?a?sh|scpt|reg|pif|cpl|gadget|inf|dll|dmg|pkg|apk|webloc|workflow)\Z"
)


def safe_name(text: str, fallback: str = "") -> str:
    """``text`` as a file name without extension, not yet cut; ``fallback`` where nothing legal is left."""
    text = unicodedata.normalize("NFC", text)
    if not _PLAIN.match(text):
        seen = (character for character in text if not _is_unseen(character))
        text = "".join(" " if _is_blank(character) else character for character in seen).translate(_REPLACED)
    name = " ".join(text.split()).lstrip(".-~ ").rstrip(". ")
    if not name.strip(_JOINERS):
        name = fallback or _("Untitled")
    return f"_{name}" if _DEVICE.match(name) else name


def _is_blank(character: str) -> bool:
    return character in "\t\n\r\x0b\x0c" or unicodedata.category(character) in {"Zl", "Zp", "Zs"}


def _is_unseen(character: str) -> bool:
    if character in "\t\n\r\x0b\x0c" + _JOINERS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} or ord(character) & 0xFFFE == 0xFFFE


def cut(name: str, limit: int) -> str:
    """The beginning of ``name`` that fits into ``limit`` bytes and ends between two whole characters."""
    if len(name.encode()) <= limit:
        return name
    end = cut_before(name, len(name.encode()[:limit].decode(errors="ignore")))
    return name[: end or 1].rstrip(". " + _JOINERS) or "_"


def file_name(stem: str, extension: str, suffix: str = "") -> str:
    """A whole name of at most ``LIMIT`` bytes: the stem is cut, never the suffix or the extension."""
    return cut(stem, LIMIT - len((suffix + extension).encode())) + suffix + extension


def asset_name(name: str, mark: str, mime: str) -> str:
    """The name to copy an asset under: its own, with ``mark`` against clashes, and harmless to open."""
    stem, dot, extension = safe_name(name, fallback="file").rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", extension):
        stem, extension = stem + dot + extension, ""
    known = _EXTENSIONS.get(mime, "")
    if (
        not extension
        or extension.lower() == "dat"
        or (known and mime.startswith("image/") and extension.lower() not in _MEDIA)
        or (known and is_picture(f"x.{extension}") != mime.startswith("image/"))
    ):
        extension = known
    ending = harmless(extension)
    return file_name(stem or "file", f".{ending}" if ending else "", f"-{safe_name(mark)}")


def is_picture(path: str) -> bool:
    """Whether the extension of a path is that of a picture."""
    return path.rpartition(".")[2].lower() in _PICTURES


def code_extension(language: str) -> str:
    """What a file of program code ends in."""
    return f".{harmless(_CODE.get(language, 'txt'))}"


def harmless(extension: str) -> str:
    """``extension``, with ``txt`` behind one that a double click would run."""
    extension = extension.lower()
    return f"{extension}.txt" if _ACTIVE.match(extension) else extension


_EXTENSIONS = {
    "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "audio/wav": "wav",
    "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "m4a", "video/mp4": "mp4",
    "video/webm": "webm", "application/pdf": "pdf", "text/plain": "txt", "text/csv": "csv", "text/markdown": "md",
    "application/json": "json", "application/zip": "zip",
}  # fmt: skip
_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "gif", "avif", "bmp", "tif", "tiff", "svg", "heic"})
_MEDIA = frozenset({*_EXTENSIONS.values(), *_PICTURES})
_CODE = {
    "python": "py", "javascript": "js", "typescript": "ts", "react": "jsx", "html": "html", "css": "css", "bash": "sh",
    "java": "java", "c": "c", "cpp": "cpp", "csharp": "cs", "go": "go", "rust": "rs", "php": "php", "ruby": "rb",
    "sql": "sql", "json": "json", "yaml": "yaml", "kotlin": "kt", "swift": "swift", "r": "r",
}  # fmt: skip


def same_to_a_file_system(name: str) -> str:
    """A key under which two names are equal where some file system takes them for one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def fill(template: str, values: Mapping[str, str]) -> str:
    """A name template with its fields filled in, as a legal name."""

    def value(match: re.Match[str]) -> str:
        field = match[1].strip()
        if field not in values:
            raise ArchiverError(
                _("{field} is no part of a file name. Please use {fields}.").format(
                    field="{" + field + "}", fields=", ".join("{" + name + "}" for name in TEMPLATE_FIELDS)
                )
            )
        return values[field]

    return safe_name(_FIELD.sub(value, template))
