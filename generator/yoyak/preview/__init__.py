"""preview: the site as it would be, in a browser, rebuilt after every save. Knows build; build does not know it."""

from yoyak.preview.serve import ServeOptions, serve

__all__ = ["ServeOptions", "serve"]
