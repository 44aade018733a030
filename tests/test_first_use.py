"""An officer's first use, from the blank workbook to 可报送, by the list of things to do alone."""

import pytest

from tests import first_use
from tests.support.returned import RUBRICS


@pytest.mark.libreoffice
@pytest.mark.parametrize("rubric", RUBRICS)
def test_from_blank_to_ready(rubric: str) -> None:
    with pytest.raises(SystemExit) as end:
        first_use.main(["--rubric", rubric])
    assert end.value.code == 0
