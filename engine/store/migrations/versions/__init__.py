"""The numbered migrations; one that is merged is never edited."""
