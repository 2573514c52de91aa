"""Files made to exhaust their reader are refused in a sentence, quickly and in little memory; none
harms the rest.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.invoices.service.document_reader import read_bytes, to_json
from tests.invoices import bombs
from tests.invoices.corpus import ROOT
from tests.invoices.samples import content, refusal

MOST_SECONDS = 5
MOST_MEGABYTES = 512
HARMLESS = {"one_long_text", "long_amount"}
"""What is only odd: it is read, without the text that is too long."""


@pytest.mark.slow
def test_bombs_are_refused_within_seconds_and_half_a_gigabyte(tmp_path: Path) -> None:
    bombs.lay(tmp_path)
    command = [sys.executable, "-m", "tests.invoices.bombs", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert {answer["bomb"] for answer in answers} == set(bombs.BOMBS)
    assert [
        a["bomb"] for a in answers if a["seconds"] > MOST_SECONDS or a["megabytes"] > MOST_MEGABYTES
    ] == []
    assert [
        a["bomb"] for a in answers if a["bomb"] not in HARMLESS and "error" not in a["answers"][-1]
    ] == []
    assert told.stderr == ""


def test_entities_of_files_are_not_opened() -> None:
    assert "declares a DTD or entities" in refusal(bombs.outside_file())


def test_text_that_is_too_long_is_left_out_and_told() -> None:
    longer = (
        content("fa3.xml").replace(b"FV/2026/11/0042", b"F" * 300).replace(b"6110901014", b"6" * 90)
    )
    (read,) = read_bytes(longer, "x.xml")
    assert read.document
    assert read.document.number is None
    assert read.document.accounts == ()
    assert {"text.too_long", "number.missing"} <= {finding.rule.id for finding in read.findings}


@pytest.mark.parametrize("never", ["9999-12-31", "0001-01-01"])
def test_day_that_stands_for_none_is_left_out_and_told(never: str) -> None:
    for day in ("2026-11-02", "2026-12-16"):
        changed = content("fa3.xml").replace(day.encode(), never.encode())
        (read,) = read_bytes(changed, "x.xml")
        assert read.document
        days = [str(one) for one in (read.document.issued_on, *read.document.due_on)]
        assert never not in days
        assert "date.outside" in {finding.rule.id for finding in read.findings}


def test_term_counted_from_a_day_that_stands_for_none_is_no_term() -> None:
    counted = b"<Ilosc>30</Ilosc><Jednostka>tygodni</Jednostka><ZdarzeniePoczatkowe>wystawienie</ZdarzeniePoczatkowe>"
    changed = content("fa3.xml").replace(b"2026-11-02", b"9999-12-31")
    changed = changed.replace(
        b"<Termin>2026-12-16</Termin>", b"<TerminOpis>" + counted + b"</TerminOpis>"
    )
    (read,) = read_bytes(changed, "x.xml")
    assert read.document
    assert [str(day) for day in read.document.due_on] == ["2026-11-16"]


def test_problem_does_not_keep_the_file_in_memory() -> None:
    (read,) = read_bytes(b"<a>" + b"x" * 1_000, "x.xml")
    assert read.problem
    kept = (read.problem.__traceback__, read.problem.__cause__, read.problem.__context__)
    assert kept == (None, None, None)


SAMPLES = ["fa3.xml", "fa_rr.xml", "ubl_invoice.xml", "cii.xml", "nav_batch.xml", "faktury.csv"]


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
def test_sample_cut_and_mixed_anyhow_is_read_or_refused(name: str, data: st.DataObject) -> None:
    whole = content(name)
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    put = data.draw(st.binary(max_size=20))
    for read in read_bytes(whole[:begin] + put + whole[end:], name):
        json.dumps(to_json(read))


@given(
    content=st.binary(max_size=300),
    name=st.sampled_from(["x.xml", "x.pdf", "x.xlsx", "x.csv", "x"]),
)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    assert list(read_bytes(content, name))
