"""A program in a pseudo-terminal, and what it writes there when."""

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
        """Presses a key and waits until the screen is still.

        Returns seconds to the last byte of the first frame (what follows at once, with no pause of `gap`
        in it), seconds to the last byte of all (pictures come later), and the bytes of all; seconds are
        None when nothing changed.
        """
        pressed = time.perf_counter()
        os.write(self.descriptor, key)
        frame = last = None
        count = 0
        while True:
            chunk = self._read(gap if last and not frame else quiet)
            if chunk:
                last = time.perf_counter() - pressed
                count += len(chunk)
            elif last and not frame:
                frame = last
            else:
                return frame, last, count

    def close(self):
        """Asks the program to end, and waits for it."""
        try:
            os.kill(self.process, signal.SIGTERM)
        except ProcessLookupError:
            pass
        self.settle(0.3)
        os.close(self.descriptor)
        os.waitpid(self.process, 0)
