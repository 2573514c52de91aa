"""``python -m tests.chaos --kills 1000 --seed 7``: kill bots at random moments and look whether all
is right.
"""

import argparse
import sys

from tests.chaos.run import run


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="on each database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="both, unless told")
    asked = parser.parse_args()
    reports = []
    for database in [asked.database] if asked.database else ["sqlite", "postgresql"]:
        reports.append(run(database, asked.kills, asked.seed))
        sys.stdout.write(f"{reports[-1]}\n")
        sys.stdout.flush()
    return 1 if any(report.wrongs for report in reports) else 0


if __name__ == "__main__":
    raise SystemExit(main())
