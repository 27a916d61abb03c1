"""Editorial review: what people said and decided of articles, in files, and what follows from it."""
