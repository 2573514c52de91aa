"""Files stored and verified by the command line: what is printed is promised to other programs."""

import errno
import hashlib
import json
import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from bot.cli import cli
from bot.config import Settings
from bot.slack import HOME
from bot.startup import office
from storage.documents import register

CATALOGUE = Path(__file__).parents[2] / "bot" / "catalogue" / "zaplecze.toml"
INVOICE = Path(__file__).parents[1] / "invoices" / "files" / "fa3.xml"


class Command:
    """The command line on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        ours = CATALOGUE.read_text().replace("tax_numbers = []", 'tax_numbers = ["PL9999999999"]')
        ours = ours.replace(
            "[document_kinds.delivery_note]\n", "[document_kinds.delivery_note]\nvalid_days = 30\n"
        )
        (folder / "zaplecze.toml").write_text(ours)
        self.settings = {
            "ZAPLECZE_DATA_DIR": str(self.data),
            "ZAPLECZE_CONFIG": str(folder / "zaplecze.toml"),
            "DATABASE_URL": "",
        }

    def __call__(self, *words: object) -> tuple[int, dict[str, Any], str]:
        """Exit status, the fact that was printed, what was said beside it."""
        typed = [str(word) for word in (*words, "--json")]
        done = CliRunner().invoke(cli, typed, env=self.settings)
        refused = str(done.exception) if done.exception else ""
        return done.exit_code, json.loads(done.stdout or "{}"), done.stderr + refused

    def later(self, days: int, folder: Path) -> None:
        """The clock of the next commands stands so many days ahead."""
        clock = folder / "clock"
        clock.write_text(str(int(timedelta(days=days).total_seconds())))
        self.settings["ZAPLECZE_CLOCK"] = f"file:{clock}"


@pytest.fixture
def run(tmp_path: Path) -> Command:
    return Command(tmp_path)


def pdf(*lines: str) -> bytes:
    """A PDF as another program makes it."""
    page = BytesIO()
    canvas = Canvas(page, invariant=True)
    for place, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * place, line)
    canvas.save()
    return page.getvalue()


def verdict(run: Command, folder: Path, content: bytes) -> tuple[int, str, str | None, str | None]:
    file = folder / "asked.pdf"
    file.write_bytes(content)
    status, told, _ = run("documents", "verify", file)
    return status, told["verdict"], told["number"], told["superseded_by"]


def test_verdict_of_a_withdrawn_paper_is_printed(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "umowa.pdf"
    paper.write_bytes(pdf("najem"))
    run("documents", "store", paper, "--kind", "contract")
    assert verdict(run, tmp_path, pdf("najem")) == (0, "genuine", "ZD-000001", None)
    for name, value in run.settings.items():
        monkeypatch.setenv(name, value)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        assert register.withdraw(turn, 1)
    assert verdict(run, tmp_path, pdf("najem")) == (1, "withdrawn", "ZD-000001", None)


def test_files_are_stored_once_and_their_newest_version_wins(run: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    contract, other = tmp_path / "in" / "umowa.pdf", tmp_path / "in" / "aneks.pdf"
    contract.write_bytes(pdf("najem"))
    other.write_bytes(pdf("aneks"))
    status, told, _ = run("documents", "store", tmp_path / "in", "--kind", "contract")
    assert (status, told["stored"], told["known"], told["failed"]) == (0, 2, 0, 0)
    assert told["files"][1] == {
        "path": str(contract),
        "number": "ZD-000002",
        "sha256": hashlib.sha256(pdf("najem")).hexdigest(),
        "outcome": "stored",
        "message": None,
    }
    _, again, _ = run("documents", "store", contract, "--kind", "contract")
    assert (again["stored"], again["known"]) == (0, 1)
    assert again["files"][0]["number"] == "ZD-000002"
    contract.write_bytes(pdf("najem", "zmieniony"))
    _, newer, _ = run("documents", "store", contract, "--kind", "contract")
    assert newer["files"][0]["number"] == "ZD-000003"
    assert verdict(run, tmp_path, pdf("najem")) == (1, "superseded", "ZD-000002", "ZD-000003")
    assert verdict(run, tmp_path, contract.read_bytes()) == (0, "genuine", "ZD-000003", None)
    assert verdict(run, tmp_path, pdf("obca")) == (1, "unknown", None, None)


def test_what_was_made_here_is_altered_by_one_byte_and_by_saving_it_anew(
    run: Command, tmp_path: Path
) -> None:
    run("invoices", "import", INVOICE)
    made = tmp_path / "copy.pdf"
    run("documents", "render", "invoice_copy", "--for", "FV/2026/11/0042", "--out", made)
    content = made.read_bytes()
    assert verdict(run, tmp_path, content)[:2] == (0, "genuine")
    end = content.rindex(b"%%EOF")
    one_byte = content[: end - 1] + bytes([content[end - 1] ^ 1]) + content[end:]
    assert verdict(run, tmp_path, one_byte)[:2] == (1, "altered")
    saved = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(content))).write(saved)
    assert verdict(run, tmp_path, saved.getvalue())[:2] == (1, "altered")


def test_what_is_valid_for_some_days_expires(run: Command, tmp_path: Path) -> None:
    note = tmp_path / "wz.pdf"
    note.write_bytes(pdf("WZ 1"))
    run("documents", "store", note, "--kind", "delivery_note")
    assert verdict(run, tmp_path, note.read_bytes())[1] == "genuine"
    run.later(31, tmp_path)
    assert verdict(run, tmp_path, note.read_bytes())[:3] == (1, "expired", "ZD-000001")


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.pdf").touch()
    os.mkfifo(folder / "pipe")
    (folder / "good.pdf").write_bytes(pdf("dobra"))
    missing, large = tmp_path / "missing.pdf", tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(25_000_001)
    status, told, said = run(
        "documents", "store", folder, folder / "pipe", missing, large, "--kind", "contract"
    )
    assert (status, told["stored"], told["failed"]) == (1, 1, 4)
    assert [file["number"] for file in told["files"] if file["outcome"] == "failed"] == [None] * 4
    for reason in ("is empty", "it is no file", "No such file", "larger than 25 MB"):
        assert reason in said
    assert list((run.data / "archive" / "unfinished").iterdir()) == []


def test_kind_and_party_are_named_before_anything_is_kept(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "pasek.pdf"
    file.write_bytes(pdf("pasek"))
    for words, reason in (
        (("--kind", "poem"), "There is no kind of document poem"),
        (("--kind", "contract", "--for", "Nobody Ltd"), "I found no invoice and no customer"),
        (("--kind", "payslip", "--for", "nobody@example.com"), "is nobody here"),
    ):
        status, told, said = run("documents", "store", file, *words)
        assert (status, told) == (1, {})
        assert reason in said
    status, told, said = run("documents", "store", file, "--kind", "payslip")
    assert (status, told["failed"]) == (1, 1)
    assert "say whom it is about" in said


def test_full_disk_is_said_and_leaves_nothing(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "umowa.pdf"
    file.write_bytes(pdf("umowa"))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, told, said = run("documents", "store", file, "--kind", "contract")
    assert (status, told["failed"]) == (1, 1)
    assert "has no room for the file" in said
    monkeypatch.undo()
    kept = [path for path in (run.data / "archive").rglob("*") if path.is_file()]
    assert kept == []
    assert verdict(run, tmp_path, file.read_bytes())[1] == "unknown"
    assert run("documents", "store", file, "--kind", "contract")[0] == 0
