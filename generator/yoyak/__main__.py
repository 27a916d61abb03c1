"""Start the command ``yoyak``, also as ``python -m yoyak``: its program files may be what cannot be read."""

import gc
import sys


def main() -> None:
    """Run the command line; the entry point ``yoyak``. Nothing is imported before, so that what fails can be told."""
    try:
        from yoyak.cli.commands import commands
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        told = f"its program files cannot be read ({where}{error.strerror or error})"
        sys.stderr.write(
            f"yoyak: {told}. Check the disk, and how many files may be open (ulimit -n), then try again.\n"
        )
        sys.exit(1)
    try:
        commands(prog_name="yoyak")
    finally:
        gc.freeze()  # or Python looks through all that is left for garbage before it ends


if __name__ == "__main__":
    main()
