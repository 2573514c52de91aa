"""Which encoding of Central Europe bytes are written in that are no UTF-8."""

# Where Windows-1250 and ISO 8859-2 write the same Polish letters (ą ś ź Ą Ś Ź) by other bytes.
_ONLY_1250 = frozenset(range(0x80, 0xA0)) | {0xB9, 0xA5}
_ONLY_8859_2 = frozenset({0xB1, 0xB6, 0xBC, 0xA1, 0xA6, 0xAC})


def decoded(data: bytes) -> str:
    """As UTF-8; else as Windows-1250, or as ISO 8859-2 where only its letters are in it."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        letters = set(data)
        latin2 = letters & _ONLY_8859_2 and not letters & _ONLY_1250
        return data.decode("iso-8859-2" if latin2 else "cp1250", errors="replace")
