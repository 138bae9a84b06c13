"""Lines to draw a map with, and the roads."""
from itertools import combinations

from shapely.geometry import LineString, Polygon, box
from shapely.ops import unary_union

from .names import plain
from .regions import THEATRE
from .shapes import BOX, line_parts, polygons, polylines

TOLERANCE_DEG = 0.02
ROAD_BESIDE_DEG = 0.2          # a leg this close to a highway is that highway
COAST_FROM_BORDER_DEG = 0.03
RIVER_RANK_MOST = 8             # of Natural Earth: larger numbers are smaller rivers
NEIGHBOURS = THEATRE + ("BEN", "TGO", "GHA", "CIV", "GIN", "SEN", "MRT", "DZA", "LBY",
                        "TCD", "NGA", "CMR", "GMB", "GNB", "ESH")


def build_roads(inputs, gazetteer, faults):
    """[(name, line)]: the trans-African highways, then the legs they do not cover."""
    highways = [(plain(row["name"]), line)
                for row, line in polylines(inputs["highways"]).values()]
    beside = unary_union([line for _, line in highways]).buffer(ROAD_BESIDE_DEG)
    legs, seen = [], set()
    for row in inputs["facts"]["roads"]:
        names = row["route"].split(">")
        towns = [gazetteer.find(n, THEATRE, row.where, faults) for n in names]
        for start, end in zip(towns, towns[1:]):
            ends = frozenset((start, end))
            if None in ends or ends in seen:
                continue
            seen.add(ends)
            line = LineString([(start.lon, start.lat), (end.lon, end.lat)])
            if line.intersection(beside).length < 0.7 * line.length:
                legs.append((f"{start.name}-{end.name}", line))
    return highways + legs


def build_lines(inputs, regions, roads):
    """layer -> [(name, line)], clipped and simplified."""
    borders = [(f"{plain(row['adm0_left'])}-{plain(row['adm0_right'])}", line)
               for row, line in polylines(inputs["borders"]).values()]
    rivers = [(plain(row["name"]), line)
              for row, line in polylines(inputs["rivers"]).values()
              if row["scalerank"] <= RIVER_RANK_MOST]
    lakes = [(LAKE_NAMES.get(row["name"], plain(row["name"])), line)
             for row, line in polylines(inputs["lakes"]).values()]
    layers = {
        "coast": _clipped(_coast(inputs["country_rings"], borders)),
        "border": _clipped(borders),
        "region": _clipped(_inner_outlines(regions)),
        "river": _clipped(rivers),
        "lake": [(name, _closed(line)) for name, line in lakes if _in_box(line)],
        "road": _clipped(roads),
    }
    return {layer: [(name, line.simplify(TOLERANCE_DEG)) for name, line in lines]
            for layer, lines in layers.items()}


LAKE_NAMES = {"Lake Dbo": "Lake Debo"}          # a letter was lost in the source


def _coast(country_rings, borders):
    """The edge of all land, less borders and the straight edges of the source's cut."""
    land = unary_union(list(polygons(country_rings, "iso3").values()))
    edge = land.boundary.intersection(box(*BOX))
    cut = unary_union([line for _, line in borders]).buffer(COAST_FROM_BORDER_DEG)
    frame = box(*BOX).boundary.buffer(0.01)
    coast = edge.difference(cut).difference(frame)
    return [("", line) for line in line_parts(coast) if line.length > 0.05]


def _inner_outlines(regions):
    """The common edges of each two regions of one country."""
    drawn = [r for r in regions.values() if r.iso3 in NEIGHBOURS]
    lines = []
    for one, other in combinations(drawn, 2):
        if one.iso3 != other.iso3 or not one.shape.intersects(other.shape):
            continue
        common = one.shape.boundary.intersection(other.shape.boundary)
        lines += [(f"{one.region}/{other.region}", line)
                  for line in line_parts(common) if line.length > 0.03]
    return lines


def _clipped(lines):
    frame = box(*BOX)
    return [(name, part) for name, line in lines if line.intersects(frame)
            for part in line_parts(line.intersection(frame)) if part.length > 0]


def _in_box(line):
    return line.intersects(box(*BOX))


def _closed(line):
    return LineString(list(Polygon(line.coords).exterior.coords))
