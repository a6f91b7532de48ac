"""Serving the desk: the server in a thread of its own, and the builds that go on beside it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from recto.account.observer import AdvanceSheets, OvertakenError
from recto.account.report import Report
from recto.builder import build, open_workshop
from recto.cli.watch import BuildLog, Changes, undisturbed
from recto.desk.desk import Desk
from recto.desk.guard import Guard
from recto.desk.server import application
from recto.oversight.supervisor import Request

_HOST = "127.0.0.1"  # this machine alone
_PATIENCE = 2  # seconds that answers under way have at the end

Told = Callable[[Report, BuildLog], None]


@contextmanager
def served(desk: Desk, port: int) -> Iterator[str]:
    """Serve the desk as long as this lasts, at a port (0: any that is free); gives the address, with the key.

    Raises OSError where the port is taken.
    """
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((_HOST, port))
    listening.listen()  # now, for the address is told before the server is ready
    number = listening.getsockname()[1]
    guard = Guard(application(desk), number)
    settings = uvicorn.Config(
        guard,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    server = uvicorn.Server(settings)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://{_HOST}:{number}/?key={guard.key}"
    finally:
        desk.close()  # else answers that wait for news would be broken off, with a complaint in the terminal
        server.should_exit = True
        thread.join(_PATIENCE + 1)
        listening.close()


class _Advancing(BuildLog):
    """The log of a build, which lays what is ready before the rest on the desk. That is bound in a thread of
    its own, for the one that tells of it belongs to the workers.
    """

    def __init__(self, changed: Sequence[Path], desk: Desk, overtaken: Callable[[], bool]) -> None:
        super().__init__(changed, overtaken)
        self._desk = desk

    def advanced(self, sheets: AdvanceSheets) -> None:
        """Show the pages of the chapter that changed, or of the index."""
        Thread(target=self._desk.advance, args=(sheets,), daemon=True).start()


def keep_building(desk: Desk, asked_to_end: Request, tell: Told, confess: Callable[[], object]) -> None:
    """Build, then build again at each change, until it is asked to end; what comes of it lies on the desk.

    A build that is overtaken by another save gives way to it. `tell` hears of each other
    build, `confess` of one that ended by a fault of Recto's own.
    """
    changes = Changes(desk.options, asked_to_end)
    with open_workshop(desk.options) as workshop:

        def make(changed: Sequence[Path], *, anew: bool) -> Report:
            log = _Advancing(changed, desk, changes.overtaken)
            report = build(desk.options, log, workshop, anew=anew)
            desk.finish(report)
            tell(report, log)
            return report

        for changed in changes:
            with undisturbed():
                desk.begin(changed)
                try:
                    # what an earlier build left is shown at once; its index is made after that
                    if make(changed, anew=False).facts is not None:
                        make(changed, anew=True)
                except OvertakenError:
                    changes.again(changed)
                except Exception:
                    desk.fail()
                    confess()
