# dulcet. `make help` lists what there is; `make run` and `make test` do all their own set-up.

PREFIX ?= /usr/local
MUSIC ?= demo/music
FUZZ ?= 60
KEYS ?= 100000

# A toolchain in /opt/swift is found without being on the PATH.
export PATH := $(PATH):/opt/swift/usr/bin
SHELL := /bin/sh
STRICT := --explicit-target-dependency-import-check error
DEBUG := .build/debug
RELEASE := .build/release
SOURCES := Sources Tests Package.swift
VENV := .build/supysonic-venv
# Names of generic types that are looked up while the player runs cost it a tenth of its start: they are bound instead. No
# library lies beside the program. The linker's options are asked for when they are needed, not for each make.
BOUND := -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
optimised = swift build --configuration release --static-swift-stdlib --disable-local-rpath $(BOUND) \
  $$(scripts/linker.sh $(1)) --product $(1)

.DEFAULT_GOAL := help
.PHONY: help run test check fuzz monkey lint strict build release install uninstall bench bench-peers demo format clean \
  packages packages-run packages-test packages-peers toolchain

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: packages-run release ## build, serve the demo music on this computer and open the player; MUSIC=DIR serves that folder
	@scripts/play.sh $(RELEASE) "$(MUSIC)"

test: packages-test toolchain $(VENV)/ready ## install what the tests need and run all of them
	swift build --build-tests
	@scripts/test.sh

check: lint strict test fuzz ## format lint, build with warnings as errors and checked imports, tests, a minute of damaged sound files

fuzz: packages-test toolchain ## damages sound files and has them decoded; FUZZ="SECONDS [SEED [CASE]]", a minute where it says nothing
	swift build --product DecoderFuzz
	$(DEBUG)/DecoderFuzz $(FUZZ)

monkey: packages-test toolchain $(VENV)/ready ## presses random keys in windows of random sizes; KEYS=100000, SEED=N as before
	swift build --build-tests
	MONKEY_KEYS=$(KEYS) $(if $(SEED),MONKEY_SEED=$(SEED)) swift test --skip-build --filter EndToEnd/Monkeys

lint: toolchain ## is every Swift file formatted
	swift format lint --recursive --strict $(SOURCES)

strict: packages toolchain ## build everything with warnings as errors and checked imports
	swift build --build-tests --scratch-path .build/strict $(STRICT) -Xswiftc -warnings-as-errors

build: packages toolchain ## debug build
	swift build $(STRICT)

release: packages toolchain ## optimised build, Swift's own library inside the executables
	@set -x; $(call optimised,dulcet)
	@set -x; $(call optimised,dulcet-server)

install: release ## install below PREFIX (/usr/local), or below DESTDIR/PREFIX
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/dulcet" "$(DESTDIR)$(PREFIX)/share/doc/dulcet"
	install -m 755 $(RELEASE)/dulcet $(RELEASE)/dulcet-server "$(DESTDIR)$(PREFIX)/bin"
	install -m 644 docs/man/dulcet.1 docs/man/dulcet-server.1 "$(DESTDIR)$(PREFIX)/share/man/man1"
	install -m 644 LICENSE README.md CHANGELOG.md "$(DESTDIR)$(PREFIX)/share/doc/dulcet"
	rm -rf "$(DESTDIR)$(PREFIX)/share/dulcet/demo" "$(DESTDIR)$(PREFIX)/share/dulcet/themes"
	install -d "$(DESTDIR)$(PREFIX)/share/dulcet/demo"
	cp -R demo/music demo/LICENSE demo/README.md "$(DESTDIR)$(PREFIX)/share/dulcet/demo/"
	cp -R themes "$(DESTDIR)$(PREFIX)/share/dulcet/themes"
	chmod -R u=rwX,go=rX "$(DESTDIR)$(PREFIX)/share/dulcet"

uninstall: ## remove what install put there
	rm -rf "$(DESTDIR)$(PREFIX)/share/dulcet" "$(DESTDIR)$(PREFIX)/share/doc/dulcet"
	rm -f "$(DESTDIR)$(PREFIX)/bin/dulcet" "$(DESTDIR)$(PREFIX)/bin/dulcet-server" \
	  "$(DESTDIR)$(PREFIX)/share/man/man1/dulcet.1" "$(DESTDIR)$(PREFIX)/share/man/man1/dulcet-server.1"

bench: packages-test release ## figures beside those of other players, in a table; ONLY=playing,start measures only those; TRACKS=N sizes
	@set -x; $(call optimised,Benchmarks)
	$(if $(TRACKS),BENCH_TRACKS=$(TRACKS)) $(RELEASE)/Benchmarks $(ONLY)

bench-peers: packages-test packages-peers bench ## installs the other players first (cmus, mpd, ncmpcpp, mpg123, moc), then measures

demo: packages-test ## compose the demo music again
	python3 demo/compose.py

format: toolchain ## format every Swift file
	swift format --in-place --recursive $(SOURCES)

clean: ## remove everything that was built
	rm -rf .build

packages:
	@scripts/packages.sh build
packages-run:
	@scripts/packages.sh build run
packages-test:
	@scripts/packages.sh build run test
packages-peers:
	@scripts/packages.sh peers
toolchain:
	@command -v swift >/dev/null || { echo "There is no Swift on the PATH nor in /opt/swift/usr/bin. Get 6.2 or newer from" \
	  "https://www.swift.org/install/linux/" >&2; exit 1; }

# supysonic, a server by others that the tests talk to: fetched once from PyPI.
$(VENV)/ready: Tests/Interoperability/requirements.txt
	@Tests/Interoperability/supysonic.sh install
