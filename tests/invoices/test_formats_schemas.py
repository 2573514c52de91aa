"""Schemas that no package carries, from a folder that an administrator names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.invoices.formats import schemas
from handlers.invoices.service.document_reader import read_bytes
from tests.invoices.samples import content


@pytest.fixture
def folder(data: Path) -> Iterator[Path]:
    yield data / "invoices" / "schemas"
    schemas.look_in(None)


def found(data: bytes) -> list[str]:
    [read] = read_bytes(data, "a.xml")
    assert read.document, read.problem
    return [one.message for one in read.findings if one.rule.id == "schema"]


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("fa2.xml", b"<KodWaluty>EUR<", b"<KodWaluty>ZLOTY<"),
        ("fa_rr.xml", b"<KodWaluty>PLN<", b"<KodWaluty>ZLOTY<"),
        ("nav.xml", b"<currencyCode>HUF<", b"<currencyCode>forint<"),
    ],
)
def test_a_schema_from_the_folder_is_held_against_the_file(
    name: str, right: bytes, wrong: bytes, folder: Path
) -> None:
    data = content(name)
    assert right in data
    assert found(data.replace(right, wrong)) == []
    schemas.look_in(folder)
    assert found(data.replace(right, wrong)) != found(data)


def test_a_folder_without_any_of_them_is_refused(tmp_path: Path) -> None:
    with pytest.raises(schemas.SchemasMissing, match="ZAPLECZE_SCHEMAS"):
        schemas.look_in(tmp_path)


def test_real_invoices_keep_to_these_schemas(folder: Path) -> None:
    schemas.look_in(folder)
    invoices = folder.parent
    kept = [invoices / "ksef-fa2", invoices / "nav-osa" / "data"]
    messages = [one for path in kept for file in path.rglob("*.xml") for one in _all(file)]
    assert len(messages) <= 3, messages


def _all(file: Path) -> list[str]:
    reads = read_bytes(file.read_bytes(), file.name)
    return [
        f"{file.name}: {one.message}"
        for read in reads
        for one in read.findings
        if one.rule.id == "schema"
    ]
