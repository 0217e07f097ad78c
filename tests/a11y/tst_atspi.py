#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader gets of the window, over AT-SPI: a bus and a display of the test's own, with the laboratory.

Usage: tst_atspi.py HALFOPEN. Exits with 77, and says why, where something that it needs is not there.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
STARTED = []
# Roles that are pressed.
TARGETS = ("push button", "check box", "toggle button", "radio button")
LEAST_TARGET = 24  # WCAG 2.2, 2.5.8


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
    address = "unix:path=" + os.path.join(folder, "bus")
    start(["dbus-daemon", "--session", "--nofork", "--address=" + address])
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
    wait_for("the bus", lambda: os.path.exists(os.path.join(folder, "bus")))


def begin_display():
    reading, writing = os.pipe()
    start(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
          pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    os.environ["DISPLAY"] = ":" + os.read(reading, 16).decode().strip()


def begin_window(program, folder):
    environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb", XDG_RUNTIME_DIR=folder,
                       XDG_CONFIG_HOME=folder, XDG_STATE_HOME=folder, LC_ALL="C.UTF-8")
    return start([program, "--lab", "--page", "connections", "--size", "1280x820"], env=environment)


def walk(node):
    """All of it; of a table only itself, for it has a child for each cell."""
    yield node
    if node.getRoleName() == "table":
        return
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child:
            yield from walk(child)


class Checks:
    """Each method is a line of the checklist."""

    def __init__(self, pyatspi):
        self.pyatspi = pyatspi
        self.app = wait_for("the window", self.find_app)
        self.table = wait_for("the table", self.find_table)
        wait_for("rows", lambda: self.table.queryTable().nRows > 20)

    def find_app(self):
        desktop = self.pyatspi.Registry.getDesktop(0)
        return next((one for one in desktop if one and "halfopen" in (one.name or "").lower()), None)

    def find_table(self):
        return next((one for one in walk(self.app) if one.getRoleName() == "table" and one.name == "Connections"), None)

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


def check(program):
    folder = tempfile.mkdtemp(prefix="halfopen-atspi-")
    try:
        begin_bus(folder)
        begin_display()
        window = begin_window(program, folder)
        time.sleep(1)
        if window.poll() in (3, 4):
            skip("the laboratory cannot be opened here")
        import pyatspi  # asks the bus, so it comes after it
        checks = Checks(pyatspi)
        assert window.poll() is None, "the window has ended"
        subprocess.run("xdotool search --onlyvisible --name Halfopen windowfocus --sync", shell=True, check=True)
        subprocess.run(["xdotool", "key", "alt+2"], check=True)  # the page's table gets the keys
        for name in ("facts_can_be_read", "a_cell_lives_as_long_as_its_row", "each_step_down_is_spoken",
                     "what_takes_the_focus_has_a_name", "what_is_pressed_is_large_enough"):
            getattr(checks, name)()
            print("ok", name, flush=True)
    finally:
        for process in reversed(STARTED):
            process.terminate()
        for process in STARTED:
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


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
    check(sys.argv[1])


if __name__ == "__main__":
    main()
