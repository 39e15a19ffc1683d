"""Opens every page of a running dashboard in Chromium and checks it; see scripts/browser.

usage: browser.py ADDRESS FOLDER, with a token in GNOMON_TOKEN
"""

import csv
import datetime
import itertools
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
LEAST_TEXT = 11
# Milliseconds; a program that was built for debugging is slow beside other tests.
PATIENCE = 180_000
# Other links of a kind of which a page was opened are only fetched, up to so many.
MOST_LINKS = 2
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
# The smallest text of drawings that can be seen, in pixels; null without a drawing.
SMALLEST = """() => {
    const sizes = [...document.querySelectorAll('figure svg text')]
        .filter(e => e.getBoundingClientRect().width > 0)
        .map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a);
    return sizes.length ? Math.min(...sizes) : null;
}"""
# What pages say that is no command: options of the command line have no place there.
SENTENCES = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('pre, code').forEach(e => e.remove());
    return copy.textContent;
}"""
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
            answer = self.request.get(url, headers=self.headers, timeout=PATIENCE)
            self.known[url] = answer.json() if answer.ok else None
        return self.known[url]

    def sources(self, task, query):
        """Answers about a task, one after the other: those first that a page with such parameters shows."""
        place = "/v1/tasks/" + urllib.parse.quote(task, safe="")

        def ask(path, *names, **more):
            return self.get(place + path, **{name: query.get(name) for name in names}, **more)

        span = ("from", "to", "model", "slice", "as_of", "exact")
        models = [model["model"] for model in (ask("/models") or {}).get("models", [])]
        page = query.get("page", "")
        if page == "rows":
            yield ask("/rows", *span, "order", "cursor", limit=query.get("limit", 50))
        if page == "pairs":
            names = ("from", "to", "slice", "as_of", "champion", "shadow", "decided_differently")
            yield ask("/pairs", *names, limit=query.get("limit", 50))
        if page == "predictions":
            yield ask("/predictions/" + urllib.parse.quote(query["id"], safe=""), "as_of")
        if page == "calibration":
            for model in models:
                yield ask("/calibration", "from", "to", "slice", "as_of", "bins", "exact", model=model)
        if page == "comparison":
            yield ask("/comparison", "as_of", "metric", "exact")
            for model in models:
                yield ask("/comparison", "as_of", "metric", "exact", shadow=model)
        if page == "recommendation":
            yield ask("/recommendation", "as_of")
            yield ask("/recommendations")
        if page == "labels":
            yield ask("/labels/status", "as_of")
        if page == "uploads":
            yield ask("/uploads", "cursor")
        for by in ("all", query.get("by") or "week", "week", "day", "month"):
            yield ask("/report", *span, by=by)
        for value in query["values"]:
            for key in (ask("") or {}).get("slices", []):
                name = value if "=" in value else f"{key}={value}"
                yield ask("/report", "from", "to", "as_of", slice=name)
        # The overview looks at the last 26 weeks. In New York days start before those of UTC end.
        days = ask("/report", "as_of", by="day") or {"models": []}
        for end in {model["windows"][-1]["start"][:10] for model in days["models"] if model["windows"]}:
            start = datetime.date.fromisoformat(end) - datetime.timedelta(days=7 * 26 - 1)
            yield self.get(place + "/report", **{"from": start.isoformat(), "by": "all",
                                                 "as_of": query.get("as_of")})
        yield ask("")


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
    """The route of a page, and the names of its parameters; without any also the task."""
    parts = urllib.parse.urlsplit(url)
    path = re.sub(r"/predictions/[^/]+", "/predictions/{prediction_id}", parts.path)
    path = re.sub(r"/charts/[^/]+", "/charts/{file}", path) if parts.query else path
    names = sorted(name for name, _ in urllib.parse.parse_qsl(parts.query))
    if "exact" in names:  # one such page of each route is enough
        names = ["exact"]
    return (route(path) if names else path), tuple(names)


def route(path):
    path = re.sub(r"^/tasks/[^/]+", "/tasks/{task}", path)
    path = re.sub(r"/predictions/[^/]+", "/predictions/{prediction_id}", path)
    return re.sub(r"/charts/[^/]+", "/charts/{file}", path)


class Visit:
    """One look at every page."""

    def __init__(self, browser, address, folder, token):
        self.browser, self.address, self.folder, self.token = browser, address, folder, token
        self.faults = Faults()
        self.opened, self.fetched = {}, {}
        self.pictures, self.checked_numbers = 0, 0
        self.largest = (0, "")
        self.state = None

    def context(self, **options):
        context = self.browser.new_context(storage_state=self.state, **options)
        context.add_init_script(WATCH_POLICY)
        context.set_default_timeout(PATIENCE)
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
            if what in self.opened:
                if self.fetched.get(what, 0) < MOST_LINKS:
                    self.fetched[what] = self.fetched.get(what, 0) + 1
                    self.fetch(wide, url)
                continue
            self.opened[what] = 1
            for link in self.open(wide, url):
                if link not in seen:
                    seen.add(link)
                    queue.append(link)
        wide.close()

    def fetch(self, context, url):
        answer = context.request.get(
            self.address + url, max_redirects=0, timeout=PATIENCE)
        self.faults.check(answer.status == 200, url, f"answers {answer.status}")
        body = answer.body()
        type = answer.headers.get("content-type", "")
        if "html" in type:
            self.faults.check(len(body) < MOST_BYTES, url, f"has {len(body)} bytes")
            self.largest = max(self.largest, (len(body), url))
        elif "svg" in type:
            root = xml.etree.ElementTree.fromstring(body)
            self.faults.check(root.tag.endswith("svg"), url, "is no drawing")
            self.faults.check(b"<script" not in body, url, "has a script")
        return type, answer

    def open(self, context, url):
        """Checks a page in all ways; returns where it leads."""
        status = 404 if url == "/nowhere" else 200
        if "/charts/" in url or url.endswith(".json"):
            self.fetch(context, url)
            return []
        name = self.name(url)
        start = time.monotonic()
        page = self.watched(context, url)
        self.expected_status = status if status != 200 else None
        answer = page.goto(self.address + url)
        body = answer.body()
        self.faults.check(answer.status == status, url, f"answers {answer.status}")
        self.faults.check(len(body) < MOST_BYTES, url, f"has {len(body)} bytes")
        self.largest = max(self.largest, (len(body), url))
        self.faults.check(b"<script" not in body, url, "has a script")
        links = self.links(page)
        headings = page.eval_on_selector_all("h1,h2,h3", "all => all.map(e => e.textContent)")
        is_whole = "?" not in url
        self.look(page, url, name, logged_in=status == 200, is_whole=is_whole)
        self.numbers(page, url)
        if is_whole:
            self.keyboard(page, url)
        # No page has a script, so that one shows for all that none is needed.
        if url == "/":
            self.without_scripts(url, headings)
        page.close()
        print(f"   {url} ({time.monotonic() - start:.1f} s)", file=sys.stderr)
        self.expected_status = None
        return links

    def without_scripts(self, url, headings):
        plain = self.context(viewport=WIDE, java_script_enabled=False)
        page = plain.new_page()
        page.goto(self.address + url)
        without = page.locator("h1,h2,h3").all_text_contents()
        self.faults.check(without == headings, url, "is another page without JavaScript")
        plain.close()

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

        def failed(request):
            # The browser itself gives up what it was loading when it goes to another page.
            if request.failure != "net::ERR_ABORTED":
                self.faults.add(place, f"{request.url} could not be loaded: {request.failure}")

        page.on("console", told)
        page.on("pageerror", lambda error: self.faults.add(place, f"a script failed: {error}"))
        page.on("requestfailed", failed)
        page.on("response", answered)
        return page

    def look(self, page, url, name, logged_in=True, is_whole=True):
        """Light, dark and narrow: accessibility, policy, width, and a picture."""
        for scheme in ("light", "dark") if is_whole else ("light",):
            page.emulate_media(color_scheme=scheme)
            self.axe(page, f"{url} ({scheme})")
            self.picture(page, f"{name}-{scheme}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        self.faults.check(width <= NARROW["width"], url, f"is {width} pixels wide on a phone")
        smallest = page.evaluate(SMALLEST) or LEAST_TEXT
        self.faults.check(smallest >= LEAST_TEXT, url, f"has text of {smallest:.1f} pixels on a phone")
        if not url.startswith("/docs"):
            for option in re.findall(r"--[a-z-]+", page.evaluate(SENTENCES)):
                self.faults.add(url, f"speaks of the option {option}")
        if is_whole:
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
            query["page"] = segments[3] if len(segments) > 3 else ""
            query["id"] = segments[4] if len(segments) > 4 else ""
        else:
            tasks = [task["task"] for task in self.answers.get("/v1/tasks")["tasks"]]
        query["values"] = [text.strip() for text in page.locator("tbody th").all_text_contents()]
        missing, known = {value: text for value, text in shown if value != "null"}, set()
        sources = (source for task in tasks for source in self.answers.sources(task, query))
        for source in itertools.chain(sources, self.files(page)):
            collect(source, known)
            missing = {value: text for value, text in missing.items()
                       if float(value) not in known}
            if not missing:
                break
        for value, text in missing.items():
            self.faults.add(url, f"the API does not give {value}, shown as {text}")
        self.checked_numbers += len(shown)

    def files(self, page):
        """What the drawings of a page show and the API does not, such as a curve: the same as in their files."""
        for link in self.links(page):
            if "/charts/" in link and ".csv" in link:
                text = page.context.request.get(self.address + link).text()
                for line in csv.reader(text.splitlines()):
                    yield [float(cell) for cell in line if re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", cell)]

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
    kinds = sorted({route(path) for path, _ in list(visit.opened) + list(visit.fetched)})
    (folder / "pages.json").write_text(json.dumps(kinds, indent=2) + "\n")
    print(f"   opened {len(visit.opened)} pages of {len(kinds)} routes, followed "
          f"{sum(visit.fetched.values())} more links, compared {visit.checked_numbers} numbers, kept "
          f"{visit.pictures} pictures in {folder}, in {time.monotonic() - start:.0f} s", file=sys.stderr)
    print("   the largest page has {} bytes: {}".format(*visit.largest), file=sys.stderr)
    if visit.faults.lines:
        print(f"error: {len(visit.faults.lines)} faults.", file=sys.stderr)
        sys.exit(1)


main()
