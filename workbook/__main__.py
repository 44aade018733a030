"""``python -m workbook``."""

from workbook.cli import main

if __name__ == "__main__":  # processes of ours import this module too
    main()
