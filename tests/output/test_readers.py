"""Readers that know nothing of us open a result and find what docs/format.md promises.

The file is named by the environment variable SAH_RESULT; it may be the toy of this
folder or a real run. Needs Debian's python3-xarray, -h5netcdf, -netcdf4, -h5py."""
import datetime
import os
import subprocess
import unittest

import h5py
import netCDF4
import numpy as np
import xarray as xr

PATH = os.environ["SAH_RESULT"]
ENGINES = ("netcdf4", "h5netcdf")
with h5py.File(PATH) as _file:
    LOGS = tuple(_file.attrs["logs"].decode().split())
GROUPS = LOGS + ("series", "ledger", "axes", "land", "geography", "scenario",
          "parameters", "digest", "provenance/resources")
EPOCH = datetime.date(1970, 1, 1)


def open_group(engine, group=None, **how):
    return xr.open_dataset(PATH, engine=engine, group=group, **how)


def present(group):
    with h5py.File(PATH) as file:
        return group in file


def variables(dataset):
    """Fields, series, ledger entries: what has a method over time."""
    return [v for v in dataset.data_vars.values() if "cell_methods" in v.attrs]


def day(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


class Reading:
    """xarray, whatever library reads for it."""
    engine = None

    def read(self, group=None, **how):
        if group and not present(group):
            self.skipTest(f"no {group} in this result")
        with open_group(self.engine, group, **how) as data:
            return data.load()

    def test_root_has_fields_on_a_map_through_time(self):
        data = self.read()
        self.assertEqual(data.attrs["Conventions"], "CF-1.10")
        fields = variables(data)
        self.assertTrue(fields)
        for field in fields:
            self.assertEqual(field.dims[0], "time")
            self.assertEqual(field.dims[-2:], ("lat", "lon"))
            self.assertTrue(field.attrs["units"])
            self.assertTrue(field.attrs["long_name"])
            self.assertIn(field.attrs["cell_methods"], ("time: sum", "time: point"))
            for dim in field.dims:
                self.assertIn(dim, data.coords)

    def test_place_has_units_and_even_steps(self):
        data = self.read()
        self.assertEqual(data.lat.attrs["units"], "degrees_north")
        self.assertEqual(data.lon.attrs["units"], "degrees_east")
        for line in (data.lat, data.lon):
            step = np.diff(line.values)
            self.assertTrue((step > 0).all())
            np.testing.assert_allclose(step, step[0])
            np.testing.assert_allclose(data[line.attrs["bounds"]].mean("nv"), line)

    def test_times_are_first_days_of_periods(self):
        data = self.read()
        first, last = np.datetime64(data.attrs["start"]), np.datetime64(data.attrs["end"])
        self.assertEqual(data.time.values[0], first)
        every = {"day": "D", "month": "M", "year": "Y"}[data.attrs["fields_every"]]
        begins = np.arange(first.astype(f"M8[{every}]"),
                           last.astype(f"M8[{every}]") + 1).astype("M8[D]")
        begins[0] = first
        np.testing.assert_array_equal(data.time.values.astype("M8[D]"), begins)
        bounds = data.time_bnds.values.astype("M8[D]")
        np.testing.assert_array_equal(bounds[:, 0], begins)
        np.testing.assert_array_equal(bounds[1:, 0], bounds[:-1, 1])
        self.assertEqual(bounds[-1, 1], last + 1)

    def test_series_cover_every_day(self):
        root = self.read()
        data = self.read("series")
        self.assertEqual(data.time.values[0], np.datetime64(root.attrs["start"]))
        if root.attrs["series_every"] == "day":
            days = day(root.attrs["end"]) - day(root.attrs["start"]) + 1
            self.assertEqual(data.sizes["time"], days)
            self.assertTrue((np.diff(data.time.values) == np.timedelta64(1, "D")).all())
        for one in variables(data):
            for dim in one.dims[1:]:
                self.assertTrue(all(isinstance(x, str) for x in data[dim].values))

    def test_ledger_and_series_of_one_name_agree(self):
        series = self.read("series")
        ledger = self.read("ledger")
        for entry in variables(ledger):
            twin = series.data_vars.get(entry.name)
            if twin is None or entry.attrs["cell_methods"] != "time: sum":
                continue
            np.testing.assert_allclose(float(entry.sum()), float(twin.sum()))

    def test_events_agree_with_series_and_fields(self):
        root = self.read()
        series = self.read("series")
        events = self.read("events", decode_times=False)
        if "events" in series:
            self.assertEqual(events.sizes["event"], int(series.events.sum()))
        if "events_per_cell" in root:
            self.assertEqual(events.sizes["event"], int(root.events_per_cell.sum()))
        if "deaths" not in events:
            return
        total = int(events.deaths.sum())
        if "deaths" in series:
            self.assertEqual(total, int(series.deaths.sum()))
        if "deaths" in root:
            self.assertEqual(total, int(root.deaths.sum()))

    def test_events_lie_where_and_when_they_say(self):
        root = self.read()
        events = self.read("events", decode_times=False)
        self.assertTrue((np.diff(events.date) >= 0).all())
        self.assertTrue((events.date >= day(root.attrs["start"])).all())
        self.assertTrue((events.date <= day(root.attrs["end"])).all())
        column = events.cell % root.sizes["lon"]
        row = events.cell // root.sizes["lon"]
        np.testing.assert_allclose(events.lon, root.lon.values[column])
        np.testing.assert_allclose(events.lat, root.lat.values[row])
        gid = (np.floor((events.lat + 90) * 2) * 720 + np.floor((events.lon + 180) * 2) + 1)
        np.testing.assert_array_equal(events.gid, gid)

    def test_events_decode_their_dates(self):
        events = self.read("events")
        self.assertEqual(events.date.dtype.kind, "M")

    def test_every_log_is_a_table_in_order_of_time(self):
        root = self.read()
        self.assertEqual(LOGS[0], "events")
        self.assertGreater(len(LOGS), 1)
        for name in LOGS:
            with self.subTest(log=name):
                log = self.read(name, decode_times=False)
                self.assertEqual(len(log.sizes), 1)  # one dimension
                self.assertTrue((np.diff(log.date) >= 0).all())
                self.assertTrue((log.date >= day(root.attrs["start"])).all())
                np.testing.assert_array_equal(np.diff(log.id) > 0, True)
                self.assertEqual("lon" in log, "cell" in log)
                self.assertEqual(log.attrs.get("featureType"),
                                 "point" if "cell" in log else None)

    def test_what_is_observed_is_told_of_events(self):
        told = self.read("observed", decode_times=False)
        events = self.read("events", decode_times=False)
        series = self.read("series")
        self.assertEqual(told.sizes["record"], int(series.observed_events.sum()))
        self.assertEqual(int(told.deaths.sum()), int(series.observed_deaths.sum()))
        self.assertLess(told.sizes["record"], events.sizes["event"])
        of = np.searchsorted(events.id.values, told.event.values)
        np.testing.assert_array_equal(events.id.values[of], told.event.values)
        np.testing.assert_array_equal(events.date.values[of], told.date.values)
        np.testing.assert_array_equal(events.kind.values[of], told.kind.values)
        self.assertTrue((told.date_told >= told.date).all())
        self.assertTrue((told.deaths >= 1).all())
        moved = (told.cell.values != events.cell.values[of])
        self.assertFalse((moved & (told.where_prec.values == 1)).any())

    def test_codes_have_words(self):
        for name in LOGS:
            with self.subTest(log=name):
                self.check_codes(self.read(name, mask_and_scale=False))

    def check_codes(self, log):
        self.assertTrue(any("flag_meanings" in v.attrs for v in log.variables.values()))
        for column in log.variables.values():
            if "flag_meanings" not in column.attrs:
                continue
            words = column.attrs["flag_meanings"].split()
            codes = np.atleast_1d(column.attrs["flag_values"])
            self.assertEqual(len(words), len(codes))
            self.assertEqual(codes.dtype, column.dtype)
            self.assertLess(column.values.max(initial=0), len(words))

    def test_fields_are_undefined_at_sea_or_outside_only(self):
        root = self.read()
        land = self.read("land")
        sea = land.country.isnull()
        if "theatre" in land:
            sea |= land.theatre == 0
        for field in variables(root):
            gone = field.isnull().all([d for d in field.dims if d not in ("lat", "lon")])
            self.assertFalse((gone & ~sea).any(), field.name)

    def test_parameters_are_texts_and_numbers(self):
        data = self.read("parameters")
        table = data.set_coords("parameter")
        seed = table.sel(parameter="run.seed")
        self.assertEqual(float(seed.number), float(str(seed.value.values)))
        for name in ("value", "unit", "doc", "origin"):
            self.assertTrue(all(isinstance(x, str) for x in table[name].values), name)
        self.assertTrue(all(x for x in table.doc.values))

    def test_scenario_is_text(self):
        data = self.read("scenario")
        self.assertIn("model:", str(data.yaml.values))
        self.assertEqual(data.attrs["model"], self.read().attrs["model"])

    def test_digests_end_with_the_last(self):
        root = self.read()
        data = self.read("digest")
        self.assertTrue(all(len(x) == 32 for x in data.hex.values))
        self.assertEqual(data.hex.values[-1], root.attrs["digest"])
        self.assertEqual(data.time.values[-1], np.datetime64(root.attrs["end"]))

    def test_every_group_opens(self):
        for group in GROUPS:
            if present(group):
                with self.subTest(group=group):
                    self.read(group)


class NetCdf4Engine(Reading, unittest.TestCase):
    engine = "netcdf4"


class H5NetCdfEngine(Reading, unittest.TestCase):
    engine = "h5netcdf"


class BothEngines(unittest.TestCase):
    def test_engines_agree(self):
        for group in (None,) + GROUPS:
            if group and not present(group):
                continue
            one, other = (open_group(engine, group) for engine in ENGINES)
            with self.subTest(group=group), one, other:
                xr.testing.assert_equal(one, other)


class PlainHdf5(unittest.TestCase):
    def setUp(self):
        self.file = h5py.File(PATH)
        self.addCleanup(self.file.close)

    def datasets(self):
        found = []
        self.file.visititems(
            lambda name, item: found.append(item) if isinstance(item, h5py.Dataset) else None)
        return found

    def test_every_dimension_has_a_scale(self):
        for data in self.datasets():
            if h5py.h5ds.is_scale(data.id):
                continue
            for dim in data.dims:
                self.assertEqual(len(dim), 1, data.name)

    def test_maps_are_compressed(self):
        for data in self.datasets():
            if data.id.get_storage_size() > 8192 and h5py.check_string_dtype(data.dtype) is None:
                self.assertEqual(data.compression, "gzip", data.name)

    def test_tables_of_the_geography_are_text(self):
        for name, data in self.file.get("geography", {}).items():
            if not h5py.h5ds.is_scale(data.id):
                self.assertTrue(bytes(data[:]).decode("utf-8"), name)

    def test_software_is_named(self):
        software = self.file["provenance/software"].attrs
        for name in ("version", "commit", "compiler", "hdf5"):
            self.assertTrue(software[name], name)


class NetCdf(unittest.TestCase):
    def test_library_lists_groups(self):
        with netCDF4.Dataset(PATH) as data:
            self.assertIn("time", data.dimensions)
            self.assertIn("provenance", data.groups)
            self.assertIn("digest", data.groups)
            self.assertEqual(next(iter(data.variables)), "time")  # creation order is kept

    def test_ncdump_shows_all(self):
        shown = subprocess.run(["ncdump", PATH], capture_output=True, text=True)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        header = subprocess.run(["ncdump", "-t", "-v", "time", PATH], capture_output=True, text=True)
        with open_group("netcdf4") as data:
            self.assertIn(data.attrs["start"], header.stdout)


if __name__ == "__main__":
    unittest.main()
