"""``yoyak show``: how one file is read, value by value and line by line."""
