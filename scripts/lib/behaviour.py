"""Asks a database that is loaded everything that can be asked, and keeps a file for each answer.

usage: behaviour.py GNOMON DIRECTORY
"""

import concurrent.futures
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

GNOMON, DIRECTORY = sys.argv[1], pathlib.Path(sys.argv[2])

# The fixtures end in 2014; what is later is the present.
PRESENT = re.compile(
    r"20(2[5-9]|[3-9]\d)-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?( UTC|Z|[+-]\d\d(:?\d\d)?)?"
)
PLACE = re.compile(r"http://127\.0\.0\.1:\d+|127\.0\.0\.1:\d+")
FORMS = ["table", "json", "csv"]
TASKS = {
    "flights": ["2013-04-02", "2013-07-01T12:00:00Z", "2013-12-01"],
    "delays": ["2013-07-01"],
    "dirty": ["2013-04-02"],
    "rain": ["1960-01-01", "1980-06-01"],
    "empty": ["2013-04-02"],
}
SPANS = {"rain": ("1970-01-01", "1975-01-01")}


def keep(kind, name, text):
    text = PLACE.sub("<place>", PRESENT.sub("<now>", text))
    name = re.sub(r"[^A-Za-z0-9=.,_-]+", "_", PRESENT.sub("now", name)).strip("_")
    if len(name) > 180:
        name = name[:150] + "_" + format(sum(map(ord, name)) + 31 * len(name), "x")
    path = DIRECTORY / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def run(arguments):
    done = subprocess.run(
        [GNOMON, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    keep(
        "commands",
        " ".join(arguments),
        f"{done.stdout}── errors\n{done.stderr}── status {done.returncode}\n",
    )
    return done.stdout


def questions():
    for task, instants in TASKS.items():
        start, end = SPANS.get(task, ("2013-04-15", "2013-09-01T12:30:00Z"))
        span, of = ["--from", start, "--to", end], ["--task", task]
        for asked in [[]] + [["--as-of", instant] for instant in instants]:
            for period in ["week", "month", "all"] if task == "rain" else ["day", "week", "month", "all"]:
                yield ["report", *of, "--by", period, *asked]
            yield ["report", *of, "--by-version", *asked]
            yield ["report", *of, "--exact", *span, *asked]
            yield ["report", *of, "--metrics", "all", "--model", "shadow", *asked]
            yield ["report", *of, "--slice", "origin=<JFK> & more", "--by", "month", *asked]
            for model in ["champion", "shadow"]:
                yield ["calibration", *of, "--model", model, *span, *asked]
                yield ["calibration", *of, "--model", model, "--bins", "7", *asked]
                yield ["recalibrate", *of, "--model", model, *asked]
                yield ["recommend", *of, "--model", model, *asked]
            for metric in ["log_loss", "accuracy", "squared_error", "brier_score"]:
                yield ["compare", *of, "--metric", metric, *asked]
            yield ["compare", *of, *span, "--minimum-gain", "0.001", "--exit-code", *asked]
            yield ["compare", *of, "--slice", "origin=<JFK> & more", *asked]
            yield ["pairs", *of, "--shadow", "shadow", *span, "--slice", "origin=<JFK> & more", *asked]
            yield ["pairs", *of, "--shadow", "shadow", "--decided-differently", *asked]
            yield ["recommend", *of, "--exit-code", *asked]
            yield ["recommend", *of, "--without-shadows", "--confirm", "2/3", *asked]
            yield ["recommend", *of, "--cool-down", "14d", *asked]
            yield ["recalibrate", *of, "--method", "isotonic", *span, *asked]
            yield ["labels", "status", *of, *asked]
        yield ["recommend", *of, "--walk", "..".join(span[1::2])[:22]]
        yield ["recommend", *of, "--history", "--limit", "5"]
        yield ["labels", "rejects", *of, "--limit", "500"]
        yield ["uploads", "list", *of]
        yield ["uploads", "show", "1", *of]
        yield ["uploads", "show", "2", *of]
        yield ["model", "list", *of]
        yield ["task", "show", task]
        yield ["verify", *of]
        yield ["prune", *of, "--dry-run"]
        yield ["forget", *of, "--prediction-id", "nobody", "--dry-run"]
    yield ["task", "list"]
    yield ["token", "list"]
    yield ["migrate"]


def refusals():
    of = ["--task", "flights"]
    for arguments in [
        ["report"], ["report", "--task", "nothing"], ["report", *of, "--by", "year"],
        ["report", *of, "--from", "2014-01-01", "--to", "2013-01-01"],
        ["report", *of, "--from", "yesterday"], ["report", *of, "--as-of", "2999-01-01"],
        ["report", *of, "--metrics", "nothing"], ["report", *of, "--slice", "nothing"],
        ["report", *of, "--slice", "origin=nothing"], ["report", *of, "--model", "nobody"],
        ["compare", *of, "--from", "2014-01-01", "--to", "2013-01-01"],
        ["compare", *of, "--metric", "crps"], ["compare", *of, "--shadow", "champion"],
        ["calibration", *of], ["calibration", *of, "--model", "champion", "--bins", "1000"],
        ["calibration", "--task", "delays", "--model", "champion"],
        ["recommend", *of, "--confirm", "3/2"], ["recommend", *of, "--cool-down", "soon"],
        ["recommend", *of, "--walk", "2014-01-01..2013-01-01"],
        ["recommend", *of, "--limit", "3"], ["recommend", *of, "--acknowledge", "nothing"],
        ["recalibrate", *of, "--from", "2014-01-01", "--to", "2013-01-01"],
        ["recalibrate", *of, "--method", "magic"], ["recalibrate", "--task", "delays"],
        ["task", "create", "flights", "--kind", "binary"], ["task", "create", "x", "--kind", "odd"],
        ["task", "create", "x", "--kind", "multiclass", "--classes", "a,b,c"],
        ["task", "create", "x", "--kind", "binary", "--time-zone", "Mars/Olympus"],
        ["task", "create", "x", "--kind", "binary", "--horizon", "soon"],
        ["task", "create", "x", "--kind", "regression", "--threshold", "0.5"],
        ["task", "set", "flights"], ["task", "set", "flights", "--tolerance", "1000%"],
        ["task", "set", "flights", "--time-zone", "UTC"], ["task", "set", "delays", "--threshold", "0.4"],
        ["task", "rename", "flights", "a b"], ["task", "delete", "flights"],
        ["model", "role", *of, "nobody", "shadow"], ["model", "rename", *of, "shadow", "champion"],
        ["uploads", "withdraw", "77", *of, "--note", "none"], ["uploads", "show", "0", *of],
        ["predictions", "upload", *of, "/no/such.csv"], ["labels", "upload", *of, "/tmp"],
        ["token", "create", "x", "--scopes", "everything"], ["token", "revoke", "nobody"],
        ["serve", "--port", "99999"], ["nothing"],
    ]:
        yield arguments


def helps():
    """Every command's help, found by following the lists of subcommands."""
    waiting = [[]]
    while waiting:
        command = waiting.pop()
        text = run([*command, "--help"])
        listed = re.findall(r"^  ([a-z][a-z-]*)  +\S", text.partition("SUBCOMMANDS:")[2], re.M)
        if "SUBCOMMANDS:" in text:
            waiting += [[*command, name] for name in listed]


def get(base, target, accept=None):
    request = urllib.request.Request(base + target, headers={"Accept": accept} if accept else {})
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.headers.get("Content-Type", ""), reply.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers.get("Content-Type", ""), refused.read()


def ask(kind, base, target, accept=None):
    status, form, body = get(base, target, accept)
    text = body.decode("utf-8", "replace")
    # What an answer of the service is named by differs from one to the next.
    text = re.sub(r'nonce-?=?"?[A-Za-z0-9+/=]{16,}"?', "<nonce>", text)
    keep(kind, f"{target} {accept or ''}", f"{status} {form}\n{text}")
    return text if status == 200 else ""


def routes(description):
    for path, operations in description["paths"].items():
        operation = operations.get("get")
        if not operation or not path.startswith("/v1"):
            continue
        parameters = {
            parameter["name"]: parameter
            for parameter in (resolved(description, item) for item in operation.get("parameters", []))
        }
        for task, instants in TASKS.items():
            filled = path.replace("{task}", task).replace("{upload}", "1")
            filled = filled.replace("{model}", "champion").replace("{token}", "1")
            if "{" in filled:
                continue
            start, end = SPANS.get(task, ("2013-04-15", "2013-09-01T12:30:00Z"))
            values = {
                "as_of": [instants[0]], "from": [start], "to": [end], "model": ["champion", "nobody"],
                "slice": ["origin=<JFK> & more"], "shadow": ["shadow"], "limit": ["3", "0"],
                "by": ["month", "odd"] if task == "rain" else ["day", "month", "odd"], "bins": ["7", "1"], "metrics": ["all", "accuracy"],
                "by_version": ["true"], "exact": ["true"], "metric": ["accuracy", "nothing"],
                "minimum_gain": ["0.001"], "method": ["isotonic"], "confirm": ["2/3"],
                "cool_down": ["14d"], "without_shadows": ["true"], "order": ["worst", "odd"],
                "reason": ["nothing"], "key": ["origin"], "walk": ["2013-04-15..2013-05-15"],
            }
            usual = {"model": "champion"} if parameters.get("model", {}).get("required") else {}
            yield filled + query(usual)
            for name in parameters:
                for value in values.get(name, ["x"] if "{" + name + "}" not in path else []):
                    yield filled + query({**usual, name: value})
            yield filled + query({**usual, "nothing": "1"})


def resolved(description, item):
    while "$ref" in item:
        place = description
        for step in item["$ref"].split("/")[1:]:
            place = place[step]
        item = place
    return item


def query(values):
    return "?" + urllib.parse.urlencode(values) if values else ""


def crawl(base, of_each=6):
    """Every page that a page leads to; of those with the same path only some, and none of the present instant."""
    waiting, seen, counts = ["/"], {"/"}, {}
    while waiting:
        target = waiting.pop(0)
        text = ask("pages", base, target, "text/html")
        for link in map(html.unescape, re.findall(r'(?:href|src|action)="(/[^"]*)"', text)):
            link = link.partition("#")[0]
            path = link.partition("?")[0]
            if link in seen or PRESENT.search(link) or path.startswith(("/v1", "/logout")):
                continue
            seen.add(link)
            counts[path] = counts.get(path, 0) + 1
            if counts[path] <= of_each:
                waiting.append(link)


def with_service(body):
    service = subprocess.Popen(
        [GNOMON, "serve", "--open", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    try:
        place = None
        for line in service.stderr:
            if match := re.search(r"listening on (\S+)", line):
                place = match[1]
                break
        assert place, "the service did not start"
        threading.Thread(target=service.stderr.read, daemon=True).start()
        body(place.rstrip("/"))
    finally:
        service.terminate()
        service.wait()


def ask_service(base):
    description = json.loads(ask("api", base, "/openapi.json"))
    for target in ["/healthz", "/docs", "/v1/tasks", "/v1/tokens", "/v1/token", "/nothing", "/v1/nothing"]:
        ask("api", base, target)
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        list(workers.map(lambda target: ask("api", base, target), routes(description)))
    crawl(base)


def tables():
    """The sums and the evidence, row by row; instants of the present stand as such."""
    url = json.loads(subprocess.run(
        [GNOMON, "database", "status", "--format", "json"], capture_output=True, text=True, check=True
    ).stdout)["connection"]
    psql = lambda statement: subprocess.run(
        ["psql", url, "-XAt", "-v", "ON_ERROR_STOP=1", "-c", statement],
        capture_output=True, text=True, check=True,
    ).stdout
    for table in ["model_cells", "pair_cells", "contradiction_cells", "cohorts", "cohort_cells", "cohort_pair_cells", "baseline_cohorts"]:
        if psql(f"SELECT to_regclass('{table}') IS NOT NULL").strip() == "t":
            keep("tables", table, psql(f"SELECT t.* FROM {table} AS t ORDER BY t::text"))


def main():
    helps()
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        list(workers.map(run, refusals()))
        asked = [[*question, "--format", form] for question in questions() for form in FORMS]
        list(workers.map(run, (question for question in asked if "--as-of" in question)))
    # What is asked of the present is kept, in the order in which it was asked.
    for question in asked:
        if "--as-of" not in question:
            run(question)
    for task in TASKS:
        run(["calibration", "--task", task, "--model", "champion", "--format", "svg"])
    with_service(ask_service)
    tables()


main()
