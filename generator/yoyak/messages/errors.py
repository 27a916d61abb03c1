"""The one exception that ends a run. It knows nothing, so that ``yoyak --version`` loads nothing for it."""


class YoyakError(Exception):
    """A run that cannot go on; its text is the whole message for the user."""
