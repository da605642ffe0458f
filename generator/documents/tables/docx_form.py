"""Write 附件3 as a Word file: the template ``plan_form.docx`` with a school's title, months and tasks filled in.

Page, styles, the repeated head and the page numbers are the template's. Its second row stands for a task: it is
copied for each.
"""

from __future__ import annotations

import copy
import io
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.table import CT_Row
from docx.text.paragraph import Paragraph

from generator.documents.repeatable_zip import repack_zip
from generator.documents.tables.plan_form import FormRow, PlanForm
from generator.documents.xml_characters import LONGEST_PROPERTY, replace_unwritable

TEMPLATE = Path(__file__).with_name("plan_form.docx")


def make_docx_form(form: PlanForm) -> bytes:
    """Return the form as DOCX; the same form gives the same bytes."""
    document = Document(str(TEMPLATE))
    document.core_properties.title = replace_unwritable(form.title)[:LONGEST_PROPERTY]
    label, title, remark = document.paragraphs
    _set_text(title, form.title)
    if form.label:
        _set_text(label, form.label)
    else:
        label._p.getparent().remove(label._p)  # noqa: SLF001  # python-docx removes nothing
    if form.remark:
        _set_text(remark, form.remark)
    else:
        # A table needs a paragraph after it.
        remark._p.clear()  # noqa: SLF001
    _fill_table(document, form)
    out = io.BytesIO()
    document.save(out)
    return repack_zip(out.getvalue())


def _fill_table(document: DocumentType, form: PlanForm) -> None:
    # Rows are copied as elements: python-docx looks at the whole table for each cell.
    model = document.tables[0].rows[1]._tr  # noqa: SLF001
    for name, month in form.months:
        blank = not any(row.task for row in month)
        for index, row in enumerate(month):
            made = copy.deepcopy(model)
            model.addprevious(made)
            _fill_row(made, "" if index else name, row)
            first = made.tc_lst[0]
            if len(month) > 1:
                first.vMerge = "continue" if index else "restart"
            # A blank month is not parted by a page's end; filled ones would leave half of the pages empty.
            if blank and index + 1 < len(month):
                first.p_lst[0].get_or_add_pPr().get_or_add_keepNext()
    model.getparent().remove(model)


def _fill_row(made: CT_Row, month: str, row: FormRow) -> None:
    texts = (month, row.day, row.task, row.lead, row.done)
    for cell, text in zip(made.tc_lst, texts, strict=True):
        if text:
            cell.p_lst[0].add_r().text = replace_unwritable(text)


def _set_text(paragraph: Paragraph, text: str) -> None:
    paragraph.runs[0].text = replace_unwritable(text)
