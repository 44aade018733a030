"""``python -m workbook``."""

from workbook.cli import main

if __name__ == "__main__":  # the verifier's own processes import this module too
    main()
