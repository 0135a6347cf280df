"""The README.txt that every archive folder carries, for whoever finds the folder without this program."""

README = """\
This folder is an archive of chat conversations
===============================================

It was made by the program "archiver" on the computer of the person it belongs to. Nothing in it was sent anywhere.

What is in here
---------------

originals/            Every export file exactly as the provider sent it, byte for byte. This is the truth; everything
                      else can be made again from it. The folder is a BagIt bag (RFC 8493): the list of files with
                      their SHA-256 sums is manifest-sha256.txt, and this command checks them:
                          cd originals && sha256sum -c manifest-sha256.txt
annotations.jsonl     What the owner added: marks, notes, conversations put away. One JSON object a line.
library.sqlite        All conversations in an SQLite database, made from the originals.
                      Where there is a library-before-rebuild.sqlite as well, it is one that could not be read; it was
                      kept because an original was damaged or missing when the new one was made.
index/                The search index, made from the library.
log/                  verify.log has a line for every check of this archive.

How to read it without the program
----------------------------------

1. The files in originals/data are ordinary zip files. The conversations in them are JSON text
   (conversations.json or conversations-000.json and so on).
2. library.sqlite opens with any SQLite program. The conversations are the rows of the table "conversation"; the
   messages of one are the rows of "message" with its key, in order. The words of a message stand in "text", or, where
   it is more than one plain text, in the list "parts" of the JSON in "rest". Times are seconds since 1970-01-01 UTC.
   "parent" is the place (from 0) of the message that a message follows; -1 begins a conversation. Where two messages
   have the same parent, both are kept: one is another version of the other.

How to move it
--------------

Copy the whole folder. Nothing in it depends on where it lies.
"""
