-- For wrk: requests take turns over the tasks named by GNOMON_LOAD_TASKS (a number), each posting one row with
-- an id of its own, after GNOMON_LOAD_PREFIX. With GNOMON_LOAD_BOTH=1 every other one is a prediction, whose label follows.

local token = os.getenv("GNOMON_TOKEN")
local pause = tonumber(os.getenv("GNOMON_LOAD_PAUSE") or "0")
local tasks = tonumber(os.getenv("GNOMON_LOAD_TASKS") or "1")
local prefix = os.getenv("GNOMON_LOAD_PREFIX") or "load-"
local both = os.getenv("GNOMON_LOAD_BOTH") == "1"
local count = 0

local headers = {
    ["Authorization"] = "Bearer " .. token,
    ["Content-Type"] = "application/json",
}

local function post(task, kind, body)
    return wrk.format("POST", "/v1/tasks/load" .. task .. "/" .. kind, headers, body)
end

function request()
    count = count + 1
    local task = count % tasks
    local turn = math.floor(count / tasks)
    local id = prefix .. (both and math.floor(turn / 2) or count)
    if both and turn % 2 == 0 then
        return post(task, "predictions", '{"prediction_id":"' .. id
            .. '","predicted_at":"2020-01-01T00:00:00Z","model":"gbm","score":0.5}')
    end
    return post(task, "labels", '{"prediction_id":"' .. id
        .. '","observed_at":"2020-02-03T00:00:00Z","label":"' .. (count % 2) .. '"}')
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
    io.write(string.format("p99: %.3f\n", latency:percentile(99) / 1000))
    io.write(string.format("longest: %.3f\n", latency.max / 1000))
end
