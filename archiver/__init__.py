"""A personal archive of chat history: keeps exports, finds words in them, lets people read and save them."""

__version__ = "0.1.0"
