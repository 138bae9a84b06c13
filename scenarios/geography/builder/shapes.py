"""Shapes from vertex lists, and distances on the sphere."""
import math
import warnings
from collections import defaultdict

import numpy
from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.ops import linemerge, unary_union
from shapely.strtree import STRtree

BOX = (-18.0, 4.0, 17.0, 26.0)          # west, south, east, north of all tables
EARTH_KM = 6371.0
CELL_DEG = 0.25


def inside(lon, lat):
    west, south, east, north = BOX
    return west <= lon <= east and south <= lat <= north


def cell_box(lon, lat):
    half = CELL_DEG / 2
    return box(lon - half, lat - half, lon + half, lat + half)


def polygons(rows, code):
    """code -> polygon, from rows of part, ring, lon, lat; ring 0 is the outside."""
    rings = defaultdict(list)
    for row in rows:
        rings[row[code], row["part"], row["ring"]].append((row["lon"], row["lat"]))
    outsides, holes = defaultdict(list), defaultdict(list)
    for (name, part, ring), points in rings.items():
        if len(points) >= 3:
            (holes if ring else outsides)[name].append(Polygon(points).buffer(0))
    return {name: unary_union(parts).difference(unary_union(holes[name]))
            for name, parts in outsides.items()}


def polylines(rows, code="feature"):
    """(code, part) -> (first row, line), in the order of the file."""
    points, first = defaultdict(list), {}
    for row in rows:
        key = row[code], row["part"]
        first.setdefault(key, row)
        points[key].append((row["lon"], row["lat"]))
    return {key: (first[key], LineString(line))
            for key, line in points.items() if len(line) > 1}


class Near:
    """Which of many shapes may touch a given one: their places in the list, sorted."""

    def __init__(self, shapes):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")     # 1.8 announces the change in 2.0
            self.tree = STRtree(shapes)
        self.place = {id(shape): i for i, shape in enumerate(shapes)}

    def query(self, shape):
        """shapely 1.8 answers with the shapes themselves, 2.0 with their places."""
        return sorted(int(hit) if isinstance(hit, (int, numpy.integer))
                      else self.place[id(hit)] for hit in self.tree.query(shape))


def line_parts(shape):
    """The single lines of any shape, merged end to end, in a fixed order."""
    lines = [part for part in getattr(shape, "geoms", [shape])
             if isinstance(part, LineString) and len(part.coords) > 1]
    merged = linemerge(MultiLineString(lines)) if lines else MultiLineString()
    return sorted(getattr(merged, "geoms", [merged]), key=lambda l: list(l.coords))


def unit_vectors(lonlat):
    lon, lat = numpy.radians(numpy.asarray(lonlat, dtype=float).reshape(-1, 2)).T
    return numpy.stack([numpy.cos(lat) * numpy.cos(lon),
                        numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)], axis=1)


def nearest_km(points, targets):
    """Great-circle distance of each point to the nearest target."""
    here, there = unit_vectors(points), unit_vectors(targets)
    best = numpy.full(len(here), numpy.inf)
    for start in range(0, len(there), 2048):
        block = there[start:start + 2048]
        chord2 = numpy.maximum(0.0, 2.0 - 2.0 * (here @ block.T))
        best = numpy.minimum(best, chord2.min(axis=1))
    return 2 * EARTH_KM * numpy.arcsin(numpy.minimum(1.0, numpy.sqrt(best) / 2))


def distance_km(lon1, lat1, lon2, lat2):
    return float(nearest_km([(lon1, lat1)], [(lon2, lat2)])[0])


def dense_points(lines, step_deg=0.02):
    """Points along the lines, close enough for distances to a kilometre."""
    points = []
    for line in lines:
        count = max(1, math.ceil(line.length / step_deg))
        points += [line.interpolate(i / count, normalized=True).coords[0]
                   for i in range(count + 1)]
    return points


def circle(lon, lat, radius_km, corners=48):
    """A circle on the ground as a polygon in degrees."""
    north = math.degrees(radius_km / EARTH_KM)
    east = north / math.cos(math.radians(lat))
    return Polygon([(lon + east * math.cos(2 * math.pi * i / corners),
                     lat + north * math.sin(2 * math.pi * i / corners))
                    for i in range(corners)])
