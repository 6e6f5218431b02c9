"""Other servers of the OGC API, for as long as something is measured on them: pygeoapi and tipg beside Debian's PostGIS."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.door import _free, _running

PACKAGES = ("pygeoapi==0.21.0", "psycopg2-binary", "geoalchemy2", "pygeofilter", "gunicorn", "tipg==1.6.1", "uvicorn")
PROCESSES = 2
SCHEMA = "peers"
WHOLE = {"TIPG_MAX_FEATURES_PER_TILE": "1000000"}  # a tile holds everything, as ours does


class Missing(Exception):  # noqa: N818  it is no error of ours
    """What the peers need is not on this machine; says what."""


def environment(folder: Path) -> Path:
    """A folder with the programs of the peers, in a virtual environment of their own. Raises Missing."""
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)  # noqa: S603
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *PACKAGES]
    if made.returncode or subprocess.run(pip, capture_output=True).returncode:  # noqa: S603
        raise Missing(f"{', '.join(PACKAGES)} could not be installed")
    return folder / "bin"


@contextmanager
def postgis() -> Iterator[tuple[str, int]]:
    """(address, process) of an empty database with PostGIS, on a server of Debian's. Raises Missing."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    version = programs[-1].parent.name if programs else ""
    if not Path(f"/usr/share/postgresql/{version}/extension/postgis.control").exists():
        raise Missing("PostgreSQL with PostGIS is not installed (Debian: postgresql, postgresql-15-postgis-3)")
    with tempfile.TemporaryDirectory(prefix="kambila-postgis-", ignore_cleanup_errors=True) as folder:
        # PostgreSQL does not run as root: the account that Debian made for it does.
        as_whom = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if as_whom:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        data, port = f"{folder}/data", _free()
        begin = [*as_whom, str(programs[-1] / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        _done([*begin, "--locale=C.UTF-8"])
        control = [*as_whom, str(programs[-1] / "pg_ctl"), "-D", data, "-w"]
        _done([*control, "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", "-l", f"{folder}/log", "start"])
        try:
            process = int(Path(data, "postmaster.pid").read_text().split()[0])
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres", process
        finally:
            _done([*control, "-m", "immediate", "stop"])


def _done(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603  our own command


def copy(database: str, tables: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """For each table (its geometry, its other columns) one as the peers read it, with the same columns and indexes."""
    with psycopg.connect(database, autocommit=True) as session:
        session.execute(f"CREATE EXTENSION IF NOT EXISTS postgis; CREATE SCHEMA {SCHEMA}")
        for table, (place, columns) in tables.items():
            name = f"{SCHEMA}.{table}"
            said = ", ".join(columns)
            session.execute(
                f"CREATE TABLE {name} AS SELECT id, {said}, ST_GeomFromWKB({place}, 4326) AS geom FROM public.{table}"
            )
            session.execute(f"ALTER TABLE {name} ADD PRIMARY KEY (id), ALTER geom TYPE geometry(Geometry, 4326)")
            session.execute(f"CREATE INDEX ON {name} USING gist (geom); CREATE INDEX ON {name} (adm1)")
            session.execute(f"ANALYZE {name}")


@contextmanager
def tipg(programs: Path, database: str) -> Iterator[tuple[int, int]]:
    """(port, process) of tipg on the copied tables."""
    port = _free()
    command = [str(programs / "uvicorn"), "tipg.main:app", "--port", str(port), "--workers", str(PROCESSES)]
    said = {"DATABASE_URL": database, "TIPG_DB_SCHEMAS": json.dumps([SCHEMA]), **WHOLE}
    with _running([*command, "--log-level", "error"], port, **said) as process:
        yield port, process


@contextmanager
def pygeoapi(programs: Path, folder: Path, database: str, tables: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """(port, process) of pygeoapi on the copied tables."""
    port = _free()
    config, document = folder / "pygeoapi.yml", folder / "openapi.yml"
    config.write_text(json.dumps(_config(port, database, tables)))
    said = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(document)}
    describe = [str(programs / "pygeoapi"), "openapi", "generate", str(config), "--output-file", str(document)]
    subprocess.run(describe, check=True, env={**os.environ, **said}, capture_output=True)  # noqa: S603
    command = [str(programs / "gunicorn"), "pygeoapi.flask_app:APP", "-b", f"127.0.0.1:{port}", "-w", str(PROCESSES)]
    with _running([*command, "--log-level", "error"], port, **said) as process:
        yield port, process


def _config(port: int, database: str, tables: tuple[str, ...]) -> dict[str, object]:
    """What pygeoapi is told, in JSON, which is YAML too."""
    parts = psycopg.conninfo.conninfo_to_dict(database)
    where = {"host": parts["host"], "port": parts["port"], "dbname": parts["dbname"], "user": parts["user"]}
    texts = {"title": "Bench", "description": "Bench", "keywords": ["bench"], "terms_of_service": "none", "url": "x:"}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "pretty_print": False,
            "limits": {"default_items": 100, "max_items": 10_000},
            "map": {"url": "x:", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": texts,
            "license": {"name": "none", "url": "x:"},
            "provider": {"name": "Bench", "url": "x:"},
            "contact": {"name": "Bench"},
        },
        "resources": {table: _resource(table, where) for table in tables},
    }


def _resource(table: str, where: dict[str, object]) -> dict[str, object]:
    data = {**where, "password": "", "search_path": [SCHEMA, "public"]}
    return {
        "type": "collection",
        "title": table,
        "description": table,
        "keywords": ["bench"],
        "links": [],
        "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}},
        "providers": [
            {
                "type": "feature",
                "name": "PostgreSQL",
                "data": data,
                "id_field": "id",
                "table": table,
                "geom_field": "geom",
                "storage_crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            }
        ],
    }
