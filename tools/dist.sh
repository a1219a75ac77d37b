#!/usr/bin/env bash
# Builds the page for a host, and says what a first visit costs there.
. "$(dirname "$0")/common.sh"
tools/build.sh
node tools/cost.mjs
