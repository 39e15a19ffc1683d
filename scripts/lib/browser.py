"""Opens every page of a running dashboard in Chromium and checks it; see scripts/browser.

usage: browser.py ADDRESS FOLDER, with a token in GNOMON_TOKEN
"""

import json
import os
import re
import sys
import time
import urllib.parse
import xml.etree.ElementTree
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import sync_playwright

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 100_000
# Pages of the same kind that are opened; other links of the kind are only fetched, up to MOST_LINKS.
PAGES_OF_A_KIND = 2
MOST_LINKS = 12
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}

# Reports violations of the Content-Security-Policy where the page's own scripts could not.
WATCH_POLICY = """
window.__violations = [];
document.addEventListener('securitypolicyviolation',
    event => window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""
LINKS = """() => [...document.querySelectorAll('a')].map(a =>
    a.getAttribute('href') ?? a.getAttribute('xlink:href')).filter(Boolean)"""
VALUES = """() => [...document.querySelectorAll('[data-value]')].map(e =>
    [e.getAttribute('data-value'), e.textContent.trim()])"""
# What has the focus: where it stands in the page, whether it can be seen, and whether the focus can.
FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const all = [...document.querySelectorAll('*')], box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const inner = e.querySelector?.('.halo');
    const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
        || inner && getComputedStyle(inner).stroke !== 'none';
    return {place: all.indexOf(e), name: (e.textContent || e.id || e.tagName).trim().slice(0, 40),
        isSkip: e.classList.contains('skip'), isMarked: Boolean(isMarked),
        isSeen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
            && box.left < innerWidth && box.top < innerHeight};
}"""


class Faults:
    """What is wrong, with where."""

    def __init__(self):
        self.lines = []

    def add(self, place, text):
        self.lines.append(f"{place}: {text}")
        print(f"   ✘ {place}: {text}", file=sys.stderr)

    def check(self, condition, place, text):
        if not condition:
            self.add(place, text)


class Answers:
    """Numbers that the API gives about a task."""

    def __init__(self, context, address, token):
        self.request, self.address = context.request, address
        self.headers = {"Authorization": f"Bearer {token}"}
        self.known = {}

    def get(self, path, **query):
        query = {name: value for name, value in query.items() if value is not None}
        url = f"{self.address}{path}?{urllib.parse.urlencode(query)}"
        if url not in self.known:
            answer = self.request.get(url, headers=self.headers)
            self.known[url] = answer.json() if answer.ok else None
        return self.known[url]

    def numbers(self, task, query):
        """All numbers about a task, and those that pages may take from their difference and sum alone."""
        place = "/v1/tasks/" + urllib.parse.quote(task, safe="")
        kept = {name: query.get(name) for name in ("as_of", "slice") if query.get(name)}
        window = {name: query.get(name) for name in ("from", "to", "model") if query.get(name)}
        asked = []
        for by in ("all", "day", "week", "month"):
            asked.append(self.get(place + "/report", by=by, **kept, **window))
            asked.append(self.get(place + "/report", by=by, **kept))
        models = (self.get(place + "/models") or {}).get("models", [])
        asked.append({"models": models})
        for model in models:
            for span in ({}, {name: window[name] for name in window if name != "model"}):
                for bins in {query.get("bins"), None}:
                    asked.append(self.get(place + "/calibration", model=model["model"], bins=bins,
                                          **kept, **span))
        only_as_of = {name: kept[name] for name in kept if name == "as_of"}
        asked.append(self.get(place + "/labels/status", **only_as_of))
        for shadow in [None] + [model["model"] for model in models]:
            for metric in {query.get("metric"), None}:
                asked.append(self.get(place + "/comparison", shadow=shadow, metric=metric, **only_as_of))
        asked.append(self.get(place + "/recommendation", **only_as_of))
        asked.append(self.get(place + "/recommendations"))
        asked.append(self.get(place, **{}))
        for slice_key in (self.get(place) or {}).get("slices", []):
            for value in query.get("values", []):
                asked.append(self.get(place + "/report", slice=f"{slice_key}={value}", **only_as_of))
        rows = {name: query[name] for name in ("from", "to", "model", "slice", "as_of", "order",
                                               "cursor", "limit") if name in query}
        asked.append(self.get(place + "/rows", **rows))
        found = set()
        collect(asked, found)
        return found


def collect(value, found):
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        found.add(float(value))
    elif isinstance(value, str):
        found.add(value)
    elif isinstance(value, list):
        for each in value:
            collect(each, found)
    elif isinstance(value, dict):
        for each in value.values():
            collect(each, found)


def kind(url):
    """What pages share that differ in the task, the id and the values of parameters only."""
    parts = urllib.parse.urlsplit(url)
    path = re.sub(r"^/tasks/[^/]+", "/tasks/{task}", parts.path)
    path = re.sub(r"/predictions/[^/]+", "/predictions/{prediction_id}", path)
    names = sorted(name for name, _ in urllib.parse.parse_qsl(parts.query))
    return path, tuple(names)


class Visit:
    """One look at every page."""

    def __init__(self, browser, address, folder, token):
        self.browser, self.address, self.folder, self.token = browser, address, folder, token
        self.faults = Faults()
        self.opened, self.fetched = {}, {}
        self.pictures = 0
        self.state = None

    def context(self, **options):
        context = self.browser.new_context(storage_state=self.state, **options)
        context.add_init_script(WATCH_POLICY)
        return context

    # Logging in and out

    def log_in(self):
        context = self.context(viewport=WIDE)
        page = self.watched(context, "login")
        page.goto(self.address + "/?as_of=2013-06-24")
        self.faults.check(page.url.endswith("/login?next=%2F%3Fas_of%3D2013-06-24"), "/",
                          f"leads to {page.url} without a login")
        self.look(page, "/login", "login", logged_in=False)
        page.reload()
        self.faults.check(page.evaluate("document.activeElement?.id") == "token", "/login",
                          "the field for the token has no focus")
        page.keyboard.type("gnm_wrong")
        self.expected_status = 401
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=alert]")
        self.expected_status = None
        self.look(page, "/login", "login-fault", logged_in=False)
        page.fill("#token", self.token)
        page.keyboard.press("Enter")
        page.wait_for_url("**/?as_of=2013-06-24")
        self.state = context.storage_state()
        context.close()

    def log_out(self):
        context = self.context(viewport=WIDE)
        page = self.watched(context, "logout")
        page.goto(self.address + "/")
        page.focus("form.logout button")
        page.keyboard.press("Enter")
        page.wait_for_url("**/login*")
        page.goto(self.address + "/")
        self.faults.check("/login" in page.url, "/logout", "the pages are still open")
        context.close()

    # Every page

    def crawl(self):
        queue = ["/", "/nowhere"]
        wide = self.context(viewport=WIDE)
        self.answers = Answers(wide, self.address, self.token)
        seen = set(queue)
        while queue:
            url = queue.pop(0)
            what = kind(url)
            if self.opened.get(what, 0) >= PAGES_OF_A_KIND and what[0] != "/tasks/{task}":
                if self.fetched.get(what, 0) < MOST_LINKS:
                    self.fetched[what] = self.fetched.get(what, 0) + 1
                    self.fetch(wide, url)
                continue
            self.opened[what] = self.opened.get(what, 0) + 1
            for link in self.open(wide, url):
                if link not in seen:
                    seen.add(link)
                    queue.append(link)
        wide.close()

    def fetch(self, context, url):
        answer = context.request.get(self.address + url, max_redirects=0)
        self.faults.check(answer.status == 200, url, f"answers {answer.status}")
        body = answer.body()
        type = answer.headers.get("content-type", "")
        if "html" in type:
            self.faults.check(len(body) < MOST_BYTES, url, f"has {len(body)} bytes")
        elif "svg" in type:
            root = xml.etree.ElementTree.fromstring(body)
            self.faults.check(root.tag.endswith("svg"), url, "is no drawing")
            self.faults.check(b"<script" not in body, url, "has a script")
        return type, answer

    def open(self, context, url):
        """Checks a page in all ways; returns where it leads."""
        status = 404 if url == "/nowhere" else 200
        headers = {"Accept": "text/html,*/*;q=0.8"}
        answer = context.request.get(self.address + url, headers=headers, max_redirects=0)
        if status == 200 and "html" not in answer.headers.get("content-type", ""):
            self.fetch(context, url)
            return []
        self.faults.check(answer.status == status, url, f"answers {answer.status}")
        self.faults.check(len(answer.body()) < MOST_BYTES, url, f"has {len(answer.body())} bytes")
        name = self.name(url)
        print(f"   {url}", file=sys.stderr)
        page = self.watched(context, url)
        self.expected_status = status if status != 200 else None
        page.goto(self.address + url)
        links = self.links(page)
        headings = page.eval_on_selector_all("h1,h2,h3", "all => all.map(e => e.textContent)")
        self.look(page, url, name, logged_in=status == 200)
        if url.split("?")[0] != "/docs":
            self.numbers(page, url)
        self.keyboard(page, url)
        page.close()
        plain = self.context(viewport=WIDE, java_script_enabled=False)
        page = plain.new_page()
        page.goto(self.address + url)
        without = page.locator("h1,h2,h3").all_text_contents()
        self.faults.check(without == headings, url, "is another page without JavaScript")
        plain.close()
        self.expected_status = None
        return links

    def name(self, url):
        """A name for pictures, without what differs between similar pages."""
        parts = urllib.parse.urlsplit(url)
        plain = urllib.parse.unquote(parts.path + ("-" + parts.query if parts.query else ""))
        return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80] or "overview"

    def links(self, page):
        found = []
        for link in page.evaluate(LINKS):
            url = urllib.parse.urldefrag(urllib.parse.urljoin(page.url, link)).url
            if url.startswith(self.address + "/"):
                found.append(url[len(self.address):])
            elif not link.startswith("#") and not url.startswith(self.address):
                self.faults.add(page.url, f"leads elsewhere: {link}")
        return found

    # What is checked of each

    def watched(self, context, place):
        page = context.new_page()
        self.expected_status = None

        def told(message):
            if message.type not in ("error", "warning"):
                return
            if self.expected_status and f"status of {self.expected_status}" in message.text:
                return
            self.faults.add(place, f"the console says: {message.text}")

        def answered(response):
            if response.status >= 400 and response.status != self.expected_status:
                self.faults.add(place, f"{response.url} answers {response.status}")

        page.on("console", told)
        page.on("pageerror", lambda error: self.faults.add(place, f"a script failed: {error}"))
        page.on("requestfailed", lambda request: self.faults.add(
            place, f"{request.url} could not be loaded: {request.failure}"))
        page.on("response", answered)
        return page

    def look(self, page, url, name, logged_in=True):
        """Light, dark and narrow: accessibility, policy, width, and a picture."""
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            self.axe(page, f"{url} ({scheme})")
            self.picture(page, f"{name}-{scheme}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        self.faults.check(width <= NARROW["width"], url, f"is {width} pixels wide on a phone")
        self.axe(page, f"{url} (375)")
        self.picture(page, f"{name}-375")
        page.set_viewport_size(WIDE)
        for violation in page.evaluate("window.__violations"):
            self.faults.add(url, f"violates its policy: {violation}")
        self.faults.check(page.locator("h1").count() == 1, url, "has not one h1")
        if logged_in and not url.startswith("/docs"):
            self.faults.check(page.locator("form.logout").count() == 1, url, "has no way out")

    def picture(self, page, name):
        page.screenshot(path=str(self.folder / f"{name}.png"), full_page=True)
        self.pictures += 1

    def axe(self, page, place):
        page.evaluate(AXE)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        for violation in found["violations"]:
            nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.faults.add(place, f"axe: {violation['id']}: {violation['help']}: {nodes}")

    def numbers(self, page, url):
        """Every number that says what it is worth is one that the API gives."""
        shown = page.evaluate(VALUES)
        if not shown:
            return
        parts = urllib.parse.urlsplit(url)
        query = dict(urllib.parse.parse_qsl(parts.query))
        segments = [urllib.parse.unquote(part) for part in parts.path.split("/")]
        if segments[1] == "tasks":
            tasks = [segments[2]]
        else:
            tasks = [task["task"] for task in self.answers.get("/v1/tasks")["tasks"]]
        query["values"] = [text.strip() for text in page.locator("tbody th").all_text_contents()]
        known = set()
        for task in tasks:
            known |= self.answers.numbers(task, query)
        if len(segments) > 4 and segments[3] == "predictions":
            place = "/v1" + urllib.parse.urlsplit(url).path
            collect(self.answers.get(place, as_of=query.get("as_of")), known)
        for value, text in shown:
            try:
                is_known = float(value) in known
            except ValueError:
                is_known = value in known
            self.faults.check(is_known, url, f"the API does not give {value}, shown as {text}")

    def keyboard(self, page, url):
        """The first stop leads to the content, and the others follow the order of the page."""
        page.evaluate("document.activeElement?.blur()")
        page.evaluate("window.scrollTo(0, 0)")
        last, stops = -1, 0
        while stops < 80:
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop is None or stop["place"] <= last:
                break
            stops += 1
            name = stop["name"]
            if stops == 1 and not url.startswith("/docs"):
                self.faults.check(stop["isSkip"], url, f"the first stop is {name}, no skip link")
            self.faults.check(stop["isSeen"], url, f"{name} has the focus and cannot be seen")
            self.faults.check(stop["isMarked"], url, f"one cannot see that {name} has the focus")
            last = stop["place"]
        self.faults.check(stops > 1, url, "cannot be used by keyboard")
        if url.startswith("/docs"):
            return
        page.focus("a.skip")
        page.keyboard.press("Enter")
        self.faults.check(page.evaluate("document.activeElement?.id") == "content", url,
                          "the skip link does not lead to the content")


def main():
    address, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    arguments = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.getuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        visit = Visit(browser, address, folder, os.environ["GNOMON_TOKEN"])
        visit.log_in()
        visit.crawl()
        visit.log_out()
        browser.close()
    kinds = sorted({path for path, _ in list(visit.opened) + list(visit.fetched)})
    (folder / "pages.json").write_text(json.dumps(kinds, indent=2) + "\n")
    print(f"   opened {sum(visit.opened.values())} pages of {len(kinds)} kinds, followed "
          f"{sum(visit.fetched.values())} more links, kept {visit.pictures} pictures in {folder}, "
          f"in {time.monotonic() - start:.0f} s", file=sys.stderr)
    if visit.faults.lines:
        print(f"error: {len(visit.faults.lines)} faults.", file=sys.stderr)
        sys.exit(1)


main()
