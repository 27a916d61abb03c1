"""The characters that cannot stand on a page."""

FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
"""What XML 1.0 §2.2 and HTML forbid, and the controls that nothing shows; to stand in the class of a pattern."""
