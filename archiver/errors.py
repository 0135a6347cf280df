"""What can go wrong as a whole, one class a cause.

    ArchiverError
    ├── NotAnExport          the file is no ChatGPT export (or is another provider's)
    ├── DamagedSource        the file is an export, but cannot be read to its end
    ├── UnsafeSource         the file is built to mislead or to fill the disk; nothing of it is read
    ├── ArchiveMissing       there is no archive at this place yet
    ├── ArchiveTooNew        a newer version of this program made the archive
    ├── ArchiveTooOld        an older version made it; its library has to be made again
    ├── ArchiveReplaced      another program made the library again while it was open here
    ├── ArchiveDamaged       a file of the archive is missing or changed
    ├── Busy                 another import holds the archive
    ├── DiskFull             there is no room
    ├── NotFound             no conversation, message or asset has this id
    ├── Cancelled            the person stopped the work
    └── CannotWrite          a file or folder cannot be written

Odd data is not an error: it becomes a ``records.Problem`` and the work goes on. Every error holds a finished sentence
for the person, with the next step in it; its ``__cause__`` holds the technical reason for the log.
"""


class ArchiverError(Exception):
    """An operation failed; ``str()`` is the sentence to show, already in the person's language."""


class NotAnExport(ArchiverError):
    """The file is no export that can be read here."""


class DamagedSource(ArchiverError):
    """The source cannot be read to its end, for example because the download stopped early."""


class UnsafeSource(ArchiverError):
    """The source is built to mislead or to exhaust the machine, so nothing of it is read."""


class ArchiveMissing(ArchiverError):
    """There is no archive here yet."""


class ArchiveTooNew(ArchiverError):
    """A newer version of this program wrote the archive."""


class ArchiveTooOld(ArchiverError):
    """An older version of this program wrote the library, which is made again from the originals."""


class ArchiveReplaced(ArchiverError):
    """Another library has taken the place of the one that is open."""


class ArchiveDamaged(ArchiverError):
    """A file of the archive is missing or is not what was written."""


class Busy(ArchiverError):
    """Another process is changing the archive."""


class DiskFull(ArchiverError):
    """The disk has no room for what must be written."""


class NotFound(ArchiverError):
    """Nothing in the archive has this id."""


class Cancelled(ArchiverError):
    """The person stopped the work; what was finished before stays."""


class CannotWrite(ArchiverError):
    """A file or folder cannot be written."""
