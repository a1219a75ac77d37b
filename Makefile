# PORT=8081 make serve: another port.   CHROMIUM=/path make test: another browser.
export PORT CHROMIUM

.PHONY: serve test build size
serve: ; @tools/serve.sh
test:  ; @tools/test.sh
build: ; @tools/build.sh
size:  ; @tools/size.sh
