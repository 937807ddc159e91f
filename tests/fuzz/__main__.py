"""`python -m tests.fuzz SEED N`: score N random cases from SEED on; it ends with 1 if any disagrees."""

from __future__ import annotations

import sys

from tests.fuzz.run import check


def main(seed: int, n: int) -> int:
    """Run the cases, and print what disagrees."""
    wrong = 0
    for case in range(seed, seed + n):
        lines = check(case)
        wrong += bool(lines)
        for line in lines:
            sys.stdout.write(f"{line}\n")
        if (case - seed) % 100 == 99:
            sys.stdout.write(f"{case - seed + 1} cases: {wrong} disagree\n")
        sys.stdout.flush()
    sys.stdout.write(f"{n} cases from {seed} on: {wrong} disagree\n")
    return min(wrong, 1)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:3])))
