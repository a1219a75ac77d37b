# Sourced by the other scripts: where things live, and how they speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/versions.env

# Outside the clone, so that a fresh clone is quick; nothing in it is needed for correctness.
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/contrastive-playground"
PATH="$CACHE/tools/bin:$PWD/node_modules/.bin:$HOME/.cargo/bin:$PATH"
export PATH

say() { printf '\n==> %s\n' "$*" >&2; }
fail() { printf '\nerror: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
is_debian() { have apt-get && have dpkg; }

# Installs Debian packages, as root or through sudo.
apt_install() {
  local sudo=()
  if [ "$(id -u)" != 0 ]; then
    have sudo || fail "these packages are missing: $*. Install them as root: apt-get install $*"
    sudo=(sudo)
  fi
  say "Installing $*"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
