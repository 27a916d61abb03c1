"""What need not be done again: what changed, which pages are stale and why, and the state that a build saves."""
