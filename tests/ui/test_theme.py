"""A change of look reaches every widget, also while windows that nobody holds any more wait to be collected."""

import os
import subprocess
import sys

# Closed windows in a cycle with their own parts, and a collection that begins while the change goes on: at another of
# its steps each time, so at some while the list of all widgets is made.
_SCRIPT = """
import gc
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from mailroom.ui import theme

class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.part = QScrollArea(self)
        self.part.owner = self

class Kept(QWidget):
    restyled = 0
    def restyle(self):
        self.restyled += 1

app = QApplication([])
theme.install("light", 100)
kept = Kept()
usual = gc.get_threshold()
for more in range(50, 550, 50):
    gc.disable()
    gc.collect()
    for _each in range(100):
        Window()
    gc.set_threshold(gc.get_count()[0] + more)
    gc.enable()
    theme.change("light", 100)
    assert gc.isenabled()
gc.set_threshold(*usual)
assert kept.restyled == 10, kept.restyled
print("changed")
"""


def test_a_change_of_look_outlives_windows_that_nobody_holds() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "changed"), done.stderr
