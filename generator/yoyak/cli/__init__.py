"""The command line: one function a command, and the words that a terminal shows."""
