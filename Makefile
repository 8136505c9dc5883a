# convscope. `make help` lists what there is.

SCRATCH ?= .build
PREFIX  ?= /usr/local
DESTDIR ?=
FILTER  ?=
JOBS    ?=
DATA    ?= ../shared/data
SECONDS ?= 60
PART    ?=

SWIFT_OPTIONS := --scratch-path $(SCRATCH) $(if $(JOBS),--jobs $(JOBS)) \
	--explicit-target-dependency-import-check error
RELEASE := $(SCRATCH)/release/convscope
EXAMPLE := Examples/shapes
STAGE   := $(DESTDIR)$(PREFIX)

.DEFAULT_GOAL := help
.PHONY: help setup build debug test golden demo demo-script bench bench-runs bench-algorithms fuzz format lint install uninstall \
	clean distclean ci

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  FILTER=Name narrows test; SCRATCH=folder moves the build; PREFIX=folder moves install."

setup: ## install Debian packages and fetch the pinned engine; nothing to do the second time
	@.ci/setup.sh

build: setup ## release build of convscope: .build/release/convscope
	swift build $(SWIFT_OPTIONS) -c release --product convscope --static-swift-stdlib

debug: setup ## debug build of everything
	swift build $(SWIFT_OPTIONS)

test: setup ## build and run all tests (FILTER=Name for some)
	@.ci/python-packages.sh
	swift build $(SWIFT_OPTIONS) --build-tests
	swift test $(SWIFT_OPTIONS) --skip-build $(if $(FILTER),--filter '$(FILTER)')

golden: setup ## record the frames that tests compare with; fails once so that you look at them
	swift build $(SWIFT_OPTIONS) --build-tests
	RECORD_FRAMES=1 swift test $(SWIFT_OPTIONS) --skip-build $(if $(FILTER),--filter '$(FILTER)'); \
	status=$$?; git --no-pager diff --stat -- '*Frames*'; exit $$status

demo: build ## explore the shipped example (prints a frame when there is no terminal)
	@.ci/demo.sh $(RELEASE) $(EXAMPLE)

demo-script: build ## a tour of the example that plays by itself (prints frames when there is no terminal)
	@.ci/demo.sh $(RELEASE) $(EXAMPLE) tour

bench: build ## measure against bare ONNX Runtime and a Python pipeline; writes Docs/BENCHMARKS.md
	@DATA=$(DATA) SCRATCH=$(SCRATCH) Tests/Benchmarks/bench.sh $(RELEASE)

bench-runs: build ## measure checkpoints and training runs alone (PART=opening, weights, columns or memory)
	@DATA=$(DATA) SCRATCH=$(SCRATCH) PART='$(PART)' Tests/Benchmarks/bench.sh $(RELEASE) runs.py

bench-algorithms: ## measure the algorithms against their rivals, those that are installed
	swift build $(SWIFT_OPTIONS) -c release --product convscope-lab
	@DATA=$(DATA) python3 Tests/Benchmarks/bench_algorithms.py $(SCRATCH)/release/convscope-lab Docs/BENCHMARKS.md

fuzz: ## feed damaged model files and checkpoints to their readers for SECONDS (60); stops at the first crash
	CONVSCOPE_FUZZ=1 swift build --scratch-path $(SCRATCH)/fuzz -c release --product fuzz --sanitize=fuzzer
	@mkdir -p $(SCRATCH)/fuzz/corpus
	cd $(SCRATCH)/fuzz && SWIFT_BACKTRACE=enable=no release/fuzz -max_total_time=$(SECONDS) -max_len=8192 -timeout=20 -rss_limit_mb=1500 \
		corpus '$(CURDIR)/Tests/Corpus/Checkpoints' '$(CURDIR)/Tests/Corpus/Hostile' \
		'$(CURDIR)/Tests/Corpus/Graphs' '$(CURDIR)/Tests/Corpus/Events'

format: ## format all Swift files in place
	swift format --in-place --parallel --recursive --configuration .swift-format \
		Package.swift Sources Tests

lint: ## formatting, allowed imports, house rules, and proof that each rule fires
	@.ci/lint.sh

install: build ## copy convscope, its engine and its terminal entries to PREFIX (/usr/local)
	@.ci/install.sh install $(RELEASE) '$(STAGE)'

uninstall: ## remove what install copied
	@.ci/install.sh uninstall $(RELEASE) '$(STAGE)'

clean: ## remove what was built, keep the engine
	find $(SCRATCH) -mindepth 1 -maxdepth 1 ! -name engine -exec rm -rf {} + 2>/dev/null || true

distclean: ## remove everything that git does not track in the build folder
	rm -rf $(SCRATCH) .build

ci: ## what the gate runs
	@.ci/run
