"""Runs a command that must not outlive the process that started it. Executed as a script: `guard.py PARENT_PID COMMAND...`.

On Linux the kernel is asked to end this process with its parent (prctl(2), PR_SET_PDEATHSIG survives execve(2)) and the command takes
its place. Elsewhere the script stays, waits for the end of its standard input, which closes with the parent, and ends the command.
Standard library only; starts without site-packages.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> int:
    """Become the command, or watch over it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            return 1
        os.execvp(command[0], command)  # noqa: S606  (the command is ours; no shell is wanted)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603

    def end(*_: object) -> None:
        child.terminate()

    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), end()), daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
