"""``python -m tests.documents.golden``: writes what each kind says in each language anew, to be
read in the diff."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from bot.kit.words import LANGUAGES, Words
from handlers.documents.kinds import kind
from tests.documents.samples import MARK
from tests.documents.test_kinds import KEYS, sample

FOLDER = Path(__file__).with_name("golden")


def text_of(key: str, language: str) -> str:
    """Every line of a kind's paper, page by page."""
    pdf = kind(key).render(sample(key), MARK, Words(language))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    lines = [line.rstrip() for page in pages for line in (*page.splitlines(), "")]
    return "\n".join(lines).replace("\xa0", " ").rstrip() + "\n"


def place(key: str, language: str) -> Path:
    return FOLDER / f"{key}.{language}.txt"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for key in KEYS:
        for language in LANGUAGES:
            place(key, language).write_text(text_of(key, language), encoding="utf-8")


if __name__ == "__main__":
    main()
