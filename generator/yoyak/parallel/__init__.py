"""A map over processes that are limited and can be stopped."""
