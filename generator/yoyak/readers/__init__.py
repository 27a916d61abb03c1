"""Readers, one for each kind of article file: text in, a `Reading` out, nothing else touched."""
