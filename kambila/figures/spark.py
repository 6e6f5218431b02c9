"""The tables of an export on Spark, for lakes that are too large for one machine: `pip install kambila[spark]`, and Java.

The definitions are the same Ibis expressions, said in the SQL of Spark.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import ibis
from pyarrow import fs

from kambila.figures.columns import Needed, sql_type
from kambila.figures.lake import Lake, must_have
from kambila.figures.paths import SEVERAL
from kambila.journal.errors import Problem


class Spark:
    """What evaluating a figure asks of a connection: to execute a query and to give its rows."""

    DIALECT: ClassVar[str] = "pyspark"

    def __init__(self, session: Any) -> None:
        self.session = session
        self.rows: Any = None

    def execute(self, query: str, values: Sequence[Any] = ()) -> Spark:
        self.rows = self.session.sql(query, list(values)) if values else self.session.sql(query)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        return [tuple(each) for each in self.rows.collect()]


@contextlib.contextmanager
def opened(lake: Lake, manifest: Mapping[str, Any], wanted: Needed) -> Iterator[Spark]:
    """The tables of an export with the columns that figures ask for, in a Spark of this machine or as its settings say.

    Raises Problem when Spark is not installed or does not start, and as `lake.opened` for what is missing.
    """
    session = _session()
    try:
        for kind, fields in wanted.items():
            must_have(manifest, kind, fields)
            _table(session, lake, manifest, kind, fields).createOrReplaceTempView(kind)
        yield Spark(session)
    finally:
        session.stop()


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession

        built = SparkSession.builder.appName("kambila").config("spark.ui.enabled", "false")
        session = built.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        ibis.pyspark.connect(session)  # Ibis says nothing in the SQL of Spark before it has met one
        return session
    except Exception as error:  # Java that is missing or too old shows as many kinds of error
        raise Problem("no-spark", why=str(error).partition("\n")[0]) from None


def _table(
    session: Any, lake: Lake, manifest: Mapping[str, Any], kind: str, fields: Mapping[str, tuple[str, int]]
) -> Any:
    files = manifest["kinds"].get(kind, {"files": []})["files"]
    if not files:
        empty = ", ".join(f"CAST(NULL AS {_type(*type)}) AS `{name}`" for name, type in fields.items())
        return session.sql(f"SELECT {empty} WHERE false")
    read = session.read.option("mergeSchema", "true").parquet(*(_address(lake, each["path"]) for each in files))
    return read.selectExpr(*(_column(name, type) for name, (type, _scale) in fields.items()))


def _address(lake: Lake, path: str) -> str:
    """Where Spark finds a file: on this machine, or through its own connector for object stores."""
    return f"file://{lake.path(path)}" if isinstance(lake.files, fs.LocalFileSystem) else f"s3a://{lake.path(path)}"


def _type(type: str, scale: int) -> str:
    return {"VARCHAR": "STRING"}.get(said := sql_type(type, scale), said)


def _column(name: str, type: str) -> str:
    """Several values lie as a list in a lake; the figures know them as a text with a space around each."""
    return f"concat(' ', array_join(`{name}`, ' '), ' ') AS `{name}`" if type == SEVERAL else f"`{name}`"
