"""How the desk looks: theme, zoom, density. Changed by key, kept in the station's settings. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from ui.tasks import Problem, Run
from ui.theme.look import Look, next_theme, next_zoom

THEME_WORDS = {"light": "Nền sáng", "dark": "Nền tối", "contrast": "Tương phản cao"}


class LookView(Protocol):
    def show_look(self, chosen: Look) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...


class LookPresenter:
    """keep: writes the choice into the settings, off the UI thread. Raises: KioskError."""

    def __init__(self, view: LookView, chosen: Look, keep: Callable[[Look], None], run: Run) -> None:
        self._view, self._chosen, self._keep, self._run = view, chosen, keep, run

    def open(self) -> None:
        """As it was left."""
        if self._chosen != Look():
            self._view.show_look(self._chosen)

    def on_theme(self) -> None:
        self._choose(replace(self._chosen, theme=next_theme(self._chosen)))
        self._view.say("info", f"{THEME_WORDS[self._chosen.theme]}.", "Bấm Ctrl+Shift+D để đổi tiếp.")

    def on_larger(self) -> None:
        self._zoom(next_zoom(self._chosen, 1))

    def on_smaller(self) -> None:
        self._zoom(next_zoom(self._chosen, -1))

    def on_usual_size(self) -> None:
        self._zoom(100)

    def on_density(self) -> None:
        self._choose(replace(self._chosen, compact=not self._chosen.compact))
        words = "Các dòng sát nhau." if self._chosen.compact else "Các dòng thoáng."
        self._view.say("info", words, "")

    def _zoom(self, percent: int) -> None:
        self._choose(replace(self._chosen, zoom=percent))
        self._view.say("info", f"Cỡ chữ {percent} %.", "Ctrl+= to hơn, Ctrl+- nhỏ hơn, Ctrl+0 về 100 %.")

    def _choose(self, chosen: Look) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._view.show_look(chosen)
            self._run(lambda: self._keep(chosen), lambda _: None, self._view.show_problem)
