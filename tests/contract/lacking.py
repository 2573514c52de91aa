"""``make words``: the sentences that a catalogue lacks, as entries to copy beside their feature and
translate.
"""

import sys
from collections import defaultdict
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.contract.catalogues import FOREIGN, catalogues, entries, key
from tests.contract.sentences import Said, said


def lacking(language: str) -> dict[str, list[Said]]:
    """What each catalogue of a language lacks, by the file where it should stand."""
    there = {key(message) for _, message in entries(language)}
    by_file = defaultdict(list)
    for each in said():
        if each.sentence not in there:
            by_file[f"{_room(each.place)}/locale/{language}.po"].append(each)
    return by_file


def _room(place: str) -> str:
    room, feature, *_ = place.split("/")
    return f"{room}/{feature}" if room == "handlers" else room


def as_po(sentences: list[Said], language: str) -> str:
    wanted = Catalog(locale=language)
    # Babel's own count of Hungarian plurals is another than that of our catalogues.
    wanted.mime_headers = [("Plural-Forms", catalogues(language)[0][1].plural_forms)]
    for each in sentences:
        file, line = each.place.rsplit(":", 1)
        one, many = each.sentence.one, each.sentence.many
        wanted.add((one, many) if many else one, locations=[(file, int(line))])
    written = BytesIO()
    write_po(written, wanted, omit_header=True, width=0)
    return written.getvalue().decode()


def main() -> None:
    for language in FOREIGN:
        for file, sentences in sorted(lacking(language).items()):
            sys.stdout.write(f"# {file} lacks {len(sentences)}:\n\n{as_po(sentences, language)}")


if __name__ == "__main__":
    main()
