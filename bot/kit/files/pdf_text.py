"""The words in somebody's PDF, within bounds: for search, not for show."""

import time
from collections.abc import Iterator
from typing import Any

from bot.kit.files.foreign_pdf import BROKEN, ENDLESS, opened

MOST_PAGES = 300
MOST_CHARACTERS = 300_000
MOST_SECONDS = 5.0  # of work; what has not been read by then is not found by
_MOST_DRAWN = 1_000_000  # bytes of one page's drawing: a page of words has a few thousand


def text_of(content: bytes) -> str:
    """What the pages say, as far as it can be read; '' for what is no PDF, is locked or damaged."""
    if b"%PDF-" not in content[:1024]:
        return ""
    pages: list[str] = []
    try:
        with opened(content) as reader:
            for page in _readable(reader):
                pages.append(page.extract_text())
                if sum(map(len, pages)) > MOST_CHARACTERS:
                    break
    except (*ENDLESS, *BROKEN):
        pass  # what was read until then still says something
    return "\n".join(pages)[:MOST_CHARACTERS]


def _readable(reader: Any) -> Iterator[Any]:
    """The pages, until they are too many or take too long; those that only draw are left out."""
    ends = time.process_time() + MOST_SECONDS
    for number, page in enumerate(reader.pages):
        if number == MOST_PAGES or time.process_time() > ends:
            return
        drawn = page.get_contents()
        if drawn is not None and len(drawn.get_data()) <= _MOST_DRAWN:
            yield page
