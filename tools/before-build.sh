#!/usr/bin/env bash
# What Trunk copies into the page, one after the other: hooks of its own would run at the same time.
. "$(dirname "$0")/common.sh"
node tools/bundle.mjs
node tools/guide.mjs
tools/relaxed.sh
