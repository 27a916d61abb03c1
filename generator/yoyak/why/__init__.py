"""``yoyak why``: what made a page, and why a file is not on the site.

It reads what the last build left, and builds nothing.

An argument becomes a subject (`subject`), and a subject an explanation (`pages`, `files`, `looks`, `missing`), each
made of the store and the disk as `memory` gives them.
"""
