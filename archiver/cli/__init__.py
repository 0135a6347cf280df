"""The ``archiver`` command: reads its arguments, runs one command, turns errors into a sentence and an exit code.

Exit codes: 0 done, 1 something failed or was damaged, 2 wrong usage, 130 stopped by the person. Standard output is
data; talk and progress go to standard error. Every command imports what it needs when it runs, so that ``--help`` and
``search`` are quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from archiver.errors import ArchiverError, Cancelled


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line ``arguments`` (those of the process by default); the exit code."""
    from archiver.cli import language, parser

    os.umask(0o077)
    language.choose()
    try:
        parsed = parser.parse(sys.argv[1:] if arguments is None else list(arguments))
        code = parser.run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python must not complain about it while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except Cancelled as error:
        print(error, file=sys.stderr)
        return 130
    except ArchiverError as error:
        from archiver.text.sanitize import visible

        print(visible(str(error)), file=sys.stderr)
        return 1
    return code
