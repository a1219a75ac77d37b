#!/usr/bin/env bash
# Installs what is missing, then runs every test.
. "$(dirname "$0")/common.sh"
tools/setup.sh

for component in rustfmt clippy; do
  cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component" ||
    fail "$component is missing. Install it: rustup component add $component"
done

if [ -z "${CHROMIUM:-}" ]; then
  CHROMIUM="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
  if [ -z "$CHROMIUM" ]; then
    is_debian || fail "Chromium is missing. Install it, and say where it is: make test CHROMIUM=/path/to/chromium"
    # With a font for the Chinese screenshots.
    apt_install chromium fonts-noto-cjk
    CHROMIUM="$(command -v chromium)"
  fi
fi
export CHROMIUM

# Other engines than Chromium's, which the tests skip, and say so, where they cannot be had.
install_quietly() {
  have "$1" || ! is_debian || (apt_install "${@:2}") || say "$2 cannot be installed here, so its tests are skipped"
}
[ -n "${FIREFOX:-}" ] || install_quietly firefox-esr firefox-esr
install_quietly WebKitWebDriver webkit2gtk-driver
install_quietly xvfb-run xvfb xauth

exec node tools/test.mjs
