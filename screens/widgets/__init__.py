"""The parts that screens share: the list, the first and the last line, and the wall behind them."""

from screens.widgets.control_filter import ControlFilter
from screens.widgets.hint_bar import Hint, HintBar
from screens.widgets.record_columns import Cell, Cells, Column
from screens.widgets.record_lines import Group
from screens.widgets.record_list import RecordList
from screens.widgets.record_painter import Row
from screens.widgets.status_bar import StatusBar, StatusPart

__all__ = [
    "Cell",
    "Cells",
    "Column",
    "ControlFilter",
    "Group",
    "Hint",
    "HintBar",
    "RecordList",
    "Row",
    "StatusBar",
    "StatusPart",
]
