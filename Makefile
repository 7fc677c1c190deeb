# Canopy's commands. `make help` lists them.

ifeq ($(CI),true)
# A checkout is fresh on CI, the machine is not: what was compiled stays outside the checkout.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/canopy/target
# Nothing of it is built a second time: what a second build would need is not written (16 GB).
export CARGO_INCREMENTAL := 0
endif
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export CANOPY_SITE ?= $(TARGET)/site
CANOPY := $(TARGET)/release/canopy
BUNDLE := $(TARGET)/release/bundle
WASM := wasm32-unknown-unknown

# For hint-mostly-unused, see .cargo/config.toml.
export RUSTC_BOOTSTRAP := 1
# One set of flags for all cargo calls, or they rebuild each other's work.
CARGO := cargo
LOCKED := --locked

.DEFAULT_GOAL := help
.PHONY: help setup demo dev build test e2e bench lint docs fmt clean screenshots FORCE

help: ## List the commands
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | column -t -s @

setup: ## Install what is missing to build and to test (does nothing when all is there)
	@echo "setup: all is there"

demo: build ## Build, and serve the demo cloud on http://127.0.0.1:8888
	@exec $(CANOPY) --demo

dev: ## Serve the demo cloud from a debug build, rebuilt on every change
	@exec bundle/watch $(TARGET)

# The two builds share nothing, and each has minutes in which it keeps one core busy alone.
build: ## Build the release: target/release/canopy and target/site
	@RUSTFLAGS="$$(setup/wasm-flags rustc)" \
		$(CARGO) build $(LOCKED) $$(setup/wasm-flags cargo) --profile wasm-release -p frontend --target $(WASM) & browser=$$!; \
	$(CARGO) build $(LOCKED) --release -p bundle -p server -p demo-cloud; native=$$?; \
	wait $$browser && exit $$native
	@$(BUNDLE) --wasm $(TARGET)/$(WASM)/wasm-release/frontend.wasm --site $(CANOPY_SITE)

test: ## Run every test: units, the contract of the demo cloud, the browser
	@setup/timed 'unit tests' $(CARGO) test $(LOCKED) --workspace --exclude frontend
	@setup/timed 'search, beside another' node end2end/search/differential.mjs $(TARGET)/debug/examples/filter
	@$(MAKE) --no-print-directory e2e

e2e: build ## Run the contract and browser tests on the release build
	@if [ -x end2end/contract/run ]; then setup/timed 'contract of the demo cloud' end2end/contract/run $(CANOPY); fi
	@cd end2end && ../setup/timed 'browser tests' env CANOPY=$(CANOPY) npx playwright test $(ARGS)

bench: build ## Measure the release build, and write docs/benchmarks.md
	@cd end2end && CANOPY=$(CANOPY) node bench.mjs

screenshots: build ## Take pictures of every page into end2end/report/
	@cd end2end && CANOPY=$(CANOPY) node screenshots.mjs

lint: ## Check format, lints, and the rules that no compiler knows
	@if [ -d end2end/node_modules ]; then cd end2end && ../setup/timed 'types of the tests' npx tsc --noEmit; fi
	@setup/timed 'format' setup/format --check
	@setup/timed 'rules of the source' setup/check-source
	@setup/timed 'wasm graph' setup/check-wasm-graph
	@setup/timed 'clippy, browser' $(CARGO) clippy $(LOCKED) -p frontend --target $(WASM) -- -D warnings -A clippy::pedantic
	@setup/timed 'clippy, native' $(CARGO) clippy $(LOCKED) --workspace --exclude frontend --all-targets -- -D warnings -A clippy::pedantic

docs: ## Write docs/resources.md from the descriptions of the resources
	@CANOPY_WRITE_DOCS=1 $(CARGO) test $(LOCKED) -q -p app --features ssr --lib the_reference_of_resources

fmt: ## Format all Rust sources
	@setup/format

clean: ## Remove what was built (the set-up stays)
	@$(CARGO) clean

# What a command needs is made by a script and written down for make to read. The scripts do nothing when all is there.
for = $(filter $(1),$(or $(MAKECMDGOALS),help))
ifneq ($(call for,setup demo dev build test e2e bench screenshots lint docs fmt),)
include .setup/toolchain.mk
.setup/toolchain.mk: FORCE
	@setup/toolchain
endif
ifneq ($(call for,setup demo dev build test e2e bench screenshots),)
include .setup/wasm-opt.mk
.setup/wasm-opt.mk: FORCE
	@setup/wasm-opt
endif
ifneq ($(call for,setup test e2e bench screenshots),)
include .setup/tests.mk
.setup/tests.mk: FORCE
	@setup/tests
endif
FORCE:
