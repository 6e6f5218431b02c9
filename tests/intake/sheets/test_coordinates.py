"""Positions in every notation come to the same place, or to a sentence that says what is wrong."""

from __future__ import annotations

import pytest

from kambila.intake.sheets import coordinates

GAO = (-0.05, 16.25)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("16.2667", 16.2667), ("-3,05", -3.05), ("16°15'00\"N", 16.25), ("16° 15' N", 16.25), ("N16 15 00", 16.25),
        ("3:03:00 W", -3.05), ("3°03'00\"O", -3.05), ("003 03.000 W", -3.05), ("S 12 30", -12.5), ("12.5S", -12.5),
        ("3d03m00sW", -3.05), ("16º15′30″ N", 16.258333333), ("12d30m0sS", -12.5), ("12d30m0sN", 12.5), (16, 16),
    ],
)  # fmt: skip
def test_an_angle_in_many_notations(text, degrees):
    assert coordinates.angle(text) == pytest.approx(degrees, abs=1e-7)


@pytest.mark.parametrize("text", ["", "north", "16 75 00", "1 2 3 4", "16.5 30", "12 km"])
def test_what_is_no_angle_is_refused(text):
    with pytest.raises(ValueError, match="angle"):
        coordinates.angle(text)


@pytest.mark.parametrize(
    "text",
    ["16.25, -0.05", "16.25 -0.05", "16.25;-0.05", "16°15'N 0°03'W", "16°15'00\"N, 0°03'00\"W", "N16 15 00 W0 03 00",
     "0°03'W 16°15'N", "16,25; -0,05", "16 15 00 N 0 03 00 W"],
)  # fmt: skip
def test_both_in_one_cell(text):
    assert coordinates.anyhow(text) == pytest.approx(GAO, abs=1e-7)


def test_a_grid_reference_in_the_same_cell():
    import mgrs

    text = mgrs.MGRS().toMGRS(GAO[1], GAO[0])
    assert coordinates.anyhow(f"{text[:5]} {text[5:10]} {text[10:]}") == pytest.approx(GAO, abs=2e-5)


@pytest.mark.parametrize("text", ["99ZZZ1", "30QVI12", "30QVE123", "here"])
def test_what_is_no_grid_reference_is_refused(text):
    with pytest.raises(ValueError, match="grid reference"):
        coordinates.grid(text)


@pytest.mark.parametrize("zone", ["30Q", "30 Q", "30 north", "30 Nord", "30N"])
def test_utm_with_band_or_hemisphere(zone):
    from pyproj import Transformer

    x, y = Transformer.from_crs(4326, 32630, always_xy=True).transform(*GAO)
    assert coordinates.utm(zone, x, f"{y:.3f}") == pytest.approx(GAO, abs=1e-6)


def test_the_letter_s_is_a_band_or_a_hemisphere_and_is_not_guessed():
    with pytest.raises(ValueError, match="north or south"):
        coordinates.utm("37S", 500_000, 4_000_000)
    assert coordinates.utm("37S", 500_000, 4_000_000, "north")[1] > 0
    assert coordinates.utm("37S", 500_000, 8_000_000, "south")[1] < 0


@pytest.mark.parametrize("zone", ["61N", "", "Q30", "30I"])
def test_what_is_no_zone_is_refused(zone):
    with pytest.raises(ValueError):
        coordinates.utm(zone, 500_000, 1_000_000)


def test_any_epsg_code():
    assert coordinates.projected("EPSG:3857", "0", "0") == (0, 0)
    with pytest.raises(ValueError, match="no coordinate system"):
        coordinates.projected(999_999, 0, 0)
    with pytest.raises(ValueError, match="outside"):
        coordinates.projected(32630, 1e12, 1e12)


def test_bearing_and_distance_from_a_reference_point_go_there_and_back():
    there = coordinates.offset(GAO, 90, "1 500")
    assert there[0] > GAO[0]
    assert coordinates.offset(there, 270, 1500) == pytest.approx(GAO, abs=1e-5)
    assert coordinates.offset(GAO, 85, 1500, declination=5) == there


@pytest.mark.parametrize(("bearing", "distance"), [(361, 10), (-1, 10), (10, -1), ("x", 10)])
def test_a_bearing_that_cannot_be_is_refused(bearing, distance):
    with pytest.raises(ValueError):
        coordinates.offset(GAO, bearing, distance)


def test_what_was_typed_is_kept_beside():
    said = coordinates.point(coordinates.anyhow("16°15'N 0°03'W"), "16°15'N 0°03'W")
    assert said == {"type": "Point", "coordinates": [-0.05, 16.25], "typed": "16°15'N 0°03'W"}
