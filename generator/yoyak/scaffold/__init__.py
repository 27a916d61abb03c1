"""``yoyak new``: the sample site, as a new one."""
