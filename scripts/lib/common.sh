# Shared by the scripts beside this folder; sourced, not run.

set -euo pipefail

repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cd "$repository"

# Swift Testing starts all tests at once, and their time limits with them; a few at a time finish as soon.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH="${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-4}"

# Tests of optimised code take half the time; see Package.swift.
export GNOMON_OPTIMISED=1

# Prints the comment at the top of the script for --help.
help_on_request() {
    local argument
    for argument in "$@"; do
        case "$argument" in
            --) return ;;
            -h | --help)
                sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p;}' "$0"
                exit 0
                ;;
        esac
    done
}

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "error: $*"
    exit 1
}

# step "What is done" command…: runs it and says how long it took.
step() {
    local title="$1" start=$SECONDS
    shift
    say "── $title"
    if "$@"; then
        say "   $(duration $((SECONDS - start)))"
    else
        fail "\"$title\" failed after $(duration $((SECONDS - start)))."
    fi
}

duration() {
    if (($1 >= 60)); then
        printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
    else
        printf '%d s' "$1"
    fi
}

# What the first build costs is said only where there is no build yet.
first_time() {
    if [[ ! -d ".build/$1" ]]; then printf ' (the first time takes minutes, later ones seconds)'; fi
}

build_tests() {
    step "Building the tests$(first_time debug)" swift build --build-tests
}

# Few tests at once, where the tool can: many that share two processors would wait for each other beyond their
# time limits.
run_tests() {
    local width=()
    if swift test --help-hidden 2>/dev/null | grep -q -- --experimental-maximum-parallelization-width; then
        width=(--experimental-maximum-parallelization-width $((3 * $(getconf _NPROCESSORS_ONLN))))
    fi
    swift test --disable-xctest --skip-build "${width[@]}" "$@"
}

# Those of what is pure, and of the repository itself.
quick_tests='^(StatisticsTests|EvaluationTests|DecisionTests|IngestTests|ContractTests|PresentationTests|DashboardTests|TidyTests)\.'
