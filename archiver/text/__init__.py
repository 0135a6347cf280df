"""Text as people write it: folded and cut into words for search, made safe for terminals, moments in words."""
