"""A year of credit applications, made up, loaded in every way in, and judged as of many days.

usage: credit_year.py GNOMON DIRECTORY

Labels take 60 days. Of four models `nn` is better than the champion until it loses its features on the first of May,
`gbm` is better but for the south, where it has learnt the wrong way round, and `twin` is a copy of the champion; the base rate
has a season. Ends with a status above 0 where a verdict depends on the way in, where `nn` is promoted from ten days after
its break on, or where the harm in the south is not said.
"""

import concurrent.futures
import datetime
import json
import math
import pathlib
import random
import socket
import subprocess
import sys
import time
import urllib.request

GNOMON, DIRECTORY = sys.argv[1], pathlib.Path(sys.argv[2])

DELAY = 60
START = datetime.date(2024, 11, 1)
DAYS = 365
BREAK = datetime.date(2025, 5, 1)
ROWS = 60
ASKED = ["2025-03-01", "2025-05-01", "2025-05-06", "2025-05-11", "2025-06-01", "2025-07-15", "2025-10-31"]
HARM = "worse for region=south"


def probability(logit):
    return f"{1 / (1 + math.exp(-logit)):.4f}"


def applications(day, generator):
    """The rows of a day: of each application its scores by model, and what became of it."""
    season = 0.4 * math.cos(2 * math.pi * day / 365)
    is_broken = START + datetime.timedelta(days=day) >= BREAK
    for number in range(ROWS):
        region = generator.choice(["north", "east", "west", "north", "east", "west", "north", "south"])
        x = generator.gauss(0, 1)
        own = 1.6 * x - 1.2
        champion = own + generator.gauss(0, 1.3)
        scores = {
            "champion": champion,
            "nn": 0.1 * x - 1 + generator.gauss(0, 0.4)
            if is_broken
            else own + season + generator.gauss(0, 0.25),
            "gbm": -0.3 * x - 1.2 if region == "south" else own + generator.gauss(0, 0.3),
            "twin": champion,
        }
        at = datetime.datetime.combine(START, datetime.time()) + datetime.timedelta(
            days=day, minutes=20 * number
        )
        is_default = generator.random() < 1 / (1 + math.exp(-own - season))
        yield f"{day}-{number}", at, region, f"{x:.3f}", scores, int(is_default)


class Year:
    """The files of a year: predictions by day, labels by the day on which they became known."""

    def __init__(self):
        generator = random.Random(7)
        self.predictions, labels = [], {}
        for day in range(DAYS):
            rows = []
            for key, at, region, x, scores, is_default in applications(day, generator):
                instant = at.isoformat() + "Z"
                for model, logit in scores.items():
                    rows.append(
                        {
                            "prediction_id": key, "predicted_at": instant, "known_at": instant,
                            "model": model, "score": probability(logit), "region": region,
                            "feature.x": x,
                        }
                    )
                known = at + datetime.timedelta(days=DELAY - 2)
                labels.setdefault(known.date(), []).append(
                    {
                        "prediction_id": key, "observed_at": known.isoformat() + "Z",
                        "known_at": known.isoformat() + "Z", "label": is_default,
                    }
                )
            self.predictions.append(rows)
        self.labels = [rows for _, rows in sorted(labels.items())]


def csv(rows):
    names = list(rows[0])
    lines = [",".join(names)] + [",".join(str(row[name]) for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def ndjson(rows):
    def line(row):
        row = dict(row)
        if "score" in row:
            row["score"] = float(row["score"])
            row["features"] = {"x": float(row.pop("feature.x"))}
        return json.dumps(row)

    return "".join(line(row) + "\n" for row in rows)


def run(*arguments, statuses=(0,)):
    done = subprocess.run([GNOMON, *arguments], capture_output=True, text=True)
    if done.returncode not in statuses:
        sys.exit(f"gnomon {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def create(task):
    run(
        "task", "create", task, "--kind", "binary", "--horizon", f"{DELAY}d", "--slices", "region",
        "--baseline", "first:30",
    )


class Service:
    """`gnomon serve`, whose background work ticks while files come."""

    def __init__(self):
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            self.port = place.getsockname()[1]
        self.process = subprocess.Popen(
            [GNOMON, "serve", "--open", "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        while True:
            try:
                self.ask("/v1/tasks")
                return
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("The service has not started.")
                time.sleep(0.1)

    def ask(self, path, body=None, kind="text/csv"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if body is None else body.encode(),
            headers={} if body is None else {"Content-Type": kind},
        )
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    def send(self, task, what, rows, form=csv):
        kind = "text/csv" if form is csv else "application/x-ndjson"
        self.ask(f"/v1/tasks/{task}/{what}?backfill=true", form(rows), kind)

    def stop(self):
        self.process.terminate()
        self.process.wait()


# MARK: - Ways in


def whole(task, year):
    """Two files, as somebody loads history."""
    for what, files in [("predictions", year.predictions), ("labels", year.labels)]:
        path = DIRECTORY / f"{what}.csv"
        path.write_text(csv([row for rows in files for row in rows]))
        run(what, "upload", "--task", task, "--backfill", str(path))


def by_model(task, year):
    """A file for each model, the champion's last, and labels first."""
    everything = [row for rows in year.predictions for row in rows]
    path = DIRECTORY / "part.ndjson"
    path.write_text(ndjson([row for rows in year.labels for row in rows]))
    run("labels", "upload", "--task", task, "--backfill", str(path))
    for model in ["twin", "nn", "gbm", "champion"]:
        path.write_text(ndjson([row for row in everything if row["model"] == model]))
        run("predictions", "upload", "--task", task, "--backfill", str(path))


def by_day(task, year, service):
    """Daily files in order, over HTTP, with somebody asking in between."""
    waiting = list(year.labels)
    for day, rows in enumerate(year.predictions):
        service.send(task, "predictions", rows)
        if day >= DELAY - 2:
            service.send(task, "labels", waiting.pop(0))
        if day % 60 == 59:
            service.ask(f"/v1/tasks/{task}/recommendation")
    for rows in waiting:
        service.send(task, "labels", rows)


def by_two_senders(task, year, service):
    """Daily files in any order, two at a time, labels among predictions."""
    files = [("predictions", rows) for rows in year.predictions]
    files += [("labels", rows) for rows in year.labels]
    random.Random(11).shuffle(files)
    with concurrent.futures.ThreadPoolExecutor(2) as senders:
        list(senders.map(lambda file: service.send(task, *file, ndjson), files))


# MARK: - Judgement

PROBLEMS = []


def expect(holds, text):
    if not holds:
        PROBLEMS.append(text)


def recommendation(task, day):
    said = json.loads(
        run("recommend", "--task", task, "--as-of", f"{day}T00:00:00Z", "--format", "json")
    )
    # When a task was made, and under which number its settings are.
    del said["task"], said["replay"]
    return said


def comparison(task, day):
    said = json.loads(run("compare", "--task", task, "--as-of", f"{day}T00:00:00Z", "--format", "json"))
    return {one["shadow"]: one for one in said["comparisons"]}


def judge(task, service):
    broken = (BREAK + datetime.timedelta(days=10)).isoformat()
    harmed = False
    print(f"{'as of':<12}{'verdict':<24}{'shadow':<8}what is said of nn")
    for day in ASKED:
        said = recommendation(task, day)
        compared = comparison(task, day)
        vetoes = [veto["kind"] for veto in compared["nn"]["vetoes"]]
        print(f"{day:<12}{said['verdict']:<24}{said['shadow'] or '–':<8}{' '.join(vetoes) or '–'}")
        if day >= broken:
            expect(said["shadow"] != "nn", f"nn is promoted as of {day}")
            expect(compared["nn"]["verdict"] != "promote", f"compare promotes nn as of {day}")
        expect(said["shadow"] != "twin", f"a copy is promoted as of {day}")
        if compared["gbm"]["verdict"] == "promote" and said["shadow"] != "nn":
            harmed = True
            page = service.ask(f"/tasks/{task}/recommendation?as_of={day}T00:00:00Z")
            told = {
                "recommend": " ".join(said["warnings"]),
                "compare": " ".join(compared["gbm"]["reasons"]),
                "page": page,
            }
            for place, text in told.items():
                expect(HARM in text, f"{place} does not say the harm as of {day}")
    expect(harmed, "gbm is never the best shadow, so that its harm cannot be said")
    shares = said["retraining"]["retrained"]
    print(f"trained anew the champion would lose {shares['gain']:.4f} less of {shares['champion_loss']:.4f}")


def main():
    year = Year()
    service = Service()
    try:
        ways = [whole, by_model, by_day, by_two_senders]
        for way in ways:
            create(way.__name__)
            started = time.monotonic()
            way(way.__name__, year, *([service] if way in (by_day, by_two_senders) else []))
            # Else it is one by its name, since it has come.
            run("model", "role", "--task", way.__name__, "champion", "champion", "--from", str(START))
            print(f"{way.__name__}: {way.__doc__} {time.monotonic() - started:.0f} s")
        judge("whole", service)
        for way in ways[1:]:
            for day in ASKED:
                one, other = recommendation("whole", day), recommendation(way.__name__, day)
                different = [name for name in one if one[name] != other[name]]
                expect(not different, f"{way.__name__} as of {day}: other {', '.join(different)}")
    finally:
        service.stop()
    for problem in PROBLEMS:
        print(f"✘ {problem}")
    if not PROBLEMS:
        print(f"✔ The same in {len(ways)} ways, as of {len(ASKED)} days.")
    sys.exit(1 if PROBLEMS else 0)


main()
