"""Tells schemathesis what no schema says: what rows are, and whose token it must leave alone."""

import json
import random

import schemathesis
from schemathesis import GenerationMode

PREDICTION = {"predicted_at": "2013-01-01T10:00:00Z", "model": "champion", "version": "v1"}
LABEL = {"observed_at": "2013-01-01T14:00:00Z", "label": "1"}


@schemathesis.serializer("application/x-ndjson", "text/csv")
def serialize_lines(ctx, value):
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else str(value).encode()


@schemathesis.hook
def filter_case(context, case):
    """Without its own token everything after would be 401, and nothing tried."""
    return not (case.method.upper() == "DELETE" and case.path_parameters.get("token") == "tests")


@schemathesis.hook
def map_case(context, case):
    """Names every other request anew, and makes every other body that may be anything one of good rows."""
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return case
    choose = random.Random(repr([case.path_parameters, case.query, case.headers, case.body]))
    if "Idempotency-Key" in case.headers and choose.random() < 0.5:
        case.headers["Idempotency-Key"] = f"{choose.getrandbits(64)}"
    row = good_row(case)
    if row is not None and choose.random() < 0.5:
        rows = [{"prediction_id": f"f-{choose.randrange(1000)}", **row} for _ in range(choose.randrange(1, 4))]
        case.body = written(rows, case.media_type)
    return case


def good_row(case):
    """What a row of the operation needs beside its id; nothing where no rows are posted."""
    score = {"value" if case.path_parameters.get("task") == "delays" else "score": 0.3}
    operation = case.operation.definition.raw.get("operationId")
    known = {"known_at": "2013-01-02T10:00:00Z"} if str(case.query.get("backfill")).lower() == "true" else {}
    if operation == "postPredictions":
        return {**PREDICTION, **score, **known}
    if operation == "postLabels":
        return {**LABEL, **known}
    if operation == "putBaseline":
        return {**PREDICTION, **score, **LABEL}
    return None


def written(rows, media_type):
    if media_type == "application/json":
        return rows
    if media_type == "application/x-ndjson":
        return "".join(json.dumps(row) + "\n" for row in rows)
    return "\n".join([",".join(rows[0])] + [",".join(map(str, row.values())) for row in rows]) + "\n"
