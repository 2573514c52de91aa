"""What the product is made of: ``sbom.cdx.json`` for those who audit it, ``NOTICE`` with the licence
of each part. Run by ``make sbom``.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
NOTICE = ROOT / "NOTICE"
BILL = ROOT / "sbom.cdx.json"
_PINNED = re.compile(r"^([a-z0-9.-]+)==", re.MULTILINE)
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 80  # characters; some write the whole licence where its name belongs
_HEAD = """Zaplecze
{licence}

What is installed with it, each under its own licence:

"""


def shipped() -> list[str]:
    """The packages that are installed with the product here, by their names in the lock: some are
    for other systems alone.
    """
    locked = set(_PINNED.findall((ROOT / "requirements.lock").read_text()))
    installed = {canonicalize_name(each.name) for each in metadata.distributions()}
    return sorted(locked & installed)


def bill(names: Iterable[str]) -> Mapping[str, Any]:
    """All that stands in this environment, as CycloneDX, without what only builds and tests."""
    tool = Path(sys.executable).with_name("cyclonedx-py")
    wanted = (str(tool), "environment", sys.executable, "--pyproject", str(ROOT / "pyproject.toml"))
    form = ("--short-PURLs", "--output-reproducible", "--of", "JSON", "-o", "-")
    written = subprocess.run([*wanted, *form], capture_output=True, check=True)
    whole: dict[str, Any] = json.loads(written.stdout)
    kept = set(names)
    whole["components"] = [
        each for each in whole["components"] if canonicalize_name(each["name"]) in kept
    ]
    refs = {each["bom-ref"] for each in whole["components"]}
    refs.add(whole["metadata"]["component"]["bom-ref"])
    whole["dependencies"] = [
        {**each, "dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in refs]}
        for each in whole["dependencies"]
        if each["ref"] in refs
    ]
    return whole


def notice(names: Iterable[str]) -> str:
    """The packages and the licences that they name."""
    licence = (ROOT / "LICENSE").read_text().splitlines()[0].strip()
    lines = [f"{name}: {_licence(name)}" for name in names]
    return _HEAD.format(licence=licence) + "\n".join(lines) + "\n"


def _licence(name: str) -> str:
    facts = metadata.metadata(name)
    stated = _first(facts, "License-Expression") or _first(facts, "License")
    if 0 < len(stated) <= _LONGEST and "\n" not in stated and stated.upper() != "UNKNOWN":
        return stated
    classified = [
        each for each in facts.get_all("Classifier") or () if each.startswith(_CLASSIFIER)
    ]
    return ", ".join(each.removeprefix(_CLASSIFIER) for each in classified) or "not stated"


def _first(facts: metadata.PackageMetadata, heading: str) -> str:
    return next(iter(facts.get_all(heading) or ()), "")


if __name__ == "__main__":
    packages = shipped()
    BILL.write_text(json.dumps(bill(packages), indent=2, sort_keys=True) + "\n")
    NOTICE.write_text(notice(packages))
    sys.stdout.write(f"Wrote {BILL.name} and {NOTICE.name}: {len(packages)} packages.\n")
