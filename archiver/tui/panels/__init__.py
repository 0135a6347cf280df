"""Parts of screens that know the commands, the settings or the work going on; widgets proper know none of these."""
