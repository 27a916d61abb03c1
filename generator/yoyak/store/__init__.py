"""The store: what earlier builds remembered, in .yoyak/ of a site. It may be deleted at any time."""
