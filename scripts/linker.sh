#!/bin/sh
# linker.sh: prints the options that make a release build small, as far as this toolchain and C library have them.
# Symbols are left out. The toolchain's own lld, where it is there, makes the rest smaller still, and packs relocations where glibc (2.36) knows them.
set -eu
tools=$(swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1/bin|p')
if [ ! -x "$tools/ld.lld" ]; then
  echo "-Xlinker -s"
  exit 0
fi
options="-Xswiftc -use-ld=lld -Xlinker -s"
version=$(getconf GNU_LIBC_VERSION 2>/dev/null || true)
if printf '%s\n' "glibc 2.36" "$version" | sort -VC; then
  options="$options -Xlinker -z -Xlinker pack-relative-relocs"
fi
echo "$options"
