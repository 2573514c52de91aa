"""``python -m tests.documents.golden``: writes what each kind says in each language anew, to be
read in the diff.

``KEY.LANGUAGE.txt`` is the whole paper of the kind's sample. ``KEY.books.txt`` is written by hand:
for each language a line with words that the paper must say when it is made from the demo's books.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from bot.kit.words import LANGUAGES, Words
from handlers.documents.kinds import kind, kinds
from tests.documents.samples import MARK, sample

FOLDER = Path(__file__).with_name("golden")


def text_of(key: str, language: str) -> str:
    """Every line of a kind's paper, page by page."""
    pdf = kind(key).render(sample(key), MARK, Words(language))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    lines = [line.rstrip() for page in pages for line in (*page.splitlines(), "")]
    return "\n".join(lines).replace("\xa0", " ").rstrip() + "\n"


def place(key: str, language: str) -> Path:
    return FOLDER / f"{key}.{language}.txt"


def of_books(key: str) -> Mapping[str, str]:
    """What a kind's paper from the demo's books must say, by language."""
    lines = place(key, "books").read_text(encoding="utf-8").splitlines()
    return dict(zip(LANGUAGES, lines, strict=True))


def lacking() -> Iterator[str]:
    """What to do where a kind has no golden files, or files have no kind."""
    for key in kinds():
        if not all(place(key, language).exists() for language in LANGUAGES):
            yield f"{key} has no golden text: run python -m tests.documents.golden, and read it."
        if not place(key, "books").exists():
            yield (
                f"{key} has no tests/documents/golden/{key}.books.txt: write into it, a line each "
                "for English, Polish and Hungarian, words that the paper made from the demo's "
                "books must say."
            )
    for file in FOLDER.iterdir():
        if file.name.split(".")[0] not in kinds():
            yield f"tests/documents/golden/{file.name} is of no kind: delete it."


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for key in kinds():
        for language in LANGUAGES:
            place(key, language).write_text(text_of(key, language), encoding="utf-8")


if __name__ == "__main__":
    main()
