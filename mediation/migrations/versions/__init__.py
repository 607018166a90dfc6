"""The schema's versions, from the first day."""
