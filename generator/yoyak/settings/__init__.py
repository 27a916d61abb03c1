"""site.yaml and the rule files of a site, read and checked."""
