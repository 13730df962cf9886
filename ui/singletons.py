"""Keeps None, True and False alive under PySide6 6.12 on Python 3.11.

The wheel is built so that a Qt method without a result returns None without counting the reference: right from Python
3.12 on, where None is immortal, wrong before. Each such call (a label's setText, a painter's save) takes one reference
away, and after some tens of thousands the interpreter ends the process ("deallocating None"). A count that cannot run
out makes them immortal here too. Measured: docs/decisions/0007-pyside6-on-python-3.11.md.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 60  # a billion Qt calls a second would take 36 years to use it up
FIRST_WITH_IMMORTALS = (3, 12)


def keep_singletons_alive() -> None:
    """Once per process, before the first window. Nothing to do from Python 3.12 on."""
    if sys.version_info >= FIRST_WITH_IMMORTALS or sys.implementation.name != "cpython":
        return
    for one in (None, True, False, NotImplemented, Ellipsis):
        if sys.getrefcount(one) < PLENTY:
            # The count is the first field of every object of CPython before 3.12 (Include/object.h).
            ctypes.c_ssize_t.from_address(id(one)).value += PLENTY
