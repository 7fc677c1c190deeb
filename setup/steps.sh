# What the set-up scripts share: how they speak, how they fail, and how they install a Debian package. Sourced, not run.

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
state="$here/.setup"
mkdir -p "$state"

say() { printf 'setup: %s\n' "$*" >&2; }

# Ends the set-up with one sentence that says what to do.
fail() {
    printf '\nsetup: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command whose output matters only when it fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# Whether packages can be installed here without asking anybody.
can_install() { have apt-get && as_root true; }

install_packages() {
    say "installing the Debian packages $*"
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
        { quietly as_root apt-get update && quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }
}

# Writes a file only when its contents change, so that make sees no change where there is none.
write() {
    file=$1
    new=$(cat)
    if [ ! -f "$file" ] || [ "$(cat "$file")" != "$new" ]; then
        printf '%s\n' "$new" >"$file"
    fi
}
