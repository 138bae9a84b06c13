"""First-level regions: units of Natural Earth, regrouped, outlines made to fit.

The outlines of the source were simplified one by one, so neighbours overlap or leave
slivers. All outlines together cut the plane into faces; each face goes to one region,
gaps to the neighbour with the longest common edge. Then borders are shared exactly.
"""
from collections import defaultdict

from shapely.geometry import Polygon, box
from shapely.ops import polygonize, unary_union

from .names import plain, slug
from .shapes import BOX, Near, inside, polygons

THEATRE = ("MLI", "BFA", "NER")
GAP_DEG2 = 0.02         # a larger hole between outlines is sea or foreign land
ALIASES = {"SAH": "ESH"}        # Western Sahara in the table of units


class Region:
    def __init__(self, region, iso3, name):
        self.region, self.iso3, self.name = region, iso3, name
        self.labels, self.outlines = [], []
        self.shape = None
        self.census = []                # rows of facts/census.csv, by year

    @property
    def label(self):
        """Label point of the only unit, else one well inside the part in the box."""
        if len(self.labels) == 1 and inside(*self.labels[0]):
            return self.labels[0]
        shape = self.shape.intersection(box(*BOX))
        centre = shape.centroid
        best = centre if shape.contains(centre) else shape.representative_point()
        return best.x, best.y


def build_regions(inputs, faults):
    """region id -> Region, sorted by id."""
    shapes = polygons(inputs["unit_rings"], "adm1_code")
    known = {row["unit"]: row for row in inputs["facts"]["unit_regions"]}
    window = box(*BOX).buffer(0.5)
    regions, used = {}, set()
    for unit in inputs["units"]:
        shape = shapes.get(unit["adm1_code"])
        if shape is None or not shape.intersects(window):
            continue
        region = _region_of(unit, known, used, faults)
        if region is None or _moroccan_sahara(unit):
            continue
        kept = regions.setdefault(region.region, region)
        kept.labels.append((unit["label_lon"], unit["label_lat"]))
        kept.outlines.append(shape)
    for name in sorted(set(known) - used):
        faults.add(known[name].where, f"unit {name}: no such unit in the source")
    _fit_outlines(regions, window)
    _add_census(regions, inputs["facts"]["census"], faults)
    return dict(sorted(regions.items()))


def _region_of(unit, known, used, faults):
    iso3 = ALIASES.get(unit["iso3"], unit["iso3"])
    row = known.get(unit["iso_3166_2"])
    if row:
        used.add(unit["iso_3166_2"])
        return Region(row["region"], iso3, row["name"])
    if iso3 in THEATRE:
        faults.add(unit.where, f"unit {unit['iso_3166_2']} stands in no region")
        return None
    return Region(f"{iso3}-{slug(unit['name'])}", iso3, plain(unit["name"]))


def _moroccan_sahara(unit):
    """Natural Earth shows Western Sahara twice; its own country is kept."""
    return unit["iso_3166_2"] in ("MA-15", "MA-16")


def _fit_outlines(regions, window):
    owners = [region for _, region in sorted(regions.items())]
    shapes = [unary_union(region.outlines).intersection(window) for region in owners]
    faces = list(polygonize(unary_union([shape.boundary for shape in shapes])))
    tree = Near(shapes)
    parts, gaps = defaultdict(list), []
    for face in faces:
        inner = face.representative_point()
        holders = [i for i in tree.query(inner) if shapes[i].contains(inner)]
        if holders:
            parts[holders[0]].append(face)
        elif face.area < GAP_DEG2:
            gaps.append(face)
    for gap in gaps:
        edges = [(-gap.boundary.intersection(shapes[i].boundary).length, i)
                 for i in tree.query(gap)]
        if edges:
            parts[min(edges)[1]].append(gap)
    for i, region in enumerate(owners):
        region.shape = _without_crumbs(unary_union(parts[i]))


def _without_crumbs(shape):
    """Detached slivers of less than a square kilometre are artefacts."""
    pieces = [p for p in getattr(shape, "geoms", [shape])
              if isinstance(p, Polygon) and p.area > 1e-4]
    return unary_union(pieces) if pieces else shape


def _add_census(regions, census, faults):
    for row in census:
        if row["region"] in regions:
            regions[row["region"]].census.append(row)
        else:
            faults.add(row.where, f"region {row['region']}: no such region")
    for region in regions.values():
        region.census.sort(key=lambda row: row["year"])


class Finder:
    """Which region of a country a cell belongs to: that with the largest part of it."""

    def __init__(self, regions):
        self.by_country = defaultdict(list)
        for region in regions.values():
            self.by_country[region.iso3].append(region)

    def largest(self, iso3, square):
        choices = self.by_country[iso3]
        def common(region):
            return region.shape.intersection(square).area, region.region
        found = max(choices, key=common)
        if found.shape.intersects(square):
            return found
        return min(choices, key=lambda r: (r.shape.distance(square), r.region))

    def city_regions(self, cell_deg2):
        """Regions as small as a cell: cities, which may be no cell's largest part."""
        return [r for rs in self.by_country.values() for r in rs
                if r.shape.area < 1.2 * cell_deg2]
