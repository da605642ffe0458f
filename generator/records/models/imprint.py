"""The ``imprint`` of programme.yml: who gets the bulletin, and what the site must say of who runs it.

An official site shows organiser, telephone, marks and filing numbers at its foot (国办发〔2017〕47号, 国办秘函〔2019〕19号,
互联网信息服务管理办法 12). Each is optional; what is written must have the form in which it was given out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.records.models.base import Model
from generator.records.scalars import Text

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ICP = re.compile(rf"[{_PROVINCES}]ICP备\d{{6,10}}号(?:-\d{{1,4}})?")
_POLICE = re.compile(rf"[{_PROVINCES}]公网安备\d{{14}}号")
_CODE = re.compile(r"\d{10}|[a-z]{2}\d{8}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%-]*)?")


def _hold_to(pattern: re.Pattern[str], what: str, example: str) -> Callable[[Any], Any]:
    """Return a validator of texts of one form; spaces and full-width signs within are the keyboard's."""

    def hold(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        folded = value.strip()
        if pattern is not _ADDRESS:
            folded = "".join(unicodedata.normalize("NFKC", value).split())
            folded = folded.replace("icp", "ICP").replace("Icp", "ICP")
        if pattern.fullmatch(folded):
            return folded
        context = {"message": f"{what}“{value[:60]}”的写法不对", "fix": f"照批下来的原样写，如 {example}"}
        raise PydanticCustomError("field-value", "{message}", context)

    return hold


def _form(pattern: re.Pattern[str], what: str, example: str) -> tuple[BeforeValidator, WithJsonSchema]:
    schema = {"type": "string", "minLength": 1, "maxLength": 500}
    return BeforeValidator(_hold_to(pattern, what, example)), WithJsonSchema(schema)


IcpNumber = Annotated[str, *_form(_ICP, "ICP 备案号", "甘ICP备12345678号-1")]
PoliceNumber = Annotated[str, *_form(_POLICE, "公安备案号", "甘公网安备62072402000001号")]
SiteCode = Annotated[str, *_form(_CODE, "政府网站标识码", "6207240001")]
Address = Annotated[
    str, *_form(_ADDRESS, "网址", "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=6207240001")
]


class SiteImprint(Model):
    """What stands at the foot of every page of the site; what is not written is not shown."""

    organiser: Text | None = Field(
        None, title="主办单位", description="网站的主办单位；不写的，是发文单位和科室。"
    )
    operator: Text | None = Field(None, title="承办单位", description="网站的承办单位。")
    telephone: Text | None = Field(None, title="联系电话", description="办公电话；不写个人的手机号码。")
    party_mark: Address | None = Field(
        None, title="党政机关网站标识", description="党政机关网站标识的查验网址，由编制部门核发。"
    )
    site_code: SiteCode | None = Field(None, title="政府网站标识码", description="十位的政府网站标识码。")
    icp: IcpNumber | None = Field(None, title="ICP 备案号", description="如 甘ICP备12345678号-1。")
    police: PoliceNumber | None = Field(
        None, title="公安备案号", description="如 甘公网安备62072402000001号。"
    )
    report_errors: Address | None = Field(
        None, title="我为政府网站找错", description="“我为政府网站找错”给本网站的网址。"
    )


class Imprint(Model):
    """What the end of each bulletin says of who gets it and who answers questions (版记), and the site's foot."""

    to: list[Text] = Field(
        default=["各校（园）"], title="发送", description="简报发给谁，一个一项。", max_length=20
    )
    copies: list[Text] = Field(
        default=[], title="抄送", description="抄送哪些单位或领导，一个一项。", max_length=20
    )
    contact: Text | None = Field(
        None, title="联系方式", description="科室和办公电话；不写个人的姓名和手机号码。"
    )
    site: SiteImprint = Field(
        default_factory=SiteImprint, title="网站标识", description="网站页脚要写的单位、电话、备案号和标识。"
    )
