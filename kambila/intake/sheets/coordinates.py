"""Positions as surveyors write them, computed into WGS84; what was typed is kept beside.

Every reader gives (longitude, latitude) in degrees and raises ValueError, with a translated sentence, for what it cannot
read. It judges nothing else: what lies in the sea or at 0/0 is kept, and the checks speak of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from kambila.registry.geometry import ellipsoid

Place = tuple[float, float]
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
LETTERS = re.compile(r"[NSEWOnsewo]")
ONLY = re.compile(r"[-+NSEWOnsewo0-9.,;:°º˚'’′\"”″dmsDMS\s]+")
ZONE = re.compile(r"\s*(\d{1,2})\s*([A-Za-z]*)\s*")
UTM = re.compile(  # an easting has six digits, so that no angle is taken for one
    r"(\d{1,2}\s*[A-Za-z]+)[\s,;]+(?:E\s*)?(\d{6}(?:[.,]\d+)?)\s*(?:m?\s*E)?[\s,;]+(?:N\s*)?(\d{1,8}(?:[.,]\d+)?)\s*(?:m?\s*N)?"
)
GRID = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V](?:\d\d){1,5}")
BANDS = "CDEFGHJKLMNPQRSTUVWX"  # C to M south of the equator, N to X north of it
PLACES = 8  # decimals of a degree: about a millimetre


def angle(text: Any) -> float:
    """Degrees of one angle: ``-3.05``, ``16°34'56.7"N``, ``N 16 34.945``, ``003:02:59 W``, ``3d02m59sO``."""
    written = str(text).strip()
    if PLAIN.fullmatch(written):
        return round(float(written), PLACES)
    if "d" in written.lower():  # 3d02m59s: here a small s is the sign of seconds, not the south
        written = re.sub(r"(?<=\d)s(?=[NSEWO\s]|$)", '"', written)
    numbers = [float(each.replace(",", ".")) for each in NUMBER.findall(written)]
    letters = [each.upper() for each in LETTERS.findall(written)]
    fits = ONLY.fullmatch(written) and 1 <= len(numbers) <= 3 and len(letters) <= 1
    if not fits or any(each >= 60 for each in numbers[1:]) or not all(each.is_integer() for each in numbers[:-1]):
        raise ValueError(_("“%(text)s” is no angle: write it as 16.5824 or 16°34'56.7\"N.") % {"text": written})
    value = sum(each / 60**power for power, each in enumerate(numbers))
    negative = written.startswith(("-", "−")) != (letters in (["S"], ["W"], ["O"]))
    return round(-value if negative else value, PLACES)


def pair(latitude: Any, longitude: Any) -> Place:
    """A place from its latitude and its longitude, each in any notation of `angle`."""
    return angle(longitude), angle(latitude)


def anyhow(text: Any) -> Place:
    """A place from one cell: a grid reference, UTM (``30Q 412345 1798765``, ``30 north 412345 1798765``), or latitude
    then longitude (letters may say otherwise)."""
    written = str(text).strip()
    if GRID.fullmatch(re.sub(r"\s", "", written).upper()):
        return grid(written)
    if found := UTM.fullmatch(written):
        return utm(*found.groups())
    halves = _halves(written)
    if halves is None:
        raise ValueError(
            _("“%(text)s” is no position: write latitude, longitude or a grid reference.") % {"text": text}
        )
    first, second = halves
    east_first = bool(re.search(r"[EWOewo]", first)) and bool(re.search(r"[NSns]", second))
    return pair(second, first) if east_first else pair(first, second)


def _halves(written: str) -> tuple[str, str] | None:
    for by in (r"\s*;\s*", r"\s*,\s+", r"(?<=[NSns])[\s,]+(?=\d)", r"(?<=[EWOewo])[\s,]+(?=\d)", r",", r"\s+"):
        parts = [each for each in re.split(by, written) if each]
        if len(parts) == 2:
            return parts[0], parts[1]
    numbers = NUMBER.findall(written)
    if len(numbers) in (4, 6):  # degrees and minutes (and seconds), twice
        middle = len(numbers) // 2
        at = [found.start() for found in NUMBER.finditer(written)][middle]
        while at > 0 and written[at - 1] in "-+NSEWOnsewo ":
            at -= 1
        return written[:at], written[at:]
    return None


def grid(text: Any) -> Place:
    """A place from a reference of the military grid, such as ``30QVE 12345 67890``: the corner that it names."""
    import mgrs

    written = re.sub(r"\s", "", str(text)).upper()
    try:
        if not GRID.fullmatch(written):
            raise ValueError
        latitude, longitude = mgrs.MGRS().toLatLon(written)
    except Exception:  # the library has errors of its own
        raise ValueError(_("“%(text)s” is no grid reference, such as 30QVE1234567890.") % {"text": text}) from None
    return round(longitude, PLACES), round(latitude, PLACES)


def utm(zone: Any, easting: Any, northing: Any, hemisphere: str = "") -> Place:
    """A place from UTM coordinates in WGS84. `zone` may carry the band, as ``30Q``, or a word, as ``30 north``.

    The letter S alone is refused unless `hemisphere` (north, south) says what it means: it names a band of the north.
    """
    return projected(_zone_code(str(zone), hemisphere.lower()), easting, northing)


def _zone_code(zone: str, hemisphere: str) -> int:
    found = ZONE.fullmatch(zone)
    letters = found[2].upper() if found else ""
    if not found or not 1 <= int(found[1]) <= 60:
        raise ValueError(_("“%(zone)s” is no UTM zone, such as 30Q or 30 north.") % {"zone": zone})
    if hemisphere in ("north", "south"):
        north = hemisphere == "north"
    elif letters in ("NORTH", "NORD", "SOUTH", "SUD"):
        north = letters.startswith("NO")
    elif len(letters) == 1 and letters in BANDS and letters != "S":
        north = letters >= "N"
    else:
        raise ValueError(
            _("“%(zone)s” does not say whether it is north or south: write 30 north or 30 south.") % {"zone": zone}
        )
    return (32600 if north else 32700) + int(found[1])


def projected(epsg: Any, x: Any, y: Any) -> Place:
    """A place from coordinates in any system that EPSG numbers; x is east or longitude, y is north or latitude."""
    longitude, latitude = _to_wgs84(str(epsg)).transform(_metres(x), _metres(y))
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # infinite where the system does not reach
        raise ValueError(
            _("%(x)s, %(y)s lies outside the coordinate system %(epsg)s.") % {"x": x, "y": y, "epsg": epsg}
        )
    return round(longitude, PLACES), round(latitude, PLACES)


@cache
def _to_wgs84(epsg: str) -> Any:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        return Transformer.from_crs(f"EPSG:{epsg.upper().removeprefix('EPSG:').strip()}", "EPSG:4326", always_xy=True)
    except CRSError:
        raise ValueError(_("There is no coordinate system EPSG:%(epsg)s.") % {"epsg": epsg}) from None


def offset(start: Place, bearing: Any, distance: Any, declination: float = 0) -> Place:
    """A place from a reference point: bearing in degrees from true north (`declination` is added), distance in metres.

    Computed on the ellipsoid of WGS84, which is where a surveyor's compass and tape lead within their own error.
    """
    degrees, metres = _metres(bearing), _metres(distance)
    if not (0 <= degrees <= 360 and metres >= 0):
        raise ValueError(_("A bearing lies between 0 and 360 degrees, and a distance is not negative."))
    longitude, latitude, _back = ellipsoid().fwd(*start, degrees + declination, metres)
    return round(longitude, PLACES), round(latitude, PLACES)


def _metres(value: Any) -> float:
    try:
        return float(str(value).replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        raise ValueError(_("“%(text)s” is no number.") % {"text": value}) from None


def point(place: Place, typed: str) -> dict[str, Any]:
    """The stated value of a place: GeoJSON with what the surveyor typed."""
    return {"type": "Point", "coordinates": list(place), "typed": typed}
