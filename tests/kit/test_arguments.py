"""What is typed after a command."""

from pathlib import Path

import pytest

from bot.commands.arguments import MOST_BYTES, TooLarge, content_of


def test_of_a_file_beyond_measure_nothing_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.pdf"
    with file.open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    with pytest.raises(TooLarge, match="larger than 128 MB"):
        content_of(file)
