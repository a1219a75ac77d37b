# PORT=8081 make serve: another port.   CHROMIUM=/path, FIREFOX=/path make test: another browser.
export PORT CHROMIUM FIREFOX PICTURES PYTHON PACK

.PHONY: serve test learn build dist single size screenshot devices bench bench-first bench-photos bench-showing bench-map bench-cores
serve: ; @tools/serve.sh
test:  ; @tools/test.sh
# The tests that take most of an hour: every seed on Shapes, and CIFAR-10 beside PyTorch.
learn: ; @tools/learn.sh
build: ; @tools/build.sh
# The page for a host: `dist`, and what a visitor downloads of it.
dist:  ; @tools/dist.sh
# What comes with each build, again: all of the page in one file, for a USB stick.
single: ; @node tools/single.mjs
size:  ; @tools/size.sh
# The README's picture, taken of the page as built last.
screenshot: ; @SCREENSHOT=docs/screenshot.png npx playwright test page -g README
# Milliseconds a step beside peers, on the page as built last: ROUNDS=9, PICTURES=64, PYTHON=/path, or PACK=file to take it elsewhere.
bench: ; @tools/bench.sh $(if $(ROUNDS),--rounds $(ROUNDS))
# The device tests alone, on the page as built last.
devices: ; @tools/devices.sh
# Seconds from Play to something learned, on the page as built last.
bench-first: ; @node tools/bench-first.mjs
# Adds many photos to it: COUNT=2000 PHOTO=path make bench-photos
bench-photos: ; @node tools/bench-photos.mjs $(or $(COUNT),500) $(PHOTO)
# What showing everything costs a step, on the page as built last.
bench-showing: ; @node tools/bench-showing.mjs
# Frames a second of the map.
bench-map: ; @node tools/bench-map.mjs
# What more cores are worth, on the page as built last: INSTANCES=4 make bench-cores
bench-cores: ; @node tools/bench-cores.mjs $(or $(INSTANCES),2)
