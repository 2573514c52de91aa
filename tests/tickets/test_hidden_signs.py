"""Signs that turn the direction of what is read are seen wherever the bot writes what others
wrote: formatted words, names of files, names of people.
"""

from tests.driver import Office
from tests.tickets.desk import asks

TURNED, SEEN = "faktura\u202efdp.exe", "faktura[U+202E]fdp.exe"


def test_formatted_words_turn_nothing_round(office: Office) -> None:
    card = asks(office)
    own = office.piotr.dm[0]
    for text in (
        f"*Ważne* {TURNED}",
        f"<https://x.example/a|{TURNED}>",
        f"`{TURNED}`",
    ):
        office.piotr.replies(own, text)
        mirrored = card.again().thread[-1]
        assert SEEN in mirrored, text
        assert "\u202e" not in str(mirrored.blocks)


def test_name_of_a_file_that_comes_along_turns_nothing_round(office: Office) -> None:
    card = asks(office)
    own = office.piotr.dm[0]
    office.piotr.uploads(own.channel, TURNED, b"MZ", "Faktura", thread=own)
    (file,) = card.again().thread[-1].files
    assert file["name"] == SEEN
    assert file["title"] == SEEN
