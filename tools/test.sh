#!/usr/bin/env bash
# Installs what is missing, then runs every test.
. "$(dirname "$0")/common.sh"
tools/setup.sh

for component in rustfmt clippy; do
  cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component" ||
    fail "$component is missing. Install it: rustup component add $component"
done

if [ -z "${CHROMIUM:-}" ]; then
  # A snap, as Ubuntu has it, cannot see the folders that tests give it.
  [ -e /snap/bin/chromium ] || CHROMIUM="$(command -v chromium || command -v chromium-browser || true)"
  CHROMIUM="${CHROMIUM:-$(command -v google-chrome || true)}"
  if [ -z "$CHROMIUM" ]; then
    is_debian || fail "Chromium is missing. Install it, and say where it is: make test CHROMIUM=/path/to/chromium"
    # With a font for the Chinese screenshots.
    { (apt_install chromium fonts-noto-cjk) && [ ! -e /snap/bin/chromium ]; } ||
      fail "Chromium cannot be installed here. Where it is a snap, as on Ubuntu, take Google's: https://www.google.com/chrome"
    CHROMIUM="$(command -v chromium)"
  fi
fi
export CHROMIUM

# Other engines than Chromium's, which the tests skip, and say so, where they cannot be had.
install_quietly() {
  have "$1" || ! is_debian || (apt_install "${@:2}") || say "$2 cannot be installed here, so its tests are skipped"
}
if [ -z "${FIREFOX:-}" ] && { [ -e /snap/bin/firefox ] || ! have firefox; }; then install_quietly firefox-esr firefox-esr; fi
install_quietly WebKitWebDriver webkit2gtk-driver
install_quietly xvfb-run xvfb xauth

exec node tools/test.mjs
