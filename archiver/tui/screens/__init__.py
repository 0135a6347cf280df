"""One module a screen. A screen is imported when somebody first goes there, so that starting stays quick."""
