"""YAML as journalists write it: read with line and column, as typed values, and written."""
