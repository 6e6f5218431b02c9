"""A list as one GeoJSON FeatureCollection (RFC 7946), in bytes one piece after the other.

Written here and not by GDAL, which rounds coordinates. Decimals are numbers: map programs know no other.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from kambila.publish.downloads.reading import Reading
from kambila.publish.features.crs import CRS84
from kambila.publish.features.rows import features


def pieces(reading: Reading) -> Iterator[bytes]:
    example = b'"example":true,' if reading.is_example else b""
    yield b'{"type":"FeatureCollection",' + example + b'"features":['
    before = b"\n"
    for rows in reading.rows():
        said = (orjson.dumps(each, default=str) for each in features(reading.layout, rows, CRS84, None))
        yield before + b",\n".join(said)
        before = b",\n"
    yield b"\n]}\n"
