#!/usr/bin/env bash
# Builds the page and serves it. The port is tried first: nobody should wait for a build to learn that it is busy.
. "$(dirname "$0")/common.sh"
have node || fail "Node is missing. Install Node 20 or newer, then run this again."
node tools/port.mjs
tools/build.sh
exec node tools/serve.mjs
