"""Run ``python -m yoyak`` as the command ``yoyak``."""

from yoyak.cli.commands import main

main()
