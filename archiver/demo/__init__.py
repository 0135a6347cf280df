"""A small export to try the program with, before or instead of one's own.

Everyday conversations in eleven languages stand in ``talks/``, one readable file each; ``build`` writes them as the zip
that the provider would have mailed. Everybody in them is invented.

    talks/*.toml -> talks.read -> provider JSON ┐
                    drawing    -> PNG, WAV      ┴> build -> demo export.zip
"""

from archiver.demo.export import build

__all__ = ["build"]
