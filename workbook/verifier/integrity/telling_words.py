"""Words that say something about a result, wherever they stand beside the cells: headers, comments."""

from __future__ import annotations

import re
import unicodedata

RESULT = re.compile(
    "[分优良差]$|优秀|良好|合格|达标|[优良中差]等|满分|得分|总分|评分|分数|等级|等次|档次|评定|评为|自评|复核|结果"
)
"""Words that could be taken for a result, which no department is called by."""

_FIGURE = re.compile(
    r"\d[\d,]*\.\d|\d\s*[分%‰]|百分之|(?!十分)[零〇一二三四五六七八九十百点]+分(?![钟类项部解之析管工别布公支])"
)
"""A number that reads like a score, a share or an amount."""


def tells_of_result(text: str, *, figures: bool = False) -> bool:
    """Whether a text says something that could be taken for a result; ``figures``: as any number does."""
    plain = unicodedata.normalize("NFKC", text)
    if RESULT.search(plain.strip()) or _FIGURE.search(plain):
        return True
    letters = [char for char in plain if char.isalnum()]
    numbers = [char for char in letters if char.isnumeric()]
    return bool(numbers) and (figures or len(numbers) == len(letters))
