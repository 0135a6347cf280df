"""JSON from outside: split while it streams, recognised by shape, read strictly first and leniently after that."""
