"""What the screens are made of: the list of any length, and the transcript of a conversation.

Widgets know records and small protocols, never the archive. From a stored message to the terminal:

    Message -> items -> sections -> message_blocks (markdown_blocks, tables, wrap) -> lines -> line_painter -> Strip

Everything stored passes ``terminal.shown`` or ``runs.safe`` on that way.
"""
