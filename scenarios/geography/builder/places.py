"""Towns of GeoNames and Natural Earth as one list, our own corrections on top."""
from collections import defaultdict

from .names import plain, same
from .regions import THEATRE
from .shapes import distance_km, inside

ISO2 = {"BJ": "BEN", "BF": "BFA", "CF": "CAF", "CI": "CIV", "CM": "CMR", "DZ": "DZA",
        "EH": "ESH", "GH": "GHA", "GN": "GIN", "GM": "GMB", "GW": "GNB", "LR": "LBR",
        "LY": "LBY", "MA": "MAR", "ML": "MLI", "MR": "MRT", "NE": "NER", "NG": "NGA",
        "SN": "SEN", "SL": "SLE", "TD": "TCD", "TG": "TGO"}
SAME_NAME_KM, SAME_PLACE_KM = 40, 6
MOST = 400
BIG, REGIONAL = 20000, 100000
NORTH_LAT, NORTH_COUNTS = 9, 10         # near the theatre smaller towns matter too


class Place:
    def __init__(self, name, iso3, lon, lat, people, seat=False, ours=False):
        self.name, self.iso3, self.lon, self.lat = name, iso3, lon, lat
        self.people, self.seat, self.ours = people, seat, ours
        self.mapped = False             # Natural Earth draws it on small-scale maps
        self.rank = 2


def build_places(inputs, faults):
    """All towns inside the box: merged, corrected and ranked, biggest first."""
    spelling = Spelling(inputs["facts"]["spellings"])
    places = []
    for place in _geonames(inputs["towns_gn"], spelling):
        _merge(places, place)
    for place in _natural_earth(inputs["towns_ne"], spelling):
        _merge(places, place)
    for row in inputs["facts"]["towns"]:
        _correct(places, row)
    capitals = {row["iso3"]: row for row in inputs["facts"]["countries"]}
    for place in places:
        place.rank = _rank(place, capitals)
    _check_names(places, inputs["facts"]["towns"], faults)
    return sorted(places, key=lambda p: (-p.people, p.iso3, p.name, p.lon))


class Spelling:
    """What we call a place of a source, or None if it is dropped."""

    def __init__(self, rows):
        self.by_name = {(r["iso3"], r["source_name"], r["geoname_id"]): r["name"]
                        for r in rows}

    def name(self, iso3, source_name, geoname_id=""):
        name = plain(source_name)
        for key in ((iso3, name, str(geoname_id)), (iso3, name, "")):
            if key in self.by_name:
                return self.by_name[key] or None
        return name


def _geonames(rows, spelling):
    for row in rows:
        iso3 = ISO2.get(row["country"])
        if iso3 is None or not inside(row["lon"], row["lat"]):
            continue
        name = spelling.name(iso3, row["name"], row["geoname_id"])
        if name:
            seat = row["feature_code"] in ("PPLA", "PPLC")
            people = int(row["population"])
            yield Place(name, iso3, row["lon"], row["lat"], people, seat)


def _natural_earth(rows, spelling):
    for row in rows:
        iso3 = {"SAH": "ESH"}.get(row["iso3"], row["iso3"])
        name = spelling.name(iso3, row["name"])
        if iso3 in ISO2.values() and name and inside(row["lon"], row["lat"]):
            seat = "capital" in row["featurecla"] and iso3 not in THEATRE
            place = Place(name, iso3, row["lon"], row["lat"], int(row["pop_max"]), seat)
            place.mapped = True
            yield place


def _merge(places, new):
    """Adds a place or melts it into the one already there."""
    old = _twin(places, new)
    if old is None:
        places.append(new)
        return
    old.people = max(old.people, new.people)
    old.seat |= new.seat
    old.mapped |= new.mapped


def _twin(places, new):
    for old in places:
        if old.iso3 != new.iso3 or abs(old.lat - new.lat) > 0.5:
            continue
        if abs(old.lon - new.lon) > 0.5:
            continue
        apart = distance_km(old.lon, old.lat, new.lon, new.lat)
        if apart < SAME_PLACE_KM:
            return old
        if apart < SAME_NAME_KM and same(old.name) == same(new.name):
            return old
    return None


def _correct(places, row):
    """Our own row replaces a place of that name, or adds it."""
    found = [p for p in places
             if p.iso3 == row["iso3"] and same(p.name) == same(row["name"])]
    near = [p for p in found if distance_km(p.lon, p.lat, row["lon"], row["lat"]) < 60]
    place = near[0] if near else Place(row["name"], row["iso3"], 0, 0, 0)
    if not near:
        places.append(place)
    place.name, place.ours, place.people = row["name"], True, row["people"]
    place.lon, place.lat = row["lon"], row["lat"]


def _rank(place, capitals):
    capital = capitals.get(place.iso3)
    if capital and same(capital["capital"]) == same(place.name):
        return 0
    return 1 if place.seat or place.people > REGIONAL else 2


def _check_names(places, towns, faults):
    seen = defaultdict(list)
    for place in places:
        seen[place.iso3, same(place.name)].append(place)
    for row in towns:
        if len(seen[row["iso3"], same(row["name"])]) > 1:
            faults.add(row.where, f"{row['name']}: two places of this name")


class Gazetteer:
    """Coordinates by name."""

    def __init__(self, places):
        self.by_name = defaultdict(list)
        for place in places:
            self.by_name[place.name].append(place)

    def find(self, name, countries, where, faults):
        found = [p for p in self.by_name[name] if p.iso3 in countries]
        if len(found) == 1:
            return found[0]
        faults.add(where, f"town {name}: " +
                   ("several of this name" if found else "no such town"))
        return None


def useful(places, must):
    """The towns worth a place on the map: ours, all of the theatre, then by size."""
    def weight(place):
        if place in must or place.ours or place.rank == 0:
            return 0
        if place.iso3 in THEATRE and (place.mapped or place.people >= 8000):
            return 1
        return 2

    def size(place):
        return place.people * (NORTH_COUNTS if place.lat >= NORTH_LAT else 1)
    ordered = sorted(places, key=lambda p: (weight(p), -size(p), p.iso3, p.name))
    return sorted(ordered[:MOST], key=lambda p: (p.iso3, p.name, p.lon))
