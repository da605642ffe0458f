"""填报 loses nothing: without a network, with a key that came at a bad moment, in two tabs, on a full telephone."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import wait_until
from tests.browser.write_form import TEXTS, OpenForm, guangcai_photos, name_forge

pytestmark = pytest.mark.browser

KEPT_KEY = "localStorage['pairing-write-key https://git.example.cn/api/v1 county/archive']"
KEY = "k_3f9aQ2x7.secret"


HELD_WORKER = """
  const container = navigator.serviceWorker;  // none on about:blank
  const register = container?.register.bind(container);
  if (container) container.register = async (...asked) => {
    await new Promise((resolve) => { window.letWorkerCome = resolve; });
    return register(...asked);
  };
"""
"""The page's requests are not answered by the service worker until the test lets it come, as on a slow network."""


@pytest.mark.parametrize("way", ["by its link", "by its name"])
def test_opened_once_it_works_without_a_network(form: OpenForm, way: str) -> None:
    """No second visit is needed: opened anew, a photo made small and the package packed, with nothing fetched."""
    opened = form(script=HELD_WORKER)
    opened.open("#school=guangcai" if way == "by its link" else "#school=")
    if way == "by its name":
        opened.page.get_by_role("link", name="光彩幼儿园", exact=True).click()
    opened.screen("desk")
    wait_until(opened.page, "Boolean(window.letWorkerCome)")
    opened.page.evaluate("window.letWorkerCome()")
    wait_until(opened.page, "navigator.serviceWorker.controller !== null")
    opened.page.context.set_offline(True)
    opened.open("")
    opened.begin()
    opened.fill_facts()
    opened.fill_parts(TEXTS)
    opened.add_photos(guangcai_photos()[0])
    opened.describe_photo(0, "adults", "泡沫箱")
    opened.onward()
    opened.screen("review")
    opened.onward()
    with opened.page.expect_download() as download:
        opened.tap(opened.screen("handin").locator("[data-way=savePackage]"))
    with zipfile.ZipFile(download.value.path()) as package:
        assert len(package.namelist()) == 3
    # A school whose data was never fetched cannot be opened; the page says so.
    opened.open("#school=")
    opened.page.get_by_role("link", name="蕾梦幼儿园", exact=True).click()
    expect(opened.page.locator("#broken")).to_contain_text("没有打开")
    assert {said.partition(":")[0] for said in opened.complaints} <= {"TypeError", "Failed to load resource"}


def test_a_key_outlives_a_first_visit_that_failed(form: OpenForm) -> None:
    opened = form(service_workers="block")
    page = opened.page
    page.route("**/write/index.json", lambda route: route.abort())
    page.goto(f"{opened.base}write/#school=guangcai&key={KEY}")
    expect(page.locator("#broken")).to_be_visible()
    assert page.url == f"{opened.base}write/#school=guangcai"
    page.unroute("**/write/index.json")
    name_forge(opened)
    opened.tap(page.locator("#again"))
    opened.screen("desk")
    assert page.evaluate(KEPT_KEY) == KEY
    assert page.evaluate("JSON.stringify(localStorage)").count(KEY) == 1
    page.unroute("**/write/index.json")


def test_a_links_key_is_taken_in_a_tab_that_is_open_already(form: OpenForm) -> None:
    opened = form(service_workers="block")
    name_forge(opened)
    opened.open("#school=heiquan")
    opened.screen("desk")
    # As by the address bar: the same page, another fragment.
    opened.page.evaluate("key => { location.hash = `school=guangcai&key=${key}`; }", KEY)
    expect(opened.page.locator("#write-school")).to_have_text(" · 光彩幼儿园")
    assert opened.page.url == f"{opened.base}write/#school=guangcai"
    assert opened.page.evaluate(KEPT_KEY) == KEY
    assert not opened.complaints
