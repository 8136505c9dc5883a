"""A program in a pseudo-terminal, and what it writes there when."""

import dataclasses
import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import sys
import termios
import time


@dataclasses.dataclass
class Cost:
    """What a key costs."""

    # Seconds to the last byte of the first frame (what follows at once, with no pause in it), and to the last byte
    # of all, for pictures come later; None when nothing changed.
    frame: float | None = None
    last: float | None = None
    # Bytes of the first frame, and of all.
    frame_bytes: int = 0
    bytes: int = 0


class PseudoTerminal:
    """Starts a command on a terminal of its own and reads along as a fast terminal would."""

    def __init__(self, command, columns, rows, environment):
        self.started = time.perf_counter()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(str(command[0]), [str(part) for part in command], environment)

    def _read(self, seconds):
        """What arrives within so many seconds; nothing when none does or the program has ended."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.descriptor, 1 << 16)
        except OSError:
            return b""

    def wait_for(self, text, seconds=60):
        """Seconds from the start until `text` was shown."""
        shown = b""
        while time.perf_counter() - self.started < seconds:
            shown += self._read(0.05)
            if text in shown:
                return time.perf_counter() - self.started
        sys.exit(f"bench: {text!r} did not show within {seconds} s; the last there was: {shown[-300:]!r}")

    def processor_time(self):
        """Seconds of processor time that the program has used so far."""
        fields = pathlib.Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settle(self, quiet=0.15):
        """Reads on until nothing has come for a while."""
        while self._read(quiet):
            pass

    def press(self, key, gap=0.01, quiet=0.1):
        """Presses a key and waits until the screen is still, for `quiet` seconds; what that cost."""
        pressed = time.perf_counter()
        os.write(self.descriptor, key)
        cost = Cost()
        while True:
            chunk = self._read(gap if cost.last and not cost.frame else quiet)
            if chunk:
                cost.last = time.perf_counter() - pressed
                cost.bytes += len(chunk)
            elif cost.last and not cost.frame:
                cost.frame, cost.frame_bytes = cost.last, cost.bytes
            else:
                return cost

    def hold(self, key, count, distance=1 / 30):
        """Presses a key time and again without a look at the screen; the bytes that came until the last one."""
        count_bytes = 0
        due = time.perf_counter()
        for _ in range(count):
            os.write(self.descriptor, key)
            due += distance
            while (rest := due - time.perf_counter()) > 0:
                count_bytes += len(self._read(rest))
        return count_bytes

    def close(self):
        """Asks the program to end, and waits for it."""
        try:
            os.kill(self.process, signal.SIGTERM)
        except ProcessLookupError:
            pass
        self.settle(0.3)
        os.close(self.descriptor)
        os.waitpid(self.process, 0)
