-- For wrk: each request posts one label with an id of its own.

local token = os.getenv("GNOMON_TOKEN")
local pause = tonumber(os.getenv("GNOMON_LOAD_PAUSE") or "0")
local count = 0

function request()
    count = count + 1
    local body = '{"prediction_id":"load-' .. count
        .. '","observed_at":"2020-02-03T00:00:00Z","label":"' .. (count % 2) .. '"}'
    return wrk.format("POST", "/v1/tasks/load/labels", {
        ["Authorization"] = "Bearer " .. token,
        ["Content-Type"] = "application/json",
    }, body)
end

-- Milliseconds before the next request of a connection; a third of it either way, so that they spread.
function delay()
    return pause > 0 and math.random(math.floor(pause * 2 / 3), math.ceil(pause * 4 / 3)) or 0
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format("answered: %d\n", summary.requests - errors.status))
    io.write(string.format(
        "refused: %d; not connected, read, written or in time: %d %d %d %d\n",
        errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
