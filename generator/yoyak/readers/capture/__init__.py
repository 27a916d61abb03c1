"""Captures: text that was pasted from a web page."""
