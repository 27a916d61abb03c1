"""Pure helpers, one subject a file: they know text, and nothing of the pipeline."""
