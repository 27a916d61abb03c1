"""Jinja2 and what templates read: the environment, words and dates of a language, built-in assets."""
