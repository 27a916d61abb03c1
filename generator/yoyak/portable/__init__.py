"""A built site that opens from a folder without a server, and one file that holds all of it."""
