"""The home of cell keys: what a cell stands for, whose value it is, how it compares, how it is written."""

from workbook.rubric.keys.areas import AreaKey
from workbook.rubric.keys.data_key import Beside, DataKey, data_key_of, meant_beside
from workbook.rubric.keys.key import Key, each_row
from workbook.rubric.keys.parse import input_of, key_of, quantity_of, rows_of
from workbook.rubric.keys.sorts import EvidencePart, Kind, LargestPart, Owner, Sort, TablePart, Tally

__all__ = [
    "AreaKey",
    "Beside",
    "DataKey",
    "EvidencePart",
    "Key",
    "Kind",
    "LargestPart",
    "Owner",
    "Sort",
    "TablePart",
    "Tally",
    "data_key_of",
    "each_row",
    "input_of",
    "key_of",
    "meant_beside",
    "quantity_of",
    "rows_of",
]
