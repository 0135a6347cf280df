"""Pictures, sounds and other files that come with an export, made on the fly: the smallest bytes that are valid.

The same file has another place in every era: ``layouts`` decides under which member name a ``FileInExport`` is written.
"""

from __future__ import annotations

import hashlib
import io
import struct
import wave
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileInExport:
    """A file and the id that messages call it by."""

    id: str
    """``file-…`` for uploads until early 2025, ``file_…`` since."""
    name: str
    data: bytes
    folder: str = ""
    """Where the provider put it before June 2026: nothing, ``dalle-generations/``, ``user-…/``, ``<uuid>/audio/``."""
    mime: str = "image/png"
    is_left_out: bool = False
    """Whether messages point to it but no export brings it; missing files are common."""
    from_message: str = ""
    """The message that ``library_files.json`` says it came from."""
    from_conversation: str = ""

    @property
    def pointer(self) -> str:
        """What a message holds."""
        return f"file-service://{self.id}" if self.id.startswith("file-") else f"sediment://{self.id}"

    @property
    def member(self) -> str:
        """Its path in an export before June 2026."""
        return f"{self.folder}{self.id}-{self.name}"


def file_id(seed: str, *, era: int = 2025) -> str:
    """An id as the provider made them: ``file-`` and letters until 2024, ``file_`` and hex digits since."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return f"file_{digest[:32]}" if era >= 2025 else f"file-{digest[:22]}"


def picture(name: str = "photo.png", *, color: tuple[int, int, int] = (90, 120, 160), era: int = 2025) -> FileInExport:
    """A small picture that the person sent."""
    return FileInExport(file_id(name, era=era), name, png(color))


def generated_picture(name: str = "heron", *, color: tuple[int, int, int] = (60, 90, 80)) -> FileInExport:
    """A picture that the model made, in the folder of its time."""
    return FileInExport(file_id(name, era=2024), f"{name}.webp", webp(), "dalle-generations/", "image/webp")


def sound(name: str = "answer.wav", *, conversation: str = "", seconds: float = 0.1) -> FileInExport:
    """One side of a voice conversation."""
    return FileInExport(
        file_id(name), name, wav(seconds), f"{conversation}/audio/" if conversation else "", "audio/wav"
    )


def document(name: str = "notes.pdf", words: bytes = b"%PDF-1.4\n%%EOF\n") -> FileInExport:
    """A file that the person attached."""
    return FileInExport(file_id(name), name, words, mime="application/pdf")


def png(color: tuple[int, int, int] = (90, 120, 160), width: int = 4, height: int = 3) -> bytes:
    """A picture of one colour."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\x00" + bytes(color) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def wav(seconds: float = 0.1, rate: int = 8000) -> bytes:
    """Silence."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(b"\x00\x00" * int(rate * seconds))
    return buffer.getvalue()


def webp() -> bytes:
    """One pixel in the format of generated pictures."""
    lossless = bytes.fromhex("2f00000010071011118888fe0700")
    body = b"WEBP" + _riff(b"VP8L", lossless)
    return _riff(b"RIFF", body)


def jpeg() -> bytes:
    """The beginning and the end of a JPEG file: enough for whoever looks at the first bytes."""
    return bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _riff(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)
