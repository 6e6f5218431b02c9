"""A lake lies in an object store as it lies in a directory. The store answers over HTTP on this machine."""

from __future__ import annotations

import boto3
import pytest
from moto.server import ThreadedMotoServer

from kambila.accounts import people
from kambila.figures.evaluate import evaluate, figure_of
from kambila.figures.lake import lake_at, manifest_of, manifests, opened
from kambila.figures.lakes import lakes_at
from kambila.figures.paths import needed
from kambila.journal.errors import Problem
from kambila.publish.lake.exporting import export
from tests.registry.telling import accept, change, report

SQLITE = pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)
SECOND, THIRD = "00000000-0000-7000-8000-0000000000f2", "00000000-0000-7000-8000-0000000000f3"
ACCIDENTS = "erw-accidents"


@pytest.fixture
def bucket(monkeypatch):
    """The address of a folder in an empty bucket."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("ACCESS_KEY_ID", "kambila"),
        ("SECRET_ACCESS_KEY", "kambila"),
        ("EC2_METADATA_DISABLED", "true"),
    ):
        monkeypatch.setenv(f"AWS_{name}", value)
    boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="eu-west-1").create_bucket(
        Bucket=f"programme-{port}", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    yield f"s3://programme-{port}/lake?scheme=http&region=eu-west-1&endpoint_override={host}:{port}"
    server.stop()


def tell(id, **values):
    accept(report(change(id, {"category": "mine_erw", "adm1": "ML07", **values}, "incident"), date="2014-01-01"))


@SQLITE
def test_what_is_exported_to_an_object_store_gives_the_figures_of_the_registry_at_each_head(programme, bucket):
    from tests.registry.test_access import grant

    people.add("manager")
    grant("manager", "programme-manager")
    tell(SECOND, date="2013-05")
    first = export(bucket, people.find("manager"))
    tell(THIRD, date="2014-01")
    second = export(bucket, people.find("manager"))
    assert second.rows == 1 and export(bucket, people.find("manager")).rows == 0
    lake, figure = lake_at(bucket), figure_of(ACCIDENTS)
    assert manifests(lake) == [first.name, second.name]
    for done, number in ((first, 1), (second, 2)):
        with opened(lake, manifest_of(lake, done.name), needed([figure])) as tables:
            assert evaluate(figure, using=tables).value == number
    assert evaluate(figure).value == 2
    assert [each.root for each in lakes_at([bucket.replace("/lake", "")])] == [lake.root]


@SQLITE
def test_a_bucket_that_is_not_there_gets_a_sentence(programme, bucket):
    with pytest.raises(Problem, match="Nothing can be written"):
        export(bucket.replace("programme-", "nowhere-"), None)
