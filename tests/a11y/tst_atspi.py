#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader gets of the window, over AT-SPI: a bus and a display of the test's own, with the laboratory.

Usage: tst_atspi.py HALFOPEN usual|large|chinese. Exits with 77, and says why, where something that it needs is not there.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
STARTED = []
# Roles that are pressed.
TARGETS = ("push button", "check box", "toggle button", "radio button")
LEAST_TARGET = 24  # WCAG 2.2, 2.5.8
SCREEN = (2560, 1440)
CATALOGUE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../resources/translations/halfopen_zh_CN.ts")
# Of the laboratory, of the kernel, of this machine: what is called so in Chinese, too.
NAMES = ("nginx sshd worker modbus curl firefox psql backup mysql ftp root init sh https http http-alt ssh rsync redis "
         "postgresql nobody Halfopen ESTABLISHED KiB MiB FortiGate Cisco FTD Juniper SRX kube-proxy "
         "Ctrl Alt Shift Del Esc Return PgUp PgDown Home End American English").split()
LEFT_OUT = r"net\.ipv4\.[a-z_0-9]+|machine/\.host|\[[0-9a-f:]+\]|\bF[0-9]+\b|https?://\S+"  # settings, a host of systemd's, addresses, keys
CJK = "[\u4e00-\u9fff]"


def skip(why):
    print("skipped:", why)
    sys.exit(SKIPPED)


def start(words, **more):
    process = subprocess.Popen(words, **more)
    STARTED.append(process)
    return process


def wait_for(what, condition, seconds=30):
    """Polls; @return what the condition returned."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain for " + what)


def begin_bus(folder):
    # The launcher of the accessibility bus puts its socket there, by one name for all that have no display yet.
    os.environ["XDG_RUNTIME_DIR"] = folder
    address = "unix:path=" + os.path.join(folder, "bus")
    start(["dbus-daemon", "--session", "--nofork", "--address=" + address])
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
    wait_for("the bus", lambda: os.path.exists(os.path.join(folder, "bus")))


def begin_display():
    reading, writing = os.pipe()
    start(["Xvfb", "-displayfd", str(writing), "-screen", "0", "%dx%dx24" % SCREEN, "-nolisten", "tcp"],
          pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    os.environ["DISPLAY"] = ":" + os.read(reading, 16).decode().strip()


def begin_window(program, folder, words, more):
    environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb", XDG_CONFIG_HOME=folder,
                       XDG_STATE_HOME=folder, LC_ALL="C.UTF-8", **more)
    window = start([program, "--lab", *words], env=environment)
    time.sleep(1)
    if window.poll() in (3, 4):
        skip("the laboratory cannot be opened here")
    return window


def walk(node):
    """All of it; of a table only itself, for it has a child for each cell."""
    yield node
    if node.getRoleName() == "table":
        return
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child:
            yield from walk(child)


def latin_words(text):
    """Runs of Latin letters and digits; what is joined by - or _ is one."""
    return [word for word in re.findall(r"[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]", text) if len(word) > 1]


def words_of_the_catalogue():
    """What is Latin in Chinese as well: the terms that stand in the translations."""
    with open(CATALOGUE, encoding="utf-8") as file:
        translations = re.findall(r"<(?:translation|numerusform)[^>]*>([^<]*)<", file.read())
    return {word for text in translations for word in latin_words(text)}


class Checks:
    """Each method is a line of the checklist."""

    def __init__(self, pyatspi, table="Connections"):
        self.pyatspi = pyatspi
        self.table_name = table
        self.app = wait_for("the window", self.find_app)
        self.table = wait_for("the table", self.find_table)
        wait_for("rows", lambda: self.table.queryTable().nRows > 20)

    def find_app(self):
        desktop = self.pyatspi.Registry.getDesktop(0)
        return next((one for one in desktop if one and "halfopen" in (one.name or "").lower()), None)

    def find_table(self):
        return next((one for one in walk(self.app) if one.getRoleName() == "table" and one.name == self.table_name), None)

    def shows(self, node):
        return node.getState().contains(self.pyatspi.STATE_SHOWING)

    def names(self):
        return [node.name or "" for node in walk(self.app)]

    def facts_can_be_read(self):
        subprocess.run(["xdotool", "key", "Home", "Down"], check=True)
        wait_for("a value of the details", lambda: any("fires in" in name for name in self.names()), 20)
        assert any("connections," in name for name in self.names()), "the status line cannot be read"

    def a_cell_lives_as_long_as_its_row(self):
        cell = self.table.queryTable().getAccessibleAt(0, 0)
        end = time.monotonic() + 6
        while time.monotonic() < end:
            assert cell.getState() and cell.name is not None
            time.sleep(0.1)

    def each_step_down_is_spoken(self):
        spoken = []

        def on_focus(event):
            if event.detail1 and event.source.getRoleName() == "table cell":
                spoken.append(event.source.name)

        self.pyatspi.Registry.registerEventListener(on_focus, "object:state-changed:focused")
        for _ in range(10):
            before = len(spoken)
            subprocess.run(["xdotool", "key", "Down"], check=True)
            wait_for("what Down speaks", lambda: self.pump() or len(spoken) > before, 5)
        self.pyatspi.Registry.deregisterEventListener(on_focus, "object:state-changed:focused")
        assert all(" to " in name or "listen" in name for name in spoken), spoken

    def told_within(self, seconds, event, action=None):
        """Sources and names of the events of that kind."""
        told = []

        def take(one):
            told.append((one.source, one.source.name, one.source.getRoleName(), one.detail1))

        self.pyatspi.Registry.registerEventListener(take, event)
        if action:
            subprocess.run(["xdotool", "key", action], check=True)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()
            time.sleep(0.02)
        self.pyatspi.Registry.deregisterEventListener(take, event)
        return told

    def news_are_told(self):
        """4.1.3: what comes by itself shows up as an alert; that time goes by is none."""
        def alerts(told):
            return [name for _, name, role, shown in told if role == "alert" and shown]
        event = "object:state-changed:showing"
        subprocess.run(["xdotool", "key", "alt+2"], check=True)
        assert not alerts(self.told_within(5, event)), "time goes by"
        paused = alerts(self.told_within(2, event, "space"))
        assert len(paused) == 1 and "Paused" in paused[0], paused
        subprocess.run(["xdotool", "key", "space"], check=True)

    def names_change_once_a_second(self):
        """In the last ten seconds of something ten numbers a second are painted, and one is told."""
        subprocess.run(["xdotool", "key", "alt+2", "ctrl+Home"], check=True)
        time.sleep(1)  # the details are laid out
        seconds = 6
        counts = {}
        for source, name, role, _ in self.told_within(seconds, "object:property-change:accessible-name"):
            key = (role, source.path if hasattr(source, "path") else str(source))
            counts.setdefault(key, []).append(name)
        often = {key: names for key, names in counts.items() if len(names) > seconds + 2}
        assert counts, "nothing runs"
        assert not often, often

    def other_columns_are_not_there(self):
        subprocess.run(["xdotool", "key", "alt+2", "ctrl+Home"], check=True)  # its first row is seen
        time.sleep(0.5)
        table = self.table.queryTable()
        shown = sum(1 for column in range(table.nColumns)
                    if self.shows(table.getAccessibleAt(0, column)) and table.getAccessibleAt(0, column).name is not None)
        assert 3 < shown < table.nColumns, (shown, table.nColumns)
        wrong = []
        for column in range(table.nColumns):
            cell = table.getAccessibleAt(0, column)
            width = cell.queryComponent().getExtents(self.pyatspi.WINDOW_COORDS).width
            if self.shows(cell) != (width > 0):
                wrong.append((column, width))
        assert not wrong, wrong

    def frame(self):
        return next(node for node in self.app if node and node.getRoleName() in ("frame", "window"))

    def everything_is_on_the_screen(self):
        """1.4.4, 1.4.10: at 200 %, on every page."""
        frame = self.frame()
        for page in range(1, 5):
            subprocess.run(["xdotool", "key", "alt+%d" % page], check=True)
            time.sleep(0.5)  # it is drawn
            around = frame.queryComponent().getExtents(self.pyatspi.DESKTOP_COORDS)
            assert around.x >= 0 and around.x + around.width <= SCREEN[0], (page, around.x, around.width)
            assert around.y >= 0 and around.y + around.height <= SCREEN[1], (page, around.y, around.height)
            outside = []
            for node in walk(frame):
                if node.getRoleName() not in TARGETS or not self.shows(node):
                    continue
                place = node.queryComponent().getExtents(self.pyatspi.DESKTOP_COORDS)
                if place.x < around.x or place.x + place.width > around.x + around.width:
                    outside.append((page, node.name, place.x, place.width))
            assert not outside, outside

    def texts(self):
        """Of all windows that are open: names and descriptions, with what says them."""
        for node in walk(self.app):
            for text in (node.name, node.description):
                if text and node.getRoleName() != "application":  # which is described by its path
                    yield text, node.getRoleName()
        table = self.table.queryTable()
        for row in range(min(table.nRows, 12)):
            for column in range(table.nColumns):
                cell = table.getAccessibleAt(row, column)
                if cell and cell.name:
                    yield cell.name, "cell"

    def everything_is_chinese(self):
        allowed = words_of_the_catalogue() | set(NAMES)
        english, badly_set = set(), set()
        keys = [None, "alt+1", "alt+3", "alt+4", "F1", "Escape", "ctrl+question", "Escape", "ctrl+comma", "Escape",
                "ctrl+l", "Escape", "alt+2", "Down", "ctrl+k"]
        for key in keys:
            if key:
                subprocess.run(["xdotool", "key", key], check=True)
                time.sleep(0.7)  # it is drawn
            for text, role in self.texts():
                plain = re.sub(LEFT_OUT, " ", re.sub(r"<[^>]*>", " ", text))
                if not re.search(CJK, plain) and [word for word in latin_words(plain) if word not in allowed]:
                    english.add((key, role, text[:90]))
                if re.search(CJK + r"[.,:;]( |$)", plain) or re.search(CJK + " " + CJK, plain):
                    badly_set.add((key, role, text[:90]))
        assert not english, sorted(english, key=str)
        assert not badly_set, sorted(badly_set, key=str)

    @staticmethod
    def pump():
        from gi.repository import GLib
        context = GLib.MainContext.default()
        for _ in range(50):
            if not context.iteration(False):
                break

    def what_takes_the_focus_has_a_name(self):
        nameless = [node for node in walk(self.app)
                    if node.getState().contains(self.pyatspi.STATE_FOCUSABLE) and self.shows(node) and not node.name]
        assert not nameless, [(node.getRoleName(), node.parent.name, [child.name for child in walk(node)]) for node in nameless]

    def what_is_pressed_is_large_enough(self):
        small = []
        for node in walk(self.app):
            if node.getRoleName() in TARGETS and self.shows(node):
                extents = node.queryComponent().getExtents(self.pyatspi.WINDOW_COORDS)
                if min(extents.width, extents.height) < LEAST_TARGET:
                    small.append((node.name, extents.width, extents.height))
        assert not small, small


USUAL = ("facts_can_be_read", "a_cell_lives_as_long_as_its_row", "each_step_down_is_spoken",
         "what_takes_the_focus_has_a_name", "what_is_pressed_is_large_enough", "other_columns_are_not_there",
         "news_are_told", "names_change_once_a_second")
# The words of the command line, the environment, the name of the table, what is looked at.
WINDOWS = {
    "usual": (("--page", "connections", "--size", "1280x820"), {}, "Connections", USUAL),
    "large": (("--page", "connections"), {"QT_SCALE_FACTOR": "2"}, "Connections", ("everything_is_on_the_screen",)),
    "chinese": (("--page", "connections", "--size", "1280x820", "--lang", "zh_CN"), {}, "\u8fde\u63a5",
                ("everything_is_chinese",)),
}


def check_window(program, folder, words, more, table, names):
    window = begin_window(program, folder, words, more)
    import pyatspi  # asks the bus, so it comes after it
    checks = Checks(pyatspi, table)
    assert window.poll() is None, "the window has ended"
    subprocess.run("xdotool search --onlyvisible --name Halfopen windowfocus --sync", shell=True, check=True)
    subprocess.run(["xdotool", "key", "alt+2"], check=True)  # the page's table gets the keys
    failed = False
    for name in names:
        try:
            getattr(checks, name)()
            print("ok", name, flush=True)
        except AssertionError as error:
            failed = True
            print("FAILED", name, error, flush=True)
    window.terminate()
    window.wait(10)
    STARTED.remove(window)
    return not failed


def in_a_child(work):
    """AT-SPI's library ends the process where its bus does not answer; what was started is ended all the same.
    @return the child's exit code, -N of a signal."""
    child = os.fork()
    if child == 0:
        os.setsid()
        work()
        sys.exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass  # nothing is left
    return code


def check(program, window, folder):
    try:
        begin_bus(folder)
        begin_display()
        good = check_window(program, folder, *WINDOWS[window])
    finally:
        for process in reversed(STARTED):
            process.terminate()
        for process in STARTED:
            process.wait(10)
    if not good:
        sys.exit(1)


def main():
    for tool in ("Xvfb", "dbus-daemon", "xdotool"):
        if not shutil.which(tool):
            skip(tool + " is not installed")
    try:
        import importlib.util
        if not importlib.util.find_spec("pyatspi"):
            skip("python3-pyatspi is not installed")
    except ImportError:
        skip("python3 has no importlib")
    if not any(os.path.exists(path) for path in ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi-bus-launcher")):
        skip("at-spi2-core is not installed")
    with tempfile.TemporaryDirectory(prefix="halfopen-atspi-", ignore_cleanup_errors=True) as folder:
        code = in_a_child(lambda: check(sys.argv[1], sys.argv[2], folder))
    sys.exit(abs(code))


if __name__ == "__main__":
    main()
