"""The values that pass between the packages, and what people may write in YAML; of no library but msgspec."""
