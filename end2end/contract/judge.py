#!/usr/bin/env python3
"""Compares the results of check_ops.py with the list of checks that must be ok.

usage: judge.py RESULTS.json EXPECTED-OK.txt     UPDATE=1 writes the list anew
"""

import json
import os
import sys

results, expected_file = sys.argv[1:]
with open(results, encoding="utf-8") as file:
    checks = {f"{check['section']}: {check['op']}": check for check in json.load(file)["results"]}
ok = [name for name, check in checks.items() if check["status"] == "ok"]

if os.environ.get("UPDATE"):
    with open(expected_file, "w", encoding="utf-8") as file:
        file.write("# The checks of check_ops.py that the demo cloud passes. `UPDATE=1 end2end/contract/run` writes this file.\n")
        file.writelines(f"{name}\n" for name in ok)

with open(expected_file, encoding="utf-8") as file:
    expected = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]

failed = [name for name in expected if name not in ok]
for name in failed:
    check = checks.get(name, {"status": "missing", "note": "check_ops.py has no such check"})
    print(f"{check['status']:5} {name}: {check['note']}")
news = [name for name in ok if name not in expected]
for name in news:
    print(f"new   {name}: ok, and not yet in {os.path.basename(expected_file)}")
print(f"{len(expected) - len(failed)} of {len(expected)} expected checks are ok; {len(ok)} of {len(checks)} in all")
# A check that has become ok is held from then on, so that it cannot be lost unseen.
sys.exit(1 if failed or news else 0)
