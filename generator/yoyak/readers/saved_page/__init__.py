"""Saved pages: HTML files that a browser saved."""
