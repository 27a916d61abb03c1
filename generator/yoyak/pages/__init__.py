"""One file for each kind of page: what it shows, made from the `Site`. `yoyak.pipeline.plan` lists them."""
