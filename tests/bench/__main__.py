"""``python -m tests.bench [name…]``: every bench, or the named ones (``ingress`` is
``bench_ingress.py``).
"""

import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(asked: list[str]) -> int:
    known = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    unknown = [name for name in asked if name not in known]
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(unknown)}; there are {', '.join(known)}.\n")
        return 1
    for name in asked or known:
        sys.argv[1:] = []  # a bench run by itself takes its size from there
        module = importlib.import_module(f"tests.bench.bench_{name}")
        sys.stdout.write(f"\n## {name}: {module.__doc__}\n\n")
        sys.stdout.flush()
        module.main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
