# The tasks of Hookbell. `make run` and `make test` do all their own set-up.
.PHONY: run test one check bench package bindings docs pictures icons fmt help

help:
	@echo "make run       install what is missing, build, and start the app"
	@echo "make test      install what is missing, and run every test"
	@echo "make one TEST=… run the Rust tests with this in their name, or one file of the window's tests"
	@echo "make check     format, lints, types and generated files, as before a commit"
	@echo "make bench     measure speed and memory (release build, about a quarter of an hour)"
	@echo "make package   build the packages of this system (.deb and .rpm on Linux)"
	@echo "make bindings  write the TypeScript side of the command list"
	@echo "make docs      write the reference of the command line and the catalogue of events"
	@echo "make pictures  take the pictures of docs/pictures from the real engine, and renew those that tests compare"
	@echo "make icons     draw the icons from their SVGs"

run:
	@.dev/setup build
	@.dev/run

test:
	@.dev/setup build test
	@.dev/test

one:
	@.dev/one "$(TEST)" "$(CLAIM)"

check:
	@.dev/setup build
	@.dev/check

bench:
	@.dev/setup build test bench
	@.dev/bench

package:
	@.dev/setup build
	@.dev/package

bindings:
	UPDATE_BINDINGS=1 cargo test -p hookbell-demo --test it bindings

docs:
	cargo build --quiet -p hookbell-cli
	UPDATE_DOCS=1 cargo test --workspace --quiet --test it -- is_current are_current
	UPDATE_DOCS=1 cargo test --workspace --quiet --bin hookbell -- is_current

pictures:
	@.dev/setup build test
	cargo build --quiet --workspace --example bridge
	UPDATE_PICTURES=1 node --import ./tests/ui/typescript.mjs --test --test-reporter dot \
	  tests/ui/states.test.ts tests/ui/true-pictures.test.ts

icons:
	src-tauri/icons/draw.sh

fmt:
	cargo fmt --all
	cd ui && npm run format
