"""`motcua …`: thin commands over the services. Only the area that is asked for is imported."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

# First word of the command -> module of ui.cli whose `register(app)` adds it.
AREAS = {
    "kiosk": "kiosk",
    "desk": "windows",
    "display": "windows",
    "rating": "windows",
    "manager": "manager",
    "demo": "demo",
    "work": "work",
    "ticket": "tickets",
    "appointment": "appointments",
    "dossier": "dossiers",
    "fee": "fee",
    "money": "money",
    "pay": "money",
    "digitise": "digitise",
    "scan": "digitise",
    "scanners": "digitise",
    "card": "card",
    "due": "due",
    "calendar": "calendar",
    "print": "printing",
    "printers": "printing",
    "catalogue": "catalogue",
    "sync": "sync",
    "province": "province",
    "bench": "bench",
    "simulate": "simulate",
    "events": "events",
    "report": "report",
    "voice": "voice",
    "paper": "papers",
    "station": "stations",
    "notices": "messages",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed, 2 wrong use or bad input."""
    from kiosk.errors import KioskError
    from ui.cli.console import frame, show_failure, take_global_options
    from ui.i18n.errors import explain
    from ui.logs import set_up_logs

    set_up_logs()
    try:
        return _run(take_global_options(sys.argv[1:] if argv is None else argv))
    except KioskError as failure:
        show_failure(explain(failure, frame.lang))
        return failure.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as bug:  # noqa: BLE001 -- the edge of the process: a bug is logged whole, and told in words
        import structlog

        structlog.get_logger().exception("unexpected fault")
        show_failure(explain(bug, frame.lang))
        return 1


def _run(words: list[str]) -> int:
    from ui.cli.console import UsageError, frame
    from ui.cli.usage import problem_of, speak

    usage_error: type[Exception] = typer.BadParameter.__mro__[1]  # its own base is not exported
    command = typer.main.get_command(_app(words))
    speak(command, frame.lang)
    try:
        outcome = command(words, prog_name="motcua", standalone_mode=False)
    except typer.Abort:
        return 130
    except typer.Exit as leave:
        return int(leave.exit_code)
    except usage_error as wrong:
        raise UsageError(problem=problem_of(wrong, frame.lang)) from None
    except UnicodeEncodeError as wrong:
        # Bytes that are no UTF-8 reach us as lone surrogates: good for the name of a file, never for a text to keep.
        if not any(wrong.object[wrong.start] in word for word in words):
            raise
        raise UsageError(problem="có ký tự không đọc được, không phải UTF-8") from None
    return outcome if isinstance(outcome, int) else 0


def _app(words: list[str]) -> typer.Typer:
    """The application with just the wanted area; without one, names and help of all areas, for help or a slip."""
    from ui.cli.usage import LINES

    app = typer.Typer(
        help="Một Cửa: quầy tiếp nhận và trả kết quả của xã. "
        "Tùy chọn chung ở mọi lệnh: --data THƯ-MỤC, --json, --lang vi|en.",
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback(invoke_without_command=True)
    def station(context: typer.Context) -> None:
        """Một Cửa: quầy tiếp nhận và trả kết quả của xã."""
        if context.invoked_subcommand is None:
            from ui.cli.windows import open_configured_station

            open_configured_station()

    wanted = next((w for w in words if not w.startswith("-")), None)
    if wanted in AREAS:
        import_module(f"ui.cli.{AREAS[wanted]}").register(app)
        return app
    for module in sorted({module for name, module in AREAS.items() if name not in LINES}):
        import_module(f"ui.cli.{module}").register(app)
    for name in (area for area in AREAS if area in LINES):
        app.command(name, help=LINES[name])(_named_only)
    return app


def _named_only() -> None:
    """Stands for a command in the list of all of them."""
