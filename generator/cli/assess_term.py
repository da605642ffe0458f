"""Carry out ``pairing assess``: show or explain a term's assessment, try other weights, write files, publish."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import click

from generator.accounts.assessment.assess_schools import assess_schools, find_term, list_term_names
from generator.accounts.assessment.publication import (
    find_published_path,
    find_reason_not_to_publish,
    format_published,
    read_published,
)
from generator.accounts.assessment.scores import Assessment, Score
from generator.accounts.assessment.what_if import WeightError, change_points, find_imbalance, read_items
from generator.archive import Corpus
from generator.cli.options import OK, PROBLEMS
from generator.plumbing import atomic
from generator.records.models import AssessmentRevision

_STANDINGS = {
    "published": "已公布",
    "counted": "待公布",
    "provisional": "暂计",
    "what-if": "试算",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessRequest:
    """What to do with a term: ``explain`` one school, other points to try, what to write where."""

    term: str
    explain: str | None = None
    what_if: Path | None = None
    weights: tuple[str, ...] = ()
    output: str = "text"
    out: Path | None = None
    publish: bool = False
    reason: str | None = None
    dry_run: bool = False

    @property
    def tries(self) -> bool:
        """Say whether other points are tried out."""
        return self.what_if is not None or bool(self.weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class _AssessedTerm:
    """A term's assessment, its standing, and a note on it; ``base`` is what a trial is compared with."""

    assessment: Assessment
    standing: str
    note: str
    base: Assessment | None = None


def carry_out_assess(corpus: Corpus, root: Path, today: dt.date, request: AssessRequest) -> int:
    """Carry out the command and return its exit code. Raises click's usage errors."""
    _refuse_contradictions(root, request)
    if request.publish:
        return _publish(corpus, root, today, request)
    found = _assess_term(corpus, today, request)
    data = _render(corpus, found, request)
    if request.out is not None:
        atomic.write_file(request.out, data)
        click.echo(f"已写出 {request.out}：{found.assessment.title}考核（{_STANDINGS[found.standing]}）")
    else:
        click.echo(data.decode(), nl=False)
    for warning in find_imbalance(found.assessment.items):
        click.echo(click.style("提醒：", fg="yellow") + warning, err=True)
    return OK


def _refuse_contradictions(root: Path, request: AssessRequest) -> None:
    if request.output == "xlsx" and request.out is None:
        raise click.UsageError("--format xlsx 要用 --out 写明存到哪里，如 --out 考核.xlsx")
    if request.explain and request.output == "xlsx":
        raise click.UsageError(
            "--explain 只看一个校（园），不和 --format xlsx 一起用；工作簿里已有逐校的依据"
        )
    if request.publish and (request.tries or request.explain or request.out or request.output != "text"):
        raise click.UsageError("--publish 只按方案的分值公布，不和试算、说明、导出一起用")
    if (request.reason or request.dry_run) and not request.publish:
        raise click.UsageError("--reason 和 --dry-run 只和 --publish 一起用")
    if request.out is not None:
        inside = request.out.resolve()
        if any(inside.is_relative_to((root / kept).resolve()) for kept in ("records", "site", "content")):
            raise click.UsageError("--out 不写进 records、content 和 site：那里只放档案和网站自己的文件")


def _require_term(corpus: Corpus, request: AssessRequest) -> tuple[int, str]:
    found = find_term(corpus, request.term)
    if found is None:
        names = "、".join(list_term_names(corpus)) or "（没有可用的方案）"
        raise click.UsageError(f"没有学期“{request.term}”，可以写：{names}")
    return found[0], found[1].id


def _find_current(corpus: Corpus, today: dt.date, request: AssessRequest) -> _AssessedTerm | None:
    """Return the term as it was published, else as it counts now; ``None`` where nothing is assessed."""
    year, term = _require_term(corpus, request)
    frozen = read_published(corpus, year, term, today)
    if frozen is not None:
        note = f"已于 {frozen.data.published} 公布"
        if frozen.differences:
            note += f"；但有 {len(frozen.differences)} 处与现在的档案不符，运行 pairing check 看是哪些"
        return _AssessedTerm(assessment=frozen.assessment, standing="published", note=note)
    found = assess_schools(corpus, year, term, today)
    if found is None:
        return None
    why = find_reason_not_to_publish(found)
    if not found.over:
        note = f"暂计：截至 {today}，{why}"
        return _AssessedTerm(assessment=found, standing="provisional", note=note)
    note = f"待公布：截至 {today}，{why}" if why else f"待公布：截至 {today}，用 --publish 公布"
    return _AssessedTerm(assessment=found, standing="counted", note=note)


def _assess_term(corpus: Corpus, today: dt.date, request: AssessRequest) -> _AssessedTerm:
    year, term = _require_term(corpus, request)
    current = _find_current(corpus, today, request)
    if not request.tries:
        if current is None:
            raise click.UsageError("方案数据 programme.yml 里没有 assessment（考核项目和分值），所以没有考核")
        return current
    programme = corpus.find_programme(year)
    items = tuple(current.assessment.items if current else programme.assessment if programme else ())
    try:
        if request.what_if is not None:
            items = read_items(request.what_if)
        items = change_points(items, request.weights)
    except WeightError as error:
        raise click.UsageError(str(error)) from None
    tried = assess_schools(corpus, year, term, today, items)
    if tried is None:
        raise click.UsageError("没有可以试算的考核项目")
    return _AssessedTerm(
        assessment=tried,
        standing="what-if",
        note=f"试算：按另外的分值算到 {today}，括号里是与现在相比的变化。不影响公布的结果。",
        base=current.assessment if current else None,
    )


def _render(corpus: Corpus, found: _AssessedTerm, request: AssessRequest) -> bytes:
    from generator.cli import report_assessment

    assessment = found.assessment
    if request.output == "xlsx":
        from generator.documents.assessment_workbook import make_assessment_workbook

        return make_assessment_workbook(corpus, assessment, note=found.note)
    score = _find_score(corpus, assessment, request.explain) if request.explain else None
    if request.explain and score is None:
        names = "、".join(report_assessment.list_names(corpus, assessment))
        raise click.UsageError(f"没有校（园）“{request.explain}”，可以写：{names}")
    if request.output == "json":
        only = score.school if score else None
        return report_assessment.render_json(corpus, assessment, found.standing, only=only).encode()
    if score is not None:
        return report_assessment.render_explanation(corpus, assessment, score, found.note).encode()
    return report_assessment.render_text(corpus, assessment, found.note, found.base).encode()


def _find_score(corpus: Corpus, assessment: Assessment, wanted: str) -> Score | None:
    """Return the score of the school that is meant by its id, its name or its short name."""
    for score in assessment.scores:
        profile = corpus.find_profile(score.school)
        if wanted in (score.school, corpus.name_school(score.school), profile.short if profile else ""):
            return score
    return None


def _publish(corpus: Corpus, root: Path, today: dt.date, request: AssessRequest) -> int:
    year, term = _require_term(corpus, request)
    record = corpus.bureau[year].assessments.get(request.term)
    frozen = read_published(corpus, year, term, today)
    if record is not None and frozen is None:
        click.echo(
            f"{record.file.path} 看不懂，或公布日期还没有到；先运行 pairing check 看哪里不对", err=True
        )
        return PROBLEMS
    found = assess_schools(corpus, year, term, today, frozen.data.items if frozen else None)
    if found is None:
        raise click.UsageError("方案数据 programme.yml 里没有 assessment（考核项目和分值），所以没有考核")
    faults = [why for why in (find_reason_not_to_publish(found), *find_imbalance(found.items)) if why]
    if faults:
        click.echo("没有公布：" + "；".join(faults), err=True)
        return PROBLEMS
    path = find_published_path(year, request.term)
    revisions: list[AssessmentRevision] = []
    if frozen is not None:
        words = [difference.words for difference in frozen.differences]
        if not words:
            click.echo(f"{found.title}的考核结果已于 {frozen.data.published} 公布，与档案相符，没有变化。")
            return OK
        if not request.reason:
            click.echo("没有重新公布：与公布的不同之处如下，用 --reason 写明理由再公布。", err=True)
            for word in words:
                click.echo(f"  {word}", err=True)
            return PROBLEMS
        again = AssessmentRevision(date=today, reason=request.reason, changes=words)
        revisions = [*frozen.data.revisions, again]
    text = format_published(found, today, revisions, sample=corpus.has_sample)
    if request.dry_run:
        click.echo(f"将写出 {path}：")
        click.echo(text, nl=False)
        return OK
    atomic.write_file(root / path, text)
    click.echo(f"已公布{found.title}考核结果：{path}（{len(found.scores)} 所校（园））")
    return OK
