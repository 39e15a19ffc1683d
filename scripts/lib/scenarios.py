"""Twenty-four lives of a task and what is said of them.

usage: scenarios.py GNOMON DIRECTORY [NAME…]

Each life is made with a seed, loaded as history, and asked about as of one day: `recommend` and, where there are shadows, `compare`.
Ends with a status above 0 where another verdict is given than the life asks for, or what matters of it is not said.
"""

import dataclasses
import datetime
import math
import pathlib
import random
import re
import subprocess
import sys
import typing

GNOMON, DIRECTORY = sys.argv[1], pathlib.Path(sys.argv[2])
START = datetime.date(2025, 1, 1)


def sigmoid(logit):
    return 1 / (1 + math.exp(-logit))


class Case:
    """A case that is predicted: its day, region, what is known of it, and a generator for all that is chance."""

    def __init__(self, day, number, generator, entity=None):
        self.day, self.number, self.entity = day, number, entity
        self.region = generator.choice(["north", "south", "east", "west"])
        self.x = generator.gauss(0, 1)
        self.noise = generator.gauss(0, 1)


@dataclasses.dataclass
class Life:
    """What a scenario needs besides its story; a score, a truth and what is asked."""

    story: str
    truth: typing.Callable
    models: dict
    days: int = 200
    rows: int = 60
    delay: int = 2
    kind: str = "binary"
    settings: list = dataclasses.field(default_factory=list)
    labelled: typing.Callable = lambda case, generator: True
    known: typing.Callable = lambda case, model: True
    version: typing.Callable = lambda case, model: "1"
    entities: int = 0
    before: list = dataclasses.field(default_factory=list)
    is_now: bool = False
    compare: list = dataclasses.field(default_factory=list)


def chance(logit):
    """A truth of two classes with this logit."""
    return lambda case, generator: int(generator.random() < sigmoid(logit(case)))


def skilled(noise, shift=0.0, base=-1.0):
    """A score that knows `x` up to noise of its own."""
    return lambda case, generator: sigmoid(base + shift + 1.5 * case.x + generator.gauss(0, noise))


def from_day(day, before, after):
    """Another behaviour from a day on."""
    return lambda case, generator: (after if case.day >= day else before)(case, generator)


TRUTH = chance(lambda case: -1 + 1.5 * case.x)
CHAMPION = skilled(0.5)
BLIND = lambda case, generator: sigmoid(-1 + generator.gauss(0, 0.3))
BETTER = skilled(0.1)
POOR = skilled(1.2)

LIVES = {
    "quiet": Life("A good champion, nothing happens.", TRUTH, {"champion": CHAMPION}),
    "broken": Life(
        "From day 150 on the champion's feature is lost.", TRUTH,
        {"champion": from_day(150, CHAMPION, BLIND)},
    ),
    "shifted": Life(
        "From day 150 on twice as many cases are positive, and the scores do not know it.",
        chance(lambda case: -1 + 1.5 * case.x + (1.3 if case.day >= 150 else 0)), {"champion": CHAMPION},
    ),
    "harder": Life(
        "From day 150 on cases are closer to even, for any model; the champion knows them as well as before.",
        chance(lambda case: (-1 + 1.5 * case.x) * (0.5 if case.day >= 150 else 1.5)),
        {
            "champion": lambda case, generator: sigmoid(
                (-1 + 1.5 * case.x) * (0.5 if case.day >= 150 else 1.5) + generator.gauss(0, 0.3)
            )
        },
    ),
    "thin": Life(
        "Three cases a day, and the champion breaks on day 180.", TRUTH,
        {"champion": from_day(180, CHAMPION, BLIND)}, rows=3,
    ),
    "late": Life(
        "Labels take 60 days; the champion broke 20 days ago.", TRUTH,
        {"champion": from_day(180, CHAMPION, BLIND)}, delay=60,
    ),
    "few_labels": Life(
        "One case in ten is ever labelled.", TRUTH, {"champion": CHAMPION},
        labelled=lambda case, generator: generator.random() < 0.1,
    ),
    "silent": Life(
        "The champion has logged nothing for 35 days.", TRUTH, {"champion": CHAMPION},
        known=lambda case, model: case.day < 165,
    ),
    "recovered": Life(
        "Broken on days 100 to 129, mended since.", TRUTH,
        {"champion": from_day(100, CHAMPION, from_day(130, BLIND, CHAMPION))}, days=260,
    ),
    "accepted": Life(
        "Broken on day 100; somebody has accepted that level.", TRUTH,
        {"champion": from_day(100, CHAMPION, BLIND)},
        before=[["recommend", "--acknowledge", "The feature will not come back."]], is_now=True,
    ),
    "better_shadow": Life(
        "A shadow is better by a fifth.", TRUTH, {"champion": POOR, "candidate": BETTER},
    ),
    "broken_shadow": Life(
        "A shadow was better by a fifth and broke on day 170; labels take 30 days.", TRUTH,
        {"champion": POOR, "candidate": from_day(170, BETTER, BLIND)}, delay=30,
    ),
    "harmed_slice": Life(
        "A shadow is better, but in the south it has the wrong way round.", TRUTH,
        {
            "champion": POOR,
            "candidate": lambda case, generator: skilled(0.1)(case, generator)
            if case.region != "south"
            else sigmoid(-1 - 0.3 * case.x),
        },
        settings=["--slices", "region"],
    ),
    "twin": Life(
        "A shadow is the champion, deployed once more.", TRUTH,
        {"champion": lambda case, generator: sigmoid(-1 + 1.5 * case.x + 0.5 * case.noise)} | {
            "candidate": lambda case, generator: sigmoid(-1 + 1.5 * case.x + 0.5 * case.noise)
        },
        compare=["--margin", "0.01"],
    ),
    "slightly_better": Life(
        "A shadow is surely better, by little.", TRUTH,
        {"champion": skilled(0.5), "candidate": skilled(0.3)}, rows=400,
    ),
    "sampled_shadow": Life(
        "A better shadow is given one request in two.", TRUTH, {"champion": POOR, "candidate": BETTER},
        known=lambda case, model: model == "champion" or case.number % 2 == 0,
    ),
    "entities": Life(
        "The same 60 customers come back every day; the shadow suits some of them better.",
        chance(lambda case: -1 + 1.5 * case.x + [-2, 2][int(case.entity[1:]) % 2]),
        {
            "champion": CHAMPION,
            "candidate": lambda case, generator: sigmoid(
                -1 + 1.5 * case.x + ([-2, 2][int(case.entity[1:]) % 2] if int(case.entity[1:]) % 7 < 4 else 0)
            ),
        },
        entities=60,
    ),
    "regression": Life(
        "A forecast of minutes with heavy tails; a shadow is better; the champion is off by 10 from day 150 on.",
        lambda case, generator: round(30 + 10 * case.x + generator.expovariate(0.1), 2),
        {
            "champion": lambda case, generator: round(
                40 + 7 * case.x + generator.gauss(0, 6) + (10 if case.day >= 150 else 0), 2
            ),
            "candidate": lambda case, generator: round(37 + 10 * case.x + generator.gauss(0, 2), 2),
        },
        kind="regression",
    ),
    "rare": Life(
        "One case in a hundred is positive, and from day 150 on the champion does not tell them apart.",
        chance(lambda case: -5.5 + 1.5 * case.x),
        {
            "champion": from_day(
                150, skilled(0.3, base=-5.5),
                lambda case, generator: sigmoid(-5.5 + 1.5 * generator.gauss(0, 1)),
            )
        },
        rows=400,
    ),
    "two_shadows": Life(
        "Two shadows, one better by a fifth and one worse, and a champion that breaks on day 160.", TRUTH,
        {"champion": from_day(160, POOR, BLIND), "candidate": BETTER, "cheaper": skilled(2.5)},
    ),
    "young": Life("A task of nine days.", TRUTH, {"champion": CHAMPION, "candidate": BETTER}, days=9),
    "canary": Life(
        "A new version of the champion takes one request in ten from day 150 on, and is blind.", TRUTH,
        {
            "champion": lambda case, generator: (
                BLIND if case.day >= 150 and case.number % 10 == 0 else CHAMPION
            )(case, generator)
        },
        version=lambda case, model: "2" if case.day >= 150 and case.number % 10 == 0 else "1",
    ),
    "only_positives": Life(
        "Only fraud is ever reported; silence for 30 days means that there was none.", TRUTH,
        {"champion": CHAMPION, "candidate": BETTER}, delay=10,
        labelled=lambda case, generator: False, settings=["--horizon", "30d", "--no-label-means", "negative"],
    ),
    "useless": Life(
        "A champion that never told cases apart.", TRUTH, {"champion": BLIND},
    ),
}


# The first line of `recommend`, and what it or `compare` has to say.
EXPECTED = {
    "quiet": ("Keep champion.", ["champion does as well as its baseline allows"]),
    "broken": ("Retrain champion.", ["train it anew.", "retraining surely pays"]),
    "shifted": ("Recalibrate champion.", ["surely win enough to matter"]),
    "harder": ("Retrain champion.", ["nor training it anew on what is logged would be enough"]),
    "thin": ("Keep champion.", ["Nothing shows that champion has become worse"]),
    "late": ("Keep champion.", ["this is about the days before 2025-05-21"]),
    "few_labels": ("Not enough evidence", ["the least coverage may be set lower"]),
    "silent": ("Keep champion.", ["champion has made no prediction since 2025-06-15"]),
    "recovered": ("Keep champion.", ["is surely back since"]),
    "accepted": ("Keep champion.", ["as when the alarm about it was acknowledged"]),
    "better_shadow": ("Promote candidate", ["by enough to matter", "Promote candidate. •"]),
    "broken_shadow": ("Keep champion.", ["is not promoted for it", "what earlier days showed"]),
    "harmed_slice": ("Keep champion.", ["worse for region=south", "and surely worse in a slice."]),
    "twin": ("Keep champion.", ["there is nothing to gain.", "is as good as champion"]),
    "slightly_better": ("Keep champion.", ["is safe, and not urgent", "by less than matters."]),
    "sampled_shadow": ("Keep champion.", ["50.0 % of the champion's requests; 90.0 % are asked for"]),
    "entities": ("Promote candidate", ["tell as much as"]),
    "regression": ("Promote candidate", ["champion has become worse, and candidate does better"]),
    "rare": ("Retrain champion.", ["train it anew."]),
    "two_shadows": ("Promote candidate", ["Keep champion rather than cheaper."]),
    "young": ("Not enough evidence", ["it may be whole on 2025-03-04"]),
    "canary": ("Keep champion.", ["champion does as well as its baseline allows"]),
    "only_positives": ("Keep champion.", ["is safe, and not urgent"]),
    "useless": ("Keep champion.", ["a better model is needed."]),
}

PROBLEMS = []


def run(*arguments, statuses=(0,)):
    done = subprocess.run([GNOMON, *arguments], capture_output=True, text=True)
    if done.returncode not in statuses:
        sys.exit(f"gnomon {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def write(life, name):
    """The files of a life."""
    generator = random.Random(name)
    predictions, labels = [], []
    for day in range(life.days):
        at = datetime.datetime.combine(START, datetime.time()) + datetime.timedelta(days=day)
        for number in range(life.rows):
            instant = at + datetime.timedelta(seconds=86_400 * number // life.rows)
            case = Case(day, number, generator, f"c{number % life.entities}" if life.entities else None)
            truth = life.truth(case, generator)
            for model, score in life.models.items():
                value = score(case, generator)
                if life.known(case, model):
                    predictions.append(
                        f"{day}-{number},{instant.isoformat()}Z,{instant.isoformat()}Z,{model},"
                        f"{life.version(case, model)},{value:.4f},{case.x:.3f}"
                        + (f",{case.region}" if "--slices" in life.settings else "")
                        + (f",{case.entity}" if life.entities else "")
                    )
            only = "--no-label-means" in life.settings
            if (only and truth == 1) or (not only and life.labelled(case, generator)):
                known = (instant + datetime.timedelta(days=life.delay) - datetime.timedelta(hours=1)).isoformat()
                labels.append(f"{day}-{number},{known}Z,{known}Z,{truth}")
    score = "score" if life.kind == "binary" else "value"
    files = {
        "predictions": [f"prediction_id,predicted_at,known_at,model,version,{score},feature.x"
                        + (",region" if "--slices" in life.settings else "")
                        + (",entity" if life.entities else "")] + predictions,
        "labels": ["prediction_id,observed_at,known_at,label"] + labels,
    }
    for what, lines in files.items():
        path = DIRECTORY / f"{name}-{what}.csv"
        path.write_text("\n".join(lines) + "\n")
        yield what, path


def tell(name):
    life = LIVES[name]
    horizon = [] if "--horizon" in life.settings else ["--horizon", f"{life.delay}d"]
    run("task", "create", name, "--kind", life.kind, *horizon, *life.settings)
    for what, path in write(life, name):
        run(what, "upload", "--task", name, "--backfill", str(path))
        path.unlink()
    run("model", "role", "--task", name, "champion", "champion", "--from", str(START))
    for arguments in life.before:
        run(*arguments, "--task", name, statuses=range(64))
    day = START + datetime.timedelta(days=life.days)
    as_of = [] if life.is_now else ["--as-of", str(day)]
    print(f"\n## {name}\n\n{life.story} As of {'a later day' if life.is_now else day}.\n")
    asked = [["recommend", "--task", name, *as_of]]
    if len(life.models) > 1:
        asked.append(["compare", "--task", name, *as_of, *life.compare])
    said = ""
    for arguments in asked:
        answer = run(*arguments).rstrip()
        print(f"```\n{answer}\n```\n", flush=True)
        said += " ".join(answer.split()) + " "
    first, sentences = EXPECTED[name]
    # The heading before it ends with an instant.
    if not re.search(rf"\dZ {re.escape(first)}", said):
        PROBLEMS.append(f"{name}: not \"{first}\"")
    PROBLEMS.extend(f'{name} does not say "{one}"' for one in sentences if one not in said)


for name in sys.argv[3:] or LIVES:
    tell(name)
for problem in PROBLEMS:
    print(f"✘ {problem}")
sys.exit(1 if PROBLEMS else 0)
