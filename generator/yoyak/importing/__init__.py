"""import: captures, saved pages, mails and feeds become Markdown articles, and the originals are kept.

A reader's inference is written down once, so that an editor can see it, mend it and rely on it.
"""
