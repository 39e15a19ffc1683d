# Sees to what the build needs: a Swift toolchain, libpq, simdjson, zlib and the PostgreSQL server; and for
# the tests a validator of JSON Schemas, and a browser with what drives it.
# Sourced after common.sh.

oldest_swift="6.2"

# With the argument "tests" also to what only they need.
set_up() {
    check_swift
    local missing
    missing="$(missing_packages "$@")"
    if [[ -z "$missing" ]]; then return; fi
    case "$(uname -s)" in
        Darwin) install_with_homebrew ;;
        Linux)
            if command -v apt-get >/dev/null; then
                install_with_apt "$missing"
            else
                fail "missing: $missing. Install the packages of these names, as your system calls" \
                    "them (Fedora: dnf install libpq-devel postgresql-server simdjson-devel" \
                    "zlib-devel pkgconf python3-jsonschema)."
            fi
            ;;
        *) fail "missing: $missing. This script knows Debian, Ubuntu and macOS only." ;;
    esac
    missing="$(missing_packages "$@")"
    if [[ -n "$missing" ]]; then fail "still missing after the installation: $missing."; fi
}

check_swift() {
    command -v swift >/dev/null ||
        fail "there is no Swift toolchain. Install Swift 6.3 from https://www.swift.org/install."
    local version
    version="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -1)"
    if [[ "$(printf '%s\n%s\n' "$oldest_swift" "$version" | sort -V | head -1)" != "$oldest_swift" ]]; then
        fail "Swift $version is too old; $oldest_swift or later is needed:" \
            "https://www.swift.org/install."
    fi
}

# The Debian names of what is not there, whoever installed what is.
missing_packages() {
    local missing=()
    if ! command -v pkg-config >/dev/null; then missing+=(pkg-config); fi
    has_library libpq libpq-fe.h || missing+=(libpq-dev)
    has_library simdjson simdjson.h || missing+=(libsimdjson-dev)
    has_library zlib zlib.h || missing+=(zlib1g-dev)
    has_server || missing+=(postgresql)
    if [[ "${1-}" == tests ]]; then
        has_validator || missing+=(python3-jsonschema)
        has_browser || missing+=(chromium)
        has_python_environments || missing+=(python3-venv)
    fi
    printf '%s' "${missing[*]-}"
}

has_library() {
    if [[ "$(uname -s)" == Darwin ]]; then
        # macOS has zlib; Homebrew keeps libpq out of pkg-config's way, where SwiftPM finds it.
        [[ "$1" == zlib ]] || brew list "$1" >/dev/null 2>&1
    elif command -v pkg-config >/dev/null; then
        pkg-config --exists "$1"
    else
        [[ -e "/usr/include/$2" || -e "/usr/include/postgresql/$2" ]]
    fi
}

has_server() {
    command -v initdb >/dev/null ||
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
        compgen -G '/opt/homebrew/opt/postgresql*/bin/initdb' >/dev/null ||
        compgen -G '/usr/local/opt/postgresql*/bin/initdb' >/dev/null
}

# Tests hold what the program answers against docs/schemas. Homebrew has no such package, so there they are left
# out where Python has none.
has_validator() {
    [[ "$(uname -s)" == Darwin ]] || PATH=/usr/bin:/bin python3 -c 'import jsonschema' >/dev/null 2>&1
}

# Tests open the pages in it. On macOS they are left out where there is none of this name.
has_browser() { [[ "$(uname -s)" == Darwin ]] || command -v chromium >/dev/null; }

has_python_environments() {
    [[ "$(uname -s)" == Darwin ]] || python3 -c 'import ensurepip, venv' >/dev/null 2>&1
}

browser_tools="$repository/.build-tools/browser"

# Installs what drives the browser, from PyPI; the browser itself is the system's.
set_up_browser() {
    if [[ -f "$browser_tools/complete" ]]; then return; fi
    command -v chromium >/dev/null || set_up tests
    step "Installing what drives the browser" install_browser_driver
}

install_browser_driver() {
    python3 -m venv --clear "$browser_tools" &&
        "$browser_tools/bin/pip" install --quiet --disable-pip-version-check \
            playwright==1.65.2 axe-playwright-python==0.1.8 &&
        touch "$browser_tools/complete"
}

as_root() {
    if [[ "$(id -u)" == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "root is needed for: $*. Run that as root, then this script again."
    fi
}

install_with_apt() {
    local packages
    read -ra packages <<<"$1"
    say "Missing packages: $1. They are installed with apt-get."
    step "Updating the list of packages" as_root apt-get update -qq
    if [[ " $1 " == *" postgresql "* ]]; then
        step "Installing PostgreSQL without a cluster of its own" install_postgresql
    fi
    step "Installing $1" apt_install "${packages[@]}"
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        "$@" >/dev/null
}

# Debian starts a cluster when the server is installed, which nobody asked for: gnomon makes its own.
# The setting that says so is put back afterwards.
install_postgresql() {
    local settings=/etc/postgresql-common/createcluster.conf status=0
    if ! apt_install postgresql-common; then return 1; fi
    if [[ ! -f "$settings" ]]; then
        apt_install postgresql
        return
    fi
    as_root cp -p "$settings" "$settings.before-gnomon"
    as_root sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' "$settings"
    apt_install postgresql || status=$?
    as_root mv "$settings.before-gnomon" "$settings"
    return "$status"
}

install_with_homebrew() {
    command -v brew >/dev/null ||
        fail "Homebrew is needed for libpq, simdjson and PostgreSQL: https://brew.sh."
    say "This runs: brew install libpq simdjson pkgconf postgresql@17"
    say "Nothing is started and nothing that is installed is changed."
    step "Installing with Homebrew" brew install --quiet libpq simdjson pkgconf postgresql@17
}
