"""The command that serves the pages."""

from __future__ import annotations

import os
import socket

import click
from django.utils.translation import gettext as _

from kambila.desk import task_commands  # noqa: F401  it adds a command to those of tasks


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="The port to listen on.")
@click.option("--threads", default=4, show_default=True, help="How many requests each process answers at once.")
@click.option("--processes", default=1, show_default=True, help="How many processors it may use; each takes 250 MB.")
def serve(host: str, port: int, threads: int, processes: int) -> None:
    """Serve the pages, and take what phones and browsers send; Ctrl-C stops it."""
    serve_forever(host, port, threads, processes)


def serve_forever(host: str = "127.0.0.1", port: int = 8000, threads: int = 4, processes: int = 1) -> None:
    """Serve the open directory until it is told to stop. Raises Problem when the port is taken."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from kambila.desk import errors  # noqa: F401  the catalogue
    from kambila.journal import directory
    from kambila.journal.errors import Problem

    if _is_taken(host, port):
        raise Problem("port-taken", host=host, port=port)
    os.environ["KAMBILA_DATA"] = str(directory.current().path)
    click.echo(_("Serving %(name)s on http://%(host)s:%(port)s. Ctrl-C stops it.") % {
        "name": directory.current().node.name, "host": host, "port": port
    })  # fmt: skip
    Granian(
        "kambila.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
    click.echo(_("Stopped."))


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


COMMANDS = [serve]
