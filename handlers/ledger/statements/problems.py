"""What can be wrong with a bank statement, each as one sentence."""

from bot.kit.errors import Problem


class NoStatement(Problem):
    sentence = (
        "The file holds no bank statement (MT940, MT942, CAMT.052, CAMT.053, CAMT.054 or a bank's "
        "CSV or XLSX)."
    )


class TableOfInvoices(Problem):
    sentence = (
        "The headings of this table are those of invoices. Import it with: zaplecze invoices "
        "import FILE"
    )


class StatementTooLarge(Problem):
    sentence = (
        "The statement file is too large: {size} MB where at most {limit} MB are read. Export "
        "shorter periods."
    )


class TooManyEntries(Problem):
    sentence = "The statement file holds more than {limit} entries. Export shorter periods."


class LineTooLong(Problem):
    sentence = (
        "Line {line} of the statement file is {length} characters long; that is not a bank "
        "statement."
    )


class EntryUnreadable(Problem):
    sentence = (
        "The statement cannot be read at line {line}: “{text}” is not a field {field} as MT940 has "
        "it."
    )


class EntryIncomplete(Problem):
    sentence = (
        "Entry {entry} of the statement has no readable {missing}; nothing of this file was taken."
    )


class CurrencyUntold(Problem):
    """No amount can be booked without one, and none is guessed."""

    sentence = (
        "The statement tells no currency, and [company.accounts] has none for its account; nothing "
        "of this file was taken. Name the account there, under its currency."
    )


class ColumnsUnknown(Problem):
    sentence = (
        "The columns of this table are not clear: {missing} was not found among the headings. Map "
        "the columns."
    )


class CellUnreadable(Problem):
    sentence = (
        "Line {line} of the table: “{text}” in the column “{column}” cannot be read. Correct the "
        "mapping or file."
    )


class FileUnreadable(Problem):
    sentence = "The file cannot be opened: {reason}."
