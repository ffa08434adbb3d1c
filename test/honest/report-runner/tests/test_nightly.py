import unittest

from reports.nightly import write


class Nightly(unittest.TestCase):
    def test_figures_are_sorted(self):
        self.assertEqual(write({"b": 2, "a": 1}), "a: 1\nb: 2")
