"""``python -m vermegroup``: the command line."""

from vermegroup.cli import main

main()
