"""Prints rows for the tasks that schemathesis asks about: four months of two models, and what came true."""

import csv
import datetime
import random
import sys

DAYS, PER_DAY = 120, 3
START = datetime.datetime(2012, 11, 1, 12, tzinfo=datetime.timezone.utc)
choose = random.Random(1)


def rows():
    for day in range(DAYS):
        for number in range(PER_DAY):
            at = START + datetime.timedelta(days=day, hours=number)
            risk = choose.random()
            yield f"f-{day * PER_DAY + number}", at, risk, choose.random() < 0.2 + 0.6 * risk


def main(kind, regression):
    out = csv.writer(sys.stdout, lineterminator="\n")
    if kind == "predictions":
        score = "value" if regression else "score"
        out.writerow(["prediction_id", "predicted_at", "known_at", "model", "version", score, "origin"])
        for name, at, risk, _ in rows():
            for model, score in [("champion", risk), ("shadow", 0.2 + 0.6 * risk)]:
                row = [at.isoformat(), at.isoformat(), model, "v1", f"{score:.3f}"]
                out.writerow([name, *row, "JFK" if at.hour % 2 else "LGA"])
    else:
        out.writerow(["prediction_id", "observed_at", "known_at", "label"])
        for name, at, risk, outcome in rows():
            observed = (at + datetime.timedelta(hours=5)).isoformat()
            known = (at + datetime.timedelta(days=1 + at.hour % 4)).isoformat()
            out.writerow([name, observed, known, f"{risk + outcome:.3f}" if regression else int(outcome)])


main(sys.argv[1], sys.argv[2] == "regression")
