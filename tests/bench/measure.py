"""CPU seconds and peak memory of whole process trees, and the table that they end in."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass


@dataclass
class Run:
    """user + system CPU seconds of the tree, wall seconds, peak MB of its largest process, and the CPU seconds that
    other work took meanwhile: ratios of runs with much foreign work mean little."""

    name: str
    cpu: float
    wall: float
    peak: float
    foreign: float


def busy_seconds():
    with open("/proc/stat", encoding="ascii") as stat:
        fields = [int(word) for word in stat.readline().split()[1:]]
    user, nice, system, _, _, irq, soft, steal = fields[:8]
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    pass


def measure(name, command, env=None, folder=None):
    """Runs one command to its end; its children are counted as they are waited for."""
    before = busy_seconds()
    begin = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env={**os.environ, **(env or {})}, cwd=folder)
    said = []
    reader = threading.Thread(target=lambda: said.append(process.stderr.read()))
    reader.start()
    _, status, usage = os.wait4(process.pid, 0)
    reader.join()
    wall = time.monotonic() - begin
    if status != 0:
        text = said[0].decode("utf-8", "replace").strip()
        raise Failed(f"{name}: {text[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    run = Run(name, cpu, wall, usage.ru_maxrss / 1024, max(0.0, busy_seconds() - before - cpu))
    print(f"  {name:<44} {run.cpu:8.2f} CPU-s {run.wall:8.2f} s {run.peak:6.0f} MB   foreign {run.foreign:.1f}",
          file=sys.stderr, flush=True)
    return run


def best(name, command, rounds, **kind):
    """The cheapest of several runs: noise only ever adds."""
    return min((measure(name, command, **kind) for _ in range(rounds)), key=lambda run: run.cpu)


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, value, target="", note=""):
        self.rows.append((what, value, target, note))
        print(f"{what}: {value} {target} {note}".rstrip(), flush=True)

    def skip(self, what, why):
        self.add(what, "skipped", "", why)

    def markdown(self):
        lines = ["| measure | result | target | note |", "|---|---|---|---|"]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in self.rows]) + "\n"
