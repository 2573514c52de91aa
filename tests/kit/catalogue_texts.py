"""Texts of catalogues: the smallest one, one that grows, and slips with the sentence that each
deserves.
"""

SMALLEST = """
[calendars.office]
country = "PL"
timezone = "Europe/Warsaw"
hours.weekdays = ["08:00-16:00"]

[departments.it]
name = { en = "IT", pl = "IT", hu = "Informatika" }
channel = "#bo-it"
calendar = "office"
language = "en"

[request_types.help]
label = { en = "Help", pl = "Pomoc", hu = "Segítség" }
department = "it"
"""

NEW = """
[departments.fleet]
name = { en = "Fleet", pl = "Flota", hu = "Gépjárművek" }
channel = "C0FLEET01"
calendar = "garage"
language = "hu"
lead = "zsofia@example.com"
user_group = "S0FLEET01"
assignment = "round_robin"

[[departments.fleet.absences]]
person = "@bela"
first_day = 2026-12-21
last_day = 2026-12-31
substitute = "U0ANNA001"

[calendars.garage]
country = "HU"
timezone = "Europe/Budapest"
hours.weekdays = ["06:00-14:00"]
hours.wednesday = ["12:00-18:00", "06:00-11:30"]
hours.friday = []

[request_types.car]
label = { en = "Company car", pl = "Samochód służbowy", hu = "Céges autó" }
department = "fleet"
resolution = { normal = "1h 30m" }
fields.why = { label = { en = "Why", pl = "Po co", hu = "Miért" }, kind = "text", required = true, max = 200 }
fields.size.label = { en = "Size", pl = "Wielkość", hu = "Méret" }
fields.size.kind = "choice"
fields.size.options.van = { en = "Van", pl = "Furgon", hu = "Furgon" }

[request_types.car.fields.day]
label = { en = "Day", pl = "Dzień", hu = "Nap" }
kind = "date"
min = 2026-01-01

[request_types.car.fields.cost]
label = { en = "Cost", pl = "Koszt", hu = "Költség" }
kind = "amount"
min = 0.01
max = 5000

[request_types.car.fields.driver]
label = { en = "Driver", pl = "Kierowca", hu = "Sofőr" }
kind = "person"

[request_types.car.fields.customer]
label = { en = "Customer", pl = "Klient", hu = "Ügyfél" }
kind = "customer"

[request_types.car.fields.invoice]
label = { en = "Invoice", pl = "Faktura", hu = "Számla" }
kind = "invoice"

[request_types.car.fields.licence]
label = { en = "Licence", pl = "Prawo jazdy", hu = "Jogosítvány" }
kind = "file"

[[request_types.car.approval]]
approvers = ["lead", "lead:it", "agents:accounting", "boss@example.com"]
needs = "majority"
"""

_TEXT = '{ en = "a", pl = "a", hu = "a" }'
_CALENDAR = '[calendars.x]\ncountry = "PL"\ntimezone = "UTC"\n'
_FIELD = f"[request_types.help.fields.a]\nlabel = {_TEXT}\n"
_TEMPLATE = f"[request_types.help.templates.a]\nlabel = {_TEXT}\n"
_APPROVAL = "[[request_types.help.approval]]\n"
_ABSENCE = '[[departments.it.absences]]\nperson = "@a"\nfirst_day = 2026-12-24\n'
_INTAKE = '[intake_channels.a]\nrequest_type = "help"\n'
_POLICY = f'[reminder_policies.a]\nlabel = {_TEXT}\ndirection = "receivable"\n'
_STAGE = f"stages.a = {{ days = 1, label = {_TEXT} }}\n"

SLIPS = [
    (
        "A policy is not switched on here. Take this line out; finance switches it on in Slack",
        _POLICY + 'active = true\naudience = ["account_owner"]\n' + _STAGE,
    ),
    (
        "“POL” is not among the countries",
        _CALENDAR.replace("PL", "POL") + 'hours.monday = ["08:00-09:00"]',
    ),
    (
        "“Warsaw” is not among the time zones",
        _CALENDAR.replace("UTC", "Warsaw") + 'hours.monday = ["08:00-09:00"]',
    ),
    ("hold no time on any weekday", _CALENDAR + "hours.monday = []"),
    ("“8-16” is no stretch of hours", _CALENDAR + 'hours.monday = ["8-16"]'),
    ("“08:00-25:00” is no stretch of hours", _CALENDAR + 'hours.monday = ["08:00-25:00"]'),
    ("ends before it begins", _CALENDAR + 'hours.monday = ["22:00-06:00"]'),
    (
        "08:00-12:00 and 11:59-13:00 overlap",
        _CALENDAR + 'hours.monday = ["11:59-13:00", "08:00-12:00"]',
    ),
    ("must be a table", _CALENDAR + 'hours = "always"'),
    ("must be a list", _CALENDAR + 'hours.monday = "08:00-16:00"'),
    ("“bo” cannot begin ticket numbers", '[tickets]\nprefix = "bo"'),
    ("must be a whole number", '[tickets]\nreopen_days = "7"'),
    ("must be a whole number", "[tickets]\nreopen_days = 7.5"),
    ("-1 is too small; the least is 0", "[tickets]\nreopen_days = -1"),
    ("3651 is too great; the most is 3650", "[tickets]\nreopen_days = 3651"),
    ("too great; the most is 365", "[invoices]\ndue_soon_days = 10000000000000"),
    ("too great; the most is 3650", "[invoices]\npayments_max_age_days = 10000000000000"),
    (
        'is written in quotes: "cégjegyzékszám" = …',
        "[company.registrations]\ncégjegyzékszám = '01-09-123456'",
    ),
    ("@a cannot stand in for themselves", _ABSENCE + 'last_day = 2026-12-24\nsubstitute = "@a"'),
    ("must be text in quotes", "[tickets]\nemoji = 3"),
    ("“:ticket:” is no emoji", '[tickets]\nemoji = ":ticket:"'),
    ("Did you mean “help”?", '[tickets]\ndefault_type = "hepl"'),
    ("“ticket” is no slash command", '[commands]\nticket = "ticket"'),
    ("“/document” is the command of “document” already", '[commands]\nticket = "/document"'),
    ("“PL5261040829” is not a valid tax number of PL", '[company]\ntax_numbers = ["PL5261040829"]'),
    (
        "is not a valid tax number of HU",
        '[company]\ncountry = "HU"\ntax_numbers = ["12892313-2-42"]',
    ),
    ("is neither a valid IBAN nor", '[company.accounts]\nPLN = "PL61109010140000071219812875"'),
    ("“zloty” is no currency", '[company.accounts]\nzloty = "PL61109010140000071219812874"'),
    ("“everybody” is no reader", '[invoices]\nreaders = ["everybody"]'),
    ("“hr” is not among the departments (it)", '[invoices]\nreaders = ["agents:hr"]'),
    ("#bo-it is the triage channel of “it”", _INTAKE + 'channel = "#bo-it"'),
    ("“Bo It” is no channel", _INTAKE + 'channel = "#Bo It"'),
    (
        "#in is an intake channel already, “b”",
        '[intake_channels.b]\nrequest_type = "help"\nchannel = "in"\n'
        + _INTAKE
        + 'channel = "#in"',
    ),
    (
        "cannot make “poem”",
        f'[document_kinds.poem]\nlabel = {_TEXT}\nsource = "made"\ndepartment = "it"',
    ),
    ("“leed” cannot approve", _APPROVAL + 'approvers = ["leed"]'),
    ("Did you mean “it”?", _APPROVAL + 'approvers = ["lead:itt"]'),
    ("At least one is needed", _APPROVAL + "approvers = []"),
    ("“approvers” is missing", _APPROVAL + 'needs = "all"'),
    ("it must be one of any, all, majority", _APPROVAL + 'approvers = ["lead"]\nneeds = "two"'),
    ("must be a date", _ABSENCE + 'last_day = "2026-12-24"'),
    ("must be a date", _ABSENCE + "last_day = 2026-12-24T10:00:00Z"),
    (
        "The last day, 2026-12-20, is before the first, 2026-12-24",
        _ABSENCE + "last_day = 2026-12-20",
    ),
    ("“Anna” is no person", _ABSENCE + 'last_day = 2026-12-24\nsubstitute = "Anna"'),
    ("must be a list", '[request_types.help.keywords]\nen = "help"'),
    ("must be a table", "[request_types.help.fields]\na = 3"),
    ("must be a table", "fields = 3"),
    ("must be one of text, choice", _FIELD + 'kind = "number"'),
    ("takes no options", _FIELD + f"options.b = {_TEXT}"),
    ("needs options", _FIELD + 'kind = "choice"'),
    ("does not fit a field of the kind date", _FIELD + 'kind = "date"\nmin = 3'),
    ("must be a number or a date", _FIELD + 'kind = "date"\nmin = "2026-12-24"'),
    ("The greatest, 3, is below the least, 9", _FIELD + 'kind = "amount"\nmin = 9\nmax = 3'),
    ("is in the heading already", _FIELD + 'key = "b"'),
    ("“A-b” cannot be a key", f"[request_types.help.fields.A-b]\nlabel = {_TEXT}"),
    ("This text is empty", _TEMPLATE + 'text = { en = "a", pl = "a", hu = " " }'),
    ("This is too long; 75 are possible", f"{_INTAKE}channel = 'in'\nopt_out = '{'x' * 76}'"),
    (
        "“name” is not known in a template",
        _TEMPLATE + 'text = { en = "{name}", pl = "a", hu = "a" }',
    ),
    (
        "“number.real” is not known in a template",
        _TEMPLATE + 'text = { en = "{number.real}", pl = "a", hu = "a" }',
    ),
    ("has no partner. Write {{ or }}", _TEMPLATE + 'text = { en = "{", pl = "a", hu = "a" }'),
    ("no department has finance = true", _POLICY + _STAGE + 'audience = ["finance"]'),
    ("At least one is needed", _POLICY + 'audience = ["payer"]\nstages = {}'),
    (
        "fall on the same day",
        _POLICY + _STAGE + _STAGE.replace(".a", ".b") + 'audience = ["payer"]',
    ),
    ("must be a number", _POLICY + _STAGE + 'audience = ["payer"]\nminimum = { PLN = "50" }'),
    ("Did you mean “PLN”?", _POLICY + _STAGE + 'audience = ["payer"]\nminimum = { PLZ = 50 }'),
    (
        "-1 is too small; the least is 0",
        _POLICY + _STAGE + 'audience = ["payer"]\nminimum = { PLN = -1 }',
    ),
    (
        "is too great; the most is 365",
        _POLICY + _STAGE + 'audience = ["payer"]\nmin_gap_days = 1000000000000',
    ),
    ("“22:00” is no stretch", _POLICY + _STAGE + 'audience = ["payer"]\nhours = "22:00"'),
    ("“colour” is not known here. Known are admins", "[colour]\nred = 1"),
    (
        "“calendar” is not known here. Did you mean “calendars”?",
        "[calendar.office]\ncountry = 'PL'",
    ),
]
