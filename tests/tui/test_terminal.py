"""The terminal is asked once, and text is written as it wants it."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from archiver.tui import emoji, terminal, terminal_probe
from archiver.tui.terminal import Terminal
from archiver.tui.terminal_widths import use_widths
from tests.tui.pseudo_terminal import PseudoTerminal

HINDI = "दादी की खीर की विधि"
XTERM = dict(zip(terminal_probe.SAMPLES, (2, 1, 6, 4, 1, 2, 2, 2, 2), strict=True))


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = terminal.current()
    yield
    terminal.use(before)
    use_widths(vowel_signs=0)


def test_an_answer_gives_widths_and_name() -> None:
    """Cursor columns count from one; the name comes in a string of its own."""
    columns = "".join(f"\x1b[5;{width + 1}R" for width in XTERM.values())
    assert terminal_probe.understand(f"\x1bP>|XTerm(379)\x1b\\{columns}".encode()) == (XTERM, "XTerm(379)", None, "")


@pytest.mark.parametrize("answer", [b"", b"\x1b[1;3R", b"garbage\x1bP>|\xff\xff", b"\x1b[1;3R" * 50])
def test_half_an_answer_is_no_answer(answer: bytes) -> None:
    """A terminal that answers something else is treated as unknown."""
    assert terminal_probe.understand(answer)[0] == {}


@pytest.mark.parametrize(
    ("colour", "is_light"),
    [("ffff/ffff/ffff", True), ("00/00/00", False), ("fdfd/f6f6/e3e3", True), ("0000/2b2b/3636", False), ("x", None)],
)
def test_the_background_is_known_from_its_answer(colour: str, is_light: bool | None) -> None:
    """However many digits it writes."""
    assert terminal_probe.understand(f"\x1b]11;rgb:{colour}\x1b\\".encode()).is_light is is_light


def test_nothing_is_asked_without_a_terminal() -> None:
    """Under a test, in a pipe, or when the person said so."""
    assert terminal_probe.probe({}) == ({}, "", None, "")
    assert terminal_probe.probe({"ARCHIVER_PROBE": "0"}) == ({}, "", None, "")


def test_hindi_is_measured_as_the_terminal_draws_it() -> None:
    """Rich alone is seven cells short in this line."""
    assert cell_len(HINDI) == 12
    terminal.use(Terminal("XTerm(379)", XTERM))
    assert cell_len(HINDI) == 19
    use_widths(vowel_signs=0)
    assert cell_len(HINDI) == 12


def test_other_text_is_measured_as_before() -> None:
    """Letters, Han, marks above, wide emoji."""
    samples = ("naïve", "東京", "e\u0301", "👍", "한국")
    before = [cell_len(text) for text in samples]
    terminal.use(Terminal("XTerm(379)", XTERM))
    assert [cell_len(text) for text in samples] == before


def test_emoji_newer_than_the_terminal_are_narrow() -> None:
    """What it does not know it draws in one cell."""
    terminal.use(Terminal("old", {**XTERM, "16.0.0": 1, "15.0.0": 1}))
    assert cell_len("🪿") == 1
    assert cell_len("🫠") == 2


@pytest.mark.parametrize(
    ("combined", "simple"),
    [("👩‍👩‍👧", "👩"), ("👍🏽", "👍"), ("❤️", "❤"), ("1️⃣", "1"), ("🏳️‍🌈", "🏳"), ("क्‍ष نمی‌خواهم", "क्‍ष نمی‌خواهم")],
)
def test_emoji_become_plain_where_the_terminal_draws_pieces(combined: str, simple: str) -> None:
    """Only emoji: joiners of Hindi and Persian stay."""
    assert emoji.plain(combined) == simple
    assert terminal.shown(combined) == combined
    terminal.use(Terminal("XTerm(379)", XTERM))
    assert terminal.shown(combined) == simple


@pytest.mark.parametrize(
    ("name", "environment", "mode"),
    [
        ("XTerm(379)", {"TERM": "xterm"}, "app"),
        ("", {"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "vte"),
        ("", {"TERM": "xterm-256color", "VTE_VERSION": "5402"}, "app"),
        ("VTE(7006)", {"TERM": "xterm-256color"}, "vte"),
        ("tmux 3.3a", {"TERM": "tmux-256color", "VTE_VERSION": "7006"}, "guarded"),
        ("tmux 3.3a", {"TERM": "screen", "XTERM_VERSION": "XTerm(379)"}, "app"),
        ("", {"TERM": "xterm-256color", "KONSOLE_VERSION": "221201"}, "konsole"),
        ("tmux 3.3a", {"TERM": "screen", "KONSOLE_VERSION": "221201"}, "guarded"),
        ("", {"TERM": "xterm-kitty"}, "words"),
        ("", {"TERM": "xterm-256color", "WT_SESSION": "1"}, "app"),
        ("", {"TERM_PROGRAM": "Apple_Terminal"}, "terminal"),
        ("", {"TERM": "xterm-256color"}, "guarded"),
    ],
)
def test_the_terminal_decides_who_orders_arabic(name: str, environment: dict[str, str], mode: str) -> None:
    """By its own name first, by the environment where it has none."""
    assert terminal.bidi_mode_of(name, environment) == mode


def test_each_mode_writes_its_own_order() -> None:
    """One word of Arabic among Latin ones."""
    written = {}
    for mode in terminal.BIDI_MODES:
        terminal.choose_bidi(mode)
        written[mode] = terminal.arranged("ab سلا cd").text
    assert written == {
        "app": "ab \ufefc\ufeb3 cd",
        "vte": "ab \ufefc\ufeb3 cd",
        "terminal": "ab سلا cd",
        "konsole": "ab \u200eسلا\u200e cd",
        "words": "ab سلا cd",
        "guarded": "ab \u200eسلا\u200e cd",
    }


def test_latin_text_is_not_touched() -> None:
    """Nearly every line takes this short way."""
    assert terminal.arranged("plain — “text”") == ("plain — “text”", tuple(range(14)))


def test_the_setting_wins(capsys: pytest.CaptureFixture[str]) -> None:
    """And without a terminal nothing is written to it."""
    with terminal.prepared("words", {}) as prepared:
        assert prepared.bidi == "words"
    assert capsys.readouterr() == ("", "")


PROGRAM = """
from archiver.tui import terminal
with terminal.prepared() as found:
    print("FOUND", found.name, found.bidi, sorted(found.widths.values()), "END")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_that_answers_is_understood() -> None:
    """Asked once, in one write; the answer never shows up as keys pressed."""
    columns = "".join(f"\x1b[1;{width + 1}R" for width in XTERM.values())
    with PseudoTerminal(["-c", PROGRAM]) as pseudo:
        pseudo.read_until(b"\x1b[?25h")
        pseudo.write(f"\x1bP>|VTE(7006)\x1b\\{columns}".encode())
        pseudo.read_until(b"END")
        pseudo.read_until(b"\x1b[8h", 5)
    assert b"FOUND VTE(7006) vte [1, 1, 2, 2, 2, 2, 2, 4, 6] END" in pseudo.output
    assert pseudo.output.index(b"\x1b[8l") < pseudo.output.index(b"FOUND") < pseudo.output.index(b"\x1b[8h")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "term"), [("\x1bP>|XTerm(390)\x1b\\", b"xterm-256color"), ("", b"xterm")])
def test_a_terminal_that_is_called_xterm_has_more_than_sixteen_colours(answer: str, term: bytes) -> None:
    """If it is as young as one that tells its name."""
    columns = "".join(f"\x1b[1;{width + 1}R" for width in XTERM.values())
    program = "import os\n" + PROGRAM + "print('TERM IS', os.environ['TERM'], 'END')"
    with PseudoTerminal(["-c", program], {"TERM": "xterm"}) as pseudo:
        pseudo.read_until(b"\x1b[?25h")
        pseudo.write(f"{answer}{columns}".encode())
        pseudo.read_until(b"TERM IS")
        pseudo.read_until(b"END")
    assert b"TERM IS " + term + b" END" in pseudo.output


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        (b"nut\x1bP>|VTE(7006)\x1b\\\x1b[1;3Rm\x1b[1;2R\x1b]11;rgb:00/00/00\x07eg\x1b[A\x1bOP\r", "nutmeg"),
        ("Müsli\x1b[1;3R 粥".encode(), "Müsli 粥"),
        (b"\x1b[1;3R", ""),
        (b"nutmeg\x1b[1;", ""),
    ],
)
def test_what_is_typed_meanwhile_is_told_from_the_answer(answer: bytes, typed: str) -> None:
    """Letters are kept, other keys are not, and half an answer is never taken for letters."""
    assert terminal_probe.understand(answer).typed == typed


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_that_does_not_answer_is_no_trouble() -> None:
    """Nothing is known of it, and Arabic is kept from moving other things."""
    with PseudoTerminal(["-c", PROGRAM], {"TERM": "unknown"}) as pseudo:
        pseudo.read_until(b"END")
    assert b"FOUND  guarded [] END" in pseudo.output


@pytest.mark.skipif(not hasattr(signal, "SIGCONT"), reason="this system puts no programs to sleep")
def test_nothing_begins_anew_in_a_terminal_that_was_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program would read keys from nothing and never end; one that was asleep wakes up as before."""
    woken: list[int] = []
    before = signal.signal(signal.SIGCONT, lambda number, _frame: woken.append(number))
    try:
        terminal.carry_on_only_in_a_terminal()
        ours, theirs = os.openpty()
        with open(ours, "rb", buffering=0), open(theirs) as slave, open(os.devnull) as nothing:
            monkeypatch.setattr(sys, "__stdin__", nothing)
            signal.raise_signal(signal.SIGCONT)
            assert woken == []
            monkeypatch.setattr(sys, "__stdin__", slave)
            signal.raise_signal(signal.SIGCONT)
            assert woken == [signal.SIGCONT]
    finally:
        signal.signal(signal.SIGCONT, before)
