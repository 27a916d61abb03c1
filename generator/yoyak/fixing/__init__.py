"""``yoyak fix``: the small repairs that messages suggest, as line edits that are tried before they are offered.

A repair is found by the problem's code and place (`table`), made on the lines as their bytes are (`lines`), and kept
only when the file, read again, says the same as before but for that problem (`mending`).
"""
