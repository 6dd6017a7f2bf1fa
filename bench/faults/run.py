"""Do harm to databases of mcplan and look what is left: python bench/faults/run.py [FAULT ...]

Exit code 1 if an acknowledged save was lost, torn or doubled, a damaged file was taken for a
sound one, or people were told of an error that should have passed unseen. All of it runs on
databases of its own, on loopback and in temporary folders.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.faults import on_both, on_files, on_servers

FAULTS = {
    "kill": (on_files.kill, on_servers.crash),
    "power": (on_files.power,),
    "disk": (on_files.disk,),
    "corrupt": (on_files.corrupt,),
    "backup": (on_both.backup,),
    "restart": (on_servers.restart,),
    "line": (on_servers.line,),
    "replicas": (on_both.replicas,),
    "counters": (on_both.counters,),
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faults", nargs="*", metavar="FAULT", help=f"all, or some of: {' '.join(FAULTS)}")
    chosen = options.parse_args().faults or list(FAULTS)
    if unknown := set(chosen) - set(FAULTS):
        options.error(f"no such fault: {', '.join(sorted(unknown))}")
    harm = 0
    for name in chosen:
        started = time.monotonic()
        for fault in FAULTS[name]:
            harm += sum(_tell(name, fault))
        print(f"{name}: {time.monotonic() - started:.0f} s at load {os.getloadavg()[0]:.1f}", flush=True)
    return 1 if harm else 0


def _tell(name: str, fault):
    try:
        for finding in fault():
            print(f"{'ok ' if finding.is_good else 'BAD'} {name:8s} {finding.what}: {finding.says}", flush=True)
            yield not finding.is_good
    except FileNotFoundError as missing:
        print(f"--  {name:8s} skipped: {missing}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
