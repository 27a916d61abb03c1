"""The command line: one function a command, and the words that a terminal shows."""


def main() -> None:
    """Run the command line; the entry point ``yoyak``."""
    from yoyak.cli.commands import commands

    commands(prog_name="yoyak")
