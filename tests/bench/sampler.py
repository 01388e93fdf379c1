"""Runs a module under a sampler of processor time: `python -m tests.bench.sampler FILE MODULE …`.

SIGPROF comes at every few milliseconds of processor time; the main thread's stack of that moment is charged
with what the main thread has used since the last one. From the first SIGUSR1 to the next, so that starting up
does not count. At the end FILE holds a line for each stack, outermost frame first, and its seconds. Other
threads are only summed up, by name: the interpreter's lock keeps them from being seen at work.
"""

import os
import runpy
import signal
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from types import FrameType

EVERY = 0.002  # seconds of processor time

THREAD = "thread "
"""What stands before the name of a thread in place of a stack."""

Stack = tuple[str, ...]


class Sampler:
    """Adds up seconds by stack."""

    def __init__(self) -> None:
        self._spent: defaultdict[Stack, float] = defaultdict(float)
        self._others: dict[str, float] = {}
        self._last = 0.0
        self._running = False

    def toggle(self, _number: int, _frame: FrameType | None) -> None:
        self._running = not self._running
        interval = EVERY if self._running else 0
        signal.setitimer(signal.ITIMER_PROF, interval, interval)
        self._last = time.thread_time()
        for name, seconds in _other_threads().items():
            self._others[name] = seconds - self._others.get(name, 0.0)

    def sample(self, _number: int, frame: FrameType | None) -> None:
        now = time.thread_time()
        self._spent[_stack(frame)] += now - self._last
        self._last = now

    def write(self, file: Path) -> None:
        stacks = {";".join(stack): seconds for stack, seconds in self._spent.items()}
        stacks |= {f"{THREAD}{name}": seconds for name, seconds in self._others.items()}
        lines = (f"{stack} {seconds:.6f}\n" for stack, seconds in stacks.items())
        file.write_text("".join(lines), encoding="utf-8")


def _other_threads() -> dict[str, float]:
    """Processor time of every thread but the main one."""
    main = threading.main_thread()
    return {
        thread.name: time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
        for thread in threading.enumerate()
        if thread is not main and thread.ident is not None
    }


def _stack(frame: FrameType | None) -> Stack:
    names: list[str] = []
    while frame is not None:
        names.append(f"{_short(frame.f_code.co_filename)}:{frame.f_code.co_name}")
        frame = frame.f_back
    return tuple(reversed(names))


def _short(path: str) -> str:
    """The path from the project, the package or the standard library on."""
    for root in (
        f"site-packages{os.sep}",
        f"python3.{sys.version_info.minor}{os.sep}",
        f"{Path.cwd()}{os.sep}",
    ):
        _, found, rest = path.rpartition(root)
        if found:
            return rest
    return path


def main() -> None:
    file, module = Path(sys.argv[1]), sys.argv[2]
    sampler = Sampler()
    signal.signal(signal.SIGUSR1, sampler.toggle)
    signal.signal(signal.SIGPROF, sampler.sample)
    sys.argv = sys.argv[2:]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        sampler.write(file)


if __name__ == "__main__":
    main()
