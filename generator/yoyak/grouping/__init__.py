"""How articles become a site: who may be published, terms, editions. `yoyak.pipeline.group` puts them together."""
