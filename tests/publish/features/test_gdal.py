"""GDAL's own driver for OGC API – Features (OAPIF), in a process of its own, reads every collection over HTTP."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from kambila.accounts.models import Account
from kambila.journal import directory
from kambila.registry import access
from kambila.registry.kinds import kinds
from tests.publish.features.world import MIDDLE, TRUE
from tests.serving import serving

pytestmark = [
    pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL is not installed (Debian: gdal-bin)"),
    pytest.mark.parametrize("_told", ["sqlite"], indirect=True),
]


def gdal(*arguments: str, userpwd: str = "") -> str:
    config = ["--config", "GDAL_HTTP_USERPWD", userpwd, "--config", "GDAL_HTTP_AUTH", "BASIC"] if userpwd else []
    done = subprocess.run(["ogrinfo", "-ro", *config, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr
    return done.stdout


def layers(said: str) -> dict[str, str]:
    return {part.split("\n", 1)[0].strip(): part for part in said.split("Layer name: ")[1:]}


def test_gdal_reads_every_collection_with_its_count_filters_and_sees_no_more_than_its_reader(told, key):
    name, secret = key("device", "auditor", "read")
    auditor = Account.objects.get(username=name)
    wanted = {
        who: {kind: access.visible(account, model).count() for kind, model in kinds().items()}
        for who, account in (("auditor", auditor), ("nobody", None))
    }
    with serving(directory.current()) as server:
        address = f"OAPIF:http://127.0.0.1:{server.port}/ogc/"
        for who, userpwd in (("auditor", f"{name}:{secret}"), ("nobody", "")):
            read = layers(gdal("-al", address, userpwd=userpwd))
            assert set(read) == set(kinds())
            for kind, said in read.items():
                assert int(re.search(r"Feature Count: (\d+)", said)[1]) == wanted[who][kind], kind
                assert len(re.findall(r"^OGRFeature\(", said, re.M)) == wanted[who][kind], kind
            place = TRUE if who == "auditor" else MIDDLE
            assert f"POINT ({place[0]} {place[1]})" in read["incident"]
        gao = gdal("-al", "-where", "title = 'Gao'", address, "village")
        assert len(re.findall(r"^OGRFeature\(", gao, re.M)) == 1
        near = gdal("-al", "-spat", "-1", "16", "0", "17", address, "village")
        assert "Gao" in near and "Kidal" not in near
