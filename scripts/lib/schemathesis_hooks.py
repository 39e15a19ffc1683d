"""Tells schemathesis how bodies of lines are written."""

import schemathesis


@schemathesis.serializer("application/x-ndjson", "text/csv")
def serialize_lines(ctx, value):
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else str(value).encode()
