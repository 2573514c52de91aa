"""The catalogue: the shipped one, one that grows by lines alone, and every mistake at once with its
line.
"""

import re
import struct
import tomllib
import zlib
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import loader
from bot.catalogue.channels import (
    ChannelFacts,
    PublicTriage,
    SharedTriage,
    TrustedInPublic,
    check_channels,
)
from bot.catalogue.mistakes import CatalogueMistakes
from bot.catalogue.positions import places
from bot.kit import catalogue as values
from bot.kit.catalogue import PRIORITIES, Calendar, Catalogue, Frame, Label, Value
from bot.kit.words import LANGUAGES, Words
from bot.kit.working_time import work_calendar
from tests.kit.catalogue_texts import NEW, SLIPS, SMALLEST
from tests.tickets.catalogues import with_department

SERVICES = {
    "accounting": {"invoice_issue", "invoice_correction", "invoice_check"},
    "collections": {"payment_question", "debt_collection"},
    "customers": {"general", "customer_record", "data_entry"},
    "orders": {"order", "stock_price"},
    "logistics": {"shipping", "warehouse_move"},
    "it": {"it_help", "equipment_repair", "equipment_purchase"},
    "legal": {"legal_question", "contract_review", "compliance_permit"},
    "archive": {"archive_search"},
    "hr": {"hr_question", "recruitment", "onboarding", "employment_contract"},
    "payroll": {"payroll_question", "personnel_file"},
}


def mistakes_of(text: str) -> dict[int, str]:
    """What is wrong in a text: line and sentence."""
    with pytest.raises(CatalogueMistakes) as wrong:
        loader.loads(text)
    return {m.line: str(m).partition(": ")[2] for m in wrong.value.mistakes}


def lines_told(text: str) -> list[int]:
    try:
        loader.loads(text)
    except CatalogueMistakes as wrong:
        return [mistake.line for mistake in wrong.mistakes]
    return []


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return loader.load()


def test_the_shipped_catalogue_covers_every_service_of_a_back_office(shipped: Catalogue) -> None:
    assert {key: {t.key for t in shipped.types_of(key)} for key in shipped.departments} == SERVICES
    assert {d.key for d in shipped.finance()} == {"accounting", "collections"}
    assert {d.key for d in shipped.departments.values() if d.private} == {"hr", "payroll"}
    assert {d.channel for d in shipped.departments.values()} == {f"bo-{key}" for key in SERVICES}
    assert shipped.intake_channels["front_office"].channel == "intake"


def test_the_shipped_catalogue_asks_with_a_field_of_each_kind_and_answers_with_templates(
    shipped: Catalogue,
) -> None:
    kinds = {field.kind for wanted in shipped.request_types.values() for field in wanted.fields}
    assert kinds == {"text", "choice", "date", "amount", "person", "customer", "invoice", "file"}
    assert sum(len(wanted.templates) for wanted in shipped.request_types.values()) >= 8


def test_shipped_targets_grow_with_patience_and_answers_come_before_solutions(
    shipped: Catalogue,
) -> None:
    for wanted in shipped.request_types.values():
        answers = [wanted.first_response.of(priority) for priority in PRIORITIES]
        solutions = [wanted.resolution.of(priority) for priority in PRIORITIES]
        assert answers == sorted(answers, key=lambda t: t or timedelta(), reverse=True), wanted.key
        assert all(a and s and a < s for a, s in zip(answers, solutions, strict=True)), wanted.key


def test_shipped_policies_are_off_and_ask_a_person_from_the_third_stage_on(
    shipped: Catalogue,
) -> None:
    receivable = shipped.reminder_policies["customers"]
    assert [stage.days for stage in receivable.stages] == [-3, 0, 7, 14, 30]
    assert [stage.approval for stage in receivable.stages] == [False, False, True, True, True]
    assert receivable.minimum == {"PLN": Decimal(50), "EUR": Decimal(10), "HUF": Decimal(5000)}


def test_every_shipped_department_has_time_to_work(shipped: Catalogue) -> None:
    for key in shipped.departments:
        assert work_calendar(shipped.calendar_of(key)).is_working_day(date(2026, 11, 23))


def test_a_department_a_request_type_and_a_field_of_each_kind_are_lines_of_the_file_and_no_code() -> (
    None
):
    grown = loader.loads(loader.SHIPPED.read_text(encoding="utf-8") + NEW)
    car = grown.request_types["car"]
    assert [f.kind for f in car.fields] == [
        "text",
        "choice",
        "date",
        "amount",
        "person",
        "customer",
        "invoice",
        "file",
    ]
    assert (car.fields[3].min, car.fields[3].max) == (Decimal("0.01"), Decimal(5000))
    assert car.fields[1].options[0].in_("pl") == "Furgon"
    assert car.approval[0].needs == "majority"
    assert car.resolution.of("normal") == timedelta(minutes=90)
    assert car.resolution.of("urgent") is None
    assert grown.default_type("fleet") == car
    fleet = grown.departments["fleet"]
    assert (fleet.name.in_("hu"), fleet.name.in_("de")) == ("Gépjárművek", "Fleet")
    assert fleet.absences[0].substitute == "U0ANNA001"
    hours = grown.calendar_of("fleet").hours
    assert [str(frame) for frame in hours.on(2)] == ["06:00-11:30", "12:00-18:00"]
    assert (hours.on(4), hours.on(5), hours.on(0)) == ((), (), (Frame(opens=360, closes=840),))


def test_ten_mistakes_give_ten_sentences_with_their_lines() -> None:
    text = """[calendars.office]
country = "PL"
timezone = "Europe/Warszawa"
hours.weekdays = ["08:00-12:00", "11:00-16:00"]

[departments.it]
name = { en = "IT", hu = "Informatika" }
channel = "#bo-it"
calendar = "ofice"
language = "en"
privat = true
finance = "yes"

[request_types.help]
label = { en = "Help", pl = "Pomoc", hu = "Segítség" }
department = "itt"
resolution = { normal = "2 days" }

[request_types.help.fields.device]
label = { en = "Device", pl = "Urządzenie", hu = "Eszköz" }
kind = "choice"

[[request_types.help.approval]]
approvers = []
"""
    assert mistakes_of(text) == {
        3: "“Europe/Warszawa” is not among the time zones. Did you mean “Europe/Warsaw”?",
        4: "08:00-12:00 and 11:00-16:00 overlap.",
        7: "The text in “pl” is missing; each text is needed in en, pl and hu.",
        9: "“ofice” is not among the calendars. Did you mean “office”?",
        11: "“privat” is not known here. Did you mean “private”?",
        12: "This must be true or false, without quotes.",
        16: "“itt” is not among the departments. Did you mean “it”?",
        17: (
            "“2 days” is no working time. Write hours and minutes, such as 4h, 30m or 1h 30m; a "
            "day is no measure."
        ),
        19: "A field of the kind choice needs options: options.first = { en = …, pl = …, hu = … }.",
        24: "At least one is needed here.",
    }


@pytest.mark.parametrize(("sentence", "slip"), SLIPS)
def test_each_mistake_has_a_sentence_and_no_other_comes_with_it(sentence: str, slip: str) -> None:
    with pytest.raises(CatalogueMistakes, match=r"zaplecze\.toml:[0-9]+ \(") as wrong:
        loader.loads(SMALLEST + slip)
    assert len(wrong.value.mistakes) == 1
    assert sentence in str(wrong.value)
    assert all(wrong.value.lines(Words(language)) for language in LANGUAGES)


def test_what_is_not_toml_is_named_and_the_rest_is_still_looked_at() -> None:
    text = (
        SMALLEST.replace("name = { en", "name = { en =").replace("#bo-it", "#BO IT")
        + "nonsense here\n"
    )
    found = mistakes_of(text)
    assert len(found) == 3
    assert found[line_of(text, "name = {")].startswith("This is not TOML")
    assert "“BO IT” is no channel" in found[line_of(text, "#BO IT")]
    assert found[line_of(text, "nonsense")].startswith("This is not TOML")


def test_what_stands_twice_is_named_with_the_line_of_the_first() -> None:
    text = SMALLEST + (
        'label = { en = "Again", pl = "Znowu", hu = "Megint" }\n[departments.it]\nlanguage = "xx"\n'
    )
    found = mistakes_of(text)
    assert len(found) == 2
    label, section = (
        text.splitlines().index('label = { en = "Again", pl = "Znowu", hu = "Megint" }') + 1,
        line_of(text, "[dep"),
    )
    assert f"is already in line {label - 2}" in found[label]
    assert f"is already in line {section}" in found[label + 1]


def test_a_text_that_ends_in_the_middle_says_where_it_began() -> None:
    text = SMALLEST + "[tickets]\nprefix = [\n"
    assert mistakes_of(text) == {line_of(text, "prefix"): "This is not TOML: Invalid value."}


def test_an_empty_file_asks_for_what_every_company_has() -> None:
    with pytest.raises(CatalogueMistakes) as wrong:
        loader.loads("")
    assert [m.facts["key"] for m in wrong.value.mistakes] == [
        "calendars",
        "departments",
        "request_types",
    ]


def test_a_channel_cannot_serve_a_private_department_and_another() -> None:
    other = SMALLEST[SMALLEST.index("[departments.it]") : SMALLEST.index("[request")].replace(
        ".it]", ".hr]"
    )
    text = f"{SMALLEST}{other}private = true"
    assert list(mistakes_of(text).values()) == [
        "#bo-it is the channel of “it” too, and one of the two is private."
    ]


def test_a_default_type_belongs_to_its_department() -> None:
    other = SMALLEST[SMALLEST.index("[departments.it]") : SMALLEST.index("[request")].replace(
        "it", "hr"
    )
    text = f'{SMALLEST}{other}default_type = "help"'
    assert list(mistakes_of(text).values()) == [
        "“help” is asked of “it”, so it cannot be the default of “hr”."
    ]


@given(st.text(alphabet="[]{}=\"'.,#\n\\ ab1", max_size=60))
def test_any_text_is_a_catalogue_or_mistakes_and_never_a_crash(text: str) -> None:
    with pytest.raises(CatalogueMistakes):
        loader.loads(text)


@given(st.integers(0, 20_000), st.sampled_from(["", "x", '"', "]", "\n", "= ", '"""', "[[a]]\n"]))
def test_one_slip_anywhere_never_crashes_and_is_told_within_the_text(at: int, slip: str) -> None:
    text = SMALLEST + NEW.replace("lead:it", "lead").replace("agents:accounting", "lead")
    at %= len(text)
    slipped = text[:at] + slip + text[at + 1 :]
    assert all(1 <= line <= slipped.count("\n") + 1 for line in lines_told(slipped))


def test_every_key_of_the_shipped_file_is_found_on_its_line() -> None:
    text = loader.SHIPPED.read_text(encoding="utf-8")
    found, lines = places(text), text.splitlines()

    def walk(value: object, *path: str | int) -> None:
        if path and isinstance(path[-1], str):
            assert path[-1] in lines[found.lines[path] - 1]
        for key, inner in value.items() if isinstance(value, dict) else ():
            walk(inner, *path, key)

    walk(tomllib.loads(text))


def test_init_writes_the_commented_file_with_the_companys_facts_and_never_over_another(
    tmp_path: Path,
) -> None:
    file = tmp_path / "zaplecze.toml"
    loader.write_default(
        file, {"name": "Fabryka Mebli sp. z o.o.", "tax_numbers": ["PL5261040828"]}
    )
    written = loader.load(file)
    assert (written.company.name, written.company.tax_numbers) == (
        "Fabryka Mebli sp. z o.o.",
        ("PL5261040828",),
    )
    assert written.request_types == loader.load().request_types
    assert file.read_text(encoding="utf-8").count("#") == loader.SHIPPED.read_text(
        encoding="utf-8"
    ).count("#")
    with pytest.raises(loader.AlreadyWritten, match="left as it is"):
        loader.write_default(file)


def test_several_workspaces_have_a_file_each_and_all_their_mistakes_are_told(
    tmp_path: Path,
) -> None:
    with pytest.raises(loader.NoWorkspaceIn):
        loader.load_all(tmp_path)
    (tmp_path / "T0AAA.toml").write_text(SMALLEST, encoding="utf-8")
    (tmp_path / "T0BBB.toml").write_text(SMALLEST, encoding="utf-8")
    assert set(loader.load_all(tmp_path)) == {"T0AAA", "T0BBB"}
    (tmp_path / "T0AAA.toml").write_text("x = 1\n" + SMALLEST, encoding="utf-8")
    (tmp_path / "other.toml").write_text(SMALLEST, encoding="utf-8")
    with pytest.raises(
        CatalogueMistakes, match=r"T0AAA\.toml:1 \(x\)[\s\S]*other\.toml: A catalogue in a folder"
    ):
        loader.load_all(tmp_path)
    assert set(loader.load_all(loader.SHIPPED)) == {"*"} == set(loader.load_all(None))


def test_a_file_that_is_missing_or_no_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(loader.NoCatalogue, match="zaplecze init"):
        loader.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(loader.NotReadable, match="UTF-8"):
        loader.load(tmp_path / "bytes.toml")


def test_triage_channel_is_private_unless_its_department_is_open_and_never_shared(
    shipped: Catalogue,
) -> None:
    def facts(name: str, *, private: bool = False, shared: bool = False) -> ChannelFacts:
        return ChannelFacts("C0" + name, name, private, shared)

    def told(*found: ChannelFacts) -> list[type]:
        return [type(problem) for problem in check_channels(shipped, found)]

    for trusted in ("bo-legal", "bo-hr", "bo-accounting", "bo-orders"):
        assert told(facts(trusted)) == [TrustedInPublic]
        assert told(facts(trusted, private=True)) == []
    assert told(facts("bo-it")) == [PublicTriage]
    assert told(facts("bo-it", private=True, shared=True)) == [SharedTriage]
    assert told(facts("elsewhere", shared=True)) == []
    assert "open = true under [departments.it]" in str(check_channels(shipped, [facts("bo-it")])[0])

    opened = with_department(shipped, "it", open=True)
    assert check_channels(opened, [facts("bo-it")]) == []


@pytest.mark.parametrize(
    "reason",
    [
        "finance = true",
        "private = true",
        '"agents:it" in [invoices] readers',
        "private = true in [request_types.help]",
    ],
)
def test_department_with_money_or_private_matters_is_never_open(reason: str) -> None:
    line = "" if " in [" in reason else reason
    text = SMALLEST.replace('channel = "#bo-it"', f'channel = "#bo-it"\nopen = true\n{line}')
    if "readers" in reason:
        text += '\n[invoices]\nreaders = ["agents:it"]\n'
    if "request_types" in reason:
        text += "private = true\n"
    with pytest.raises(CatalogueMistakes) as wrong:
        loader.loads(text)
    (mistake,) = wrong.value.mistakes
    assert f"“it” cannot be open, for there is {reason}:" in str(mistake)
    assert "(departments.it.open)" in str(mistake)


def test_templates_are_filled_in_the_readers_language(shipped: Catalogue) -> None:
    template = shipped.request_types["stock_price"].templates[0]
    facts = dict.fromkeys(
        ("number", "requester", "agent", "department", "request_type", "link"), "Łucja {x}"
    )
    assert template.filled("pl", facts).startswith("Dzień dobry, towar jest na stanie")


def test_values_are_frozen_and_can_stand_in_sets(shipped: Catalogue) -> None:
    label = Label(en="a", pl="b", hu="c")
    with pytest.raises(ValueError, match="frozen"):
        label.en = "x"  # type: ignore[misc]
    assert (
        len({calendar for calendar in shipped.calendars.values() if isinstance(calendar, Calendar)})
        == 3
    )


def test_every_key_is_explained_to_the_administrator() -> None:
    page = (loader.SHIPPED.parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    types = [
        t
        for t in vars(values).values()
        if isinstance(t, type) and issubclass(t, Value) and t is not Frame
    ]
    keys = {f"{t.__name__}.{key}" for t in types for key in t.model_fields if key != "key"}
    assert {name for name in keys if not re.search(rf"\b{name.partition('.')[2]}\b", page)} == set()


def test_logo_is_brought_from_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "zaplecze.toml"
    file.write_text(
        loader.SHIPPED.read_text().replace('phone = ""', 'phone = ""\nlogo = "logo.png"', 1)
    )
    picture = BytesIO()
    segno.make("Zaplecze").save(picture, kind="png", scale=4)
    (tmp_path / "logo.png").write_bytes(picture.getvalue())
    assert loader.load(file).company.logo == picture.getvalue()


def png(wide: int, high: int) -> bytes:
    """A black picture."""
    shape = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    content = zlib.compress(bytes((wide // 8 + 2) * high))
    parts = ((b"IHDR", shape), (b"IDAT", content), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\x89PNG\r\n",
        b"GIF89a",
        b"\x89PNG" + bytes(500_000),
        png(2_000, 1_001),
        png(20_000, 20_000),
    ],
)
def test_what_is_no_logo_is_named_with_its_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "zaplecze.toml"
    file.write_text(
        loader.SHIPPED.read_text().replace('phone = ""', 'phone = ""\nlogo = "logo.png"', 1)
    )
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(CatalogueMistakes, match=r"zaplecze.toml:31 .*logo.png"):
        loader.load(file)
