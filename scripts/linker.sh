#!/bin/sh
# linker.sh PRODUCT: prints the options that make a release build small, as far as this toolchain and C library have them.
# Symbols are left out. The toolchain's own lld, where it is there, makes the rest smaller still, and packs relocations where glibc (2.36) knows them.
# The player has the C++ library that Swift's runtime needs inside: finding and binding the shared one costs a millisecond at each start.
set -eu
tools=$(swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1/bin|p')
if [ ! -x "$tools/ld.lld" ]; then
  echo "-Xlinker -s"
  exit 0
fi
options="-Xswiftc -use-ld=lld -Xlinker -s"
archive=$(gcc -print-file-name=libstdc++.a 2>/dev/null || true)
# A folder that has the archive alone is found before the one that has both.
archives=$(cd "$(dirname "$0")/.." && pwd)/.build/archives
case "$1 $archives" in
  "dulcet "*[[:space:]]*) ;;
  "dulcet "*)
    if [ -f "$archive" ]; then
      mkdir -p "$archives"
      ln -sf "$archive" "$archives/"
      options="$options -Xlinker -L$archives -Xlinker --exclude-libs=libstdc++.a"
    fi
    ;;
esac
version=$(getconf GNU_LIBC_VERSION 2>/dev/null || true)
if printf '%s\n' "glibc 2.36" "$version" | sort -VC; then
  options="$options -Xlinker -z -Xlinker pack-relative-relocs"
fi
echo "$options"
