"""A plan as a spreadsheet to work in, and what was changed in it on its way back.

Answers stand on one sheet and the rows of each table on one of their own; risks, actions, finance and the matrix are
there to read. As .xlsx or as CSV files in a zip. Nothing that people wrote ever runs as a formula.
"""

from mcplan.spreadsheet.csvs import write_csvs
from mcplan.spreadsheet.layout import Grid, lay_out
from mcplan.spreadsheet.meeting import SheetReading, read_grids
from mcplan.spreadsheet.taking import read_file
from mcplan.spreadsheet.workbook import write_workbook

__all__ = ["Grid", "SheetReading", "lay_out", "read_file", "read_grids", "write_csvs", "write_workbook"]
