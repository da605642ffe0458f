"""Read the tables of a Word or Excel file."""

from __future__ import annotations

from pathlib import Path

from generator.documents.tables.grid import Sheets
from generator.documents.tables.untrusted_office import MOST_BYTES, TableError, open_office


def read_sheets(path: Path) -> Sheets:
    """Return the tables of a DOCX or XLSX file. Raises :class:`TableError` with a Chinese message."""
    return parse_sheets(path.name, read_office_file(path))


def read_office_file(path: Path) -> bytes:
    """Return a file's bytes, no more than are looked at. Raises :class:`TableError` with a Chinese message."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise TableError("这是文件夹；写文件的名字，如 计划表.docx") from None
    except PermissionError:
        raise TableError("没有读这个文件的权限，或者它正在 Word 里打开；关掉再试") from None
    except (FileNotFoundError, OSError, ValueError):
        raise TableError("找不到这个文件") from None


def parse_sheets(name: str, data: bytes) -> Sheets:
    """Return the tables of a file's bytes. Raises :class:`TableError`."""
    office = open_office(name, data)
    if office.kind == "docx":
        from generator.documents.tables.docx_reading import read_docx

        return read_docx(office)
    from generator.documents.tables.xlsx_reading import read_xlsx

    return read_xlsx(office)
