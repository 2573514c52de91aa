"""PDFs, workbooks and archives that unfold without end, put into the archive.

``python -m tests.documents.bombs FOLDER`` keeps each in an archive below the folder and prints how
long it took, the memory needed until then, and how many words it is found by.
"""

import json
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from time import process_time

from bot.kit.errors import Problem
from bot.kit.files.content_store import ContentStore
from handlers.documents.service.archive import deposit
from tests.invoices.bombs import BOMBS as OF_INVOICES
from tests.invoices.bombs import peak_megabytes
from tests.raw_pdf import packed_stream, written_pdf

_CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _page(resources: str, contents: str = "/Contents 4 0 R") -> str:
    box = "/MediaBox [0 0 595 842]"
    return f"<< /Type /Page /Parent 2 0 R {box} /Resources << {resources} >> {contents} >>"


def pdf_that_draws_without_end() -> bytes:
    return written_pdf(
        _CATALOGUE,
        _PAGES,
        _page(""),
        packed_stream(zlib.compress(bytes(300_000_000), 9), "/FlateDecode"),
    )


def pdf_that_writes_without_end() -> bytes:
    text = b"BT /F 9 Tf (word) Tj ET\n" * 2_000_000
    font = f"/Font << /F {_FONT} >>"
    return written_pdf(
        _CATALOGUE, _PAGES, _page(font), packed_stream(zlib.compress(text, 9), "/FlateDecode")
    )


def pdf_of_full_pages() -> bytes:
    """Three hundred pages that show one drawing of a megabyte."""
    text = b"BT /F 9 Tf (word) Tj ET\n" * 40_000
    pages = f"<< /Type /Pages /Kids [{'3 0 R ' * 300}] /Count 300 >>"
    page = _page(f"/Font << /F {_FONT} >>")
    return written_pdf(
        _CATALOGUE, pages, page, packed_stream(zlib.compress(text, 9), "/FlateDecode")
    )


def pdf_whose_forms_draw_each_other() -> bytes:
    """Ten forms, each of which draws the next ten times."""
    count = 10
    resources = "/XObject << " + " ".join(f"/X{n} {n + 5} 0 R" for n in range(count)) + " >>"
    forms = []
    for number in range(count):
        below = f"/X{number + 1} Do\n".encode() * 10 if number + 1 < count else b"BT (x) Tj ET"
        head = (
            f"<< /Type /XObject /Subtype /Form /Resources << {resources} >> /Length {len(below)} >>"
        )
        forms.append(f"{head}\nstream\n".encode() + below + b"\nendstream")
    drawn = packed_stream(zlib.compress(b"/X0 Do"), "/FlateDecode")
    return written_pdf(_CATALOGUE, _PAGES, _page(resources), drawn, *forms)


def pdf_of_a_million_pages() -> bytes:
    """A tree of six levels, each of which names the next ten times."""
    levels = [
        f"<< /Type /Pages /Count {10 ** (6 - n)} /Kids [{f'{n + 3} 0 R ' * 10}] >>"
        for n in range(6)
    ]
    return written_pdf(_CATALOGUE, *levels, _page("", ""))


def pdf_whose_font_maps_without_end() -> bytes:
    mapping = b"1 beginbfrange\n<0000> <ffff> <0041>\nendbfrange\n" * 20_000
    font = "/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /A /ToUnicode 5 0 R >> >>"
    return written_pdf(
        _CATALOGUE,
        _PAGES,
        _page(font),
        packed_stream(zlib.compress(b"BT /F 9 Tf (word) Tj ET"), "/FlateDecode"),
        packed_stream(zlib.compress(mapping, 9), "/FlateDecode"),
    )


def docx_of_blanks() -> bytes:
    return _packed("word/document.xml")


def zip_of_zips() -> bytes:
    within = _packed("blanks.bin")
    return _zipped({f"{number}.zip": within for number in range(200)})


def _packed(name: str) -> bytes:
    return _zipped({name: bytes(300_000_000)})


def _zipped(parts: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


_ENDINGS = {"pdf": ".pdf", "workbook": ".xlsx", "docx": ".docx", "zip": ".zip"}
BOMBS = {
    name: made
    for name, made in [*globals().items(), *OF_INVOICES.items()]
    if name.partition("_")[0] in _ENDINGS and callable(made)
}


def main() -> None:
    """Keeps every bomb."""
    store = ContentStore(Path(sys.argv[1]))
    for bomb, made in sorted(BOMBS.items()):
        name = bomb + _ENDINGS[bomb.partition("_")[0]]
        content, begun = made(), process_time()
        try:
            words = len(deposit(store, content, name).words.split())
        except Problem:
            words = 0
        seconds = round(process_time() - begun, 2)
        answer = {"bomb": bomb, "seconds": seconds, "megabytes": peak_megabytes(), "words": words}
        sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
