"""Run ``python -m yoyak`` as the command ``yoyak``."""

from yoyak.cli import main

main()
