"""`python -m reports nightly` writes the report, `python -m reports cache` serves what was written."""

import sys

from reports.nightly import write

if sys.argv[1] == "nightly":
    print(write({"orders": 1}))
