"""The terminal interface: what people see who open ``archiver`` without a command.

app        opens the archive, runs imports, gives the terminal back whatever happens
screens    one module a screen; base, listing, page and dialog are what they have in common
panels     parts of screens that know the commands or the archive
widgets    drawing by lines: lists and transcripts of any length; they know records, not the archive
commands   everything that can be done, each with its keys, words and help
"""
