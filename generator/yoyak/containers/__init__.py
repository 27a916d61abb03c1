"""The containers of pictures: bytes in, bytes out. Pure, bounded, and nothing here raises for bad content."""
