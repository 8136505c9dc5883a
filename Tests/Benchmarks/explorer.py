"""The explorer in a pseudo-terminal."""

import os

from pseudo_terminal import PseudoTerminal

LARGE, SMALL = (200, 50), (80, 24)
# The footer is the last line painted, and says this on every screen wide enough.
LAST_WORDS = b"quit"
KEYS = {
    "Enter": b"\r", "Esc": b"\x1b", "Tab": b"\t", "S-Tab": b"\x1b[Z", "Home": b"\x1b[1~", "End": b"\x1b[4~",
    "PgDn": b"\x1b[6~", "PgUp": b"\x1b[5~",
}  # fmt: skip


class Explorer(PseudoTerminal):
    """convscope on a terminal of so many columns and rows that has 256 or all colours."""

    def __init__(self, convscope, arguments, size, colors, work):
        unwanted = ("TMUX", "NO_COLOR", "COLORTERM")
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(work / "explored")}
        # A note of where the model is would let images run beside what is measured.
        environment["XDG_STATE_HOME"] = str(work / "visits")
        if colors != "256":
            environment["COLORTERM"] = "truecolor"
        super().__init__([convscope, *arguments], *size, environment)
        self.first_frame = self.wait_for(LAST_WORDS)

    def play(self, keys, quiet=0.1):
        """What each key of a script costs."""
        return [self.press(KEYS.get(key, key.encode()), quiet=quiet) for key in keys.split()]

    def command(self, text):
        """Types a line of the palette; what its end costs."""
        for letter in text:
            self.press(letter.encode(), quiet=0.05)
        return self.press(b"\r", quiet=1)
