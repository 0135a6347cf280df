"""What a person hands over: a zip, a folder or a file, read safely. Nothing in here knows a provider."""
