"""Checks of the built site: output and `Site` become problems."""
