"""What a file is by its first bytes, since names and extensions in exports can be wrong or absent.

A small table of our own: only the kinds that exports hold, or that people hand over by mistake.
"""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePosixPath

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"PK\3\4", "application/zip"),
    (b"PK\5\6", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"avif": "image/avif", b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}  # fmt: skip
_WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_DRAWING = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+svg[^>]*>\s*)?<svg\b", re.I | re.S)

_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".epub": "application/epub+zip",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
"""Documents whose first bytes only tell the container they are kept in."""
_EXTENSIONS = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/bmp": ".bmp",
    "image/tiff": ".tif", "image/heic": ".heic", "image/avif": ".avif", "image/svg+xml": ".svg",
    "application/pdf": ".pdf", "application/zip": ".zip", "text/html": ".html", "text/plain": ".txt",
    "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/flac": ".flac",
    "audio/aac": ".aac", "video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov",
}  # fmt: skip
_BY_NAME = mimetypes.MimeTypes()
"""The standard library's own table, without the system's files, so that every computer says the same."""

HEAD = 512
"""How many first bytes are enough to tell."""


def kind_of(head: bytes) -> str:
    """The MIME type that ``head`` shows; empty when the bytes do not tell."""
    for start, mime in _STARTS:
        if head.startswith(start):
            return mime
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[257:262] == b"ustar":
        return "application/x-tar"
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(text):
        return "text/html"
    if _DRAWING.match(text):
        return "image/svg+xml"
    return ""


def mime_of(head: bytes, name: str) -> str:
    """The MIME type by the first bytes, else by the name, else by whether it reads as text."""
    kind = kind_of(head)
    if kind in ("application/zip", "application/x-ole-storage"):
        return _OFFICE.get(PurePosixPath(name).suffix.casefold(), kind)
    if kind:
        return kind
    by_name = _BY_NAME.guess_type(PurePosixPath(name).name)[0] or ""
    if by_name and not by_name.startswith(("image/", "audio/", "video/")):
        return by_name
    return "text/plain" if _reads_as_text(head) else by_name or "application/octet-stream"


def extension_of(mime: str) -> str:
    """The usual extension of files of this type; empty for rare ones."""
    return _EXTENSIONS.get(mime, "")


def _reads_as_text(head: bytes) -> bool:
    if b"\0" in head or not head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start > len(head) - 4
    return True
