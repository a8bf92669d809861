#!/bin/sh
# packages.sh GROUP…: installs the Debian packages of these groups of packages.txt that are missing.
# Quick and silent when nothing is missing. As root directly, else through sudo; where neither works, prints the line to run.
set -eu
list=$(dirname "$0")/../packages.txt

wanted=$(for group; do awk -v group="$group" '$1 == group { print $2 }' "$list"; done)
if ! command -v dpkg-query >/dev/null; then
  echo "This is no Debian. dulcet needs what these packages hold: $(echo $wanted)" >&2
  exit 0
fi
present=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | awk '$2 == "installed" { print $1 }' || true)
missing=
for package in $wanted; do
  echo "$present" | grep -qxF -- "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

by_hand() {
  echo "These Debian packages are missing:$missing" >&2
  echo "Run this as root, then try again:" >&2
  echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
  exit 1
}

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && [ -t 2 ]; }; }; then
  as_root=sudo
else
  by_hand
fi

echo "Installing Debian packages:$missing" >&2
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >&2; }
install() { apt install -y --no-install-recommends $missing; }
# Lists that do not name every package are fetched before; lists that are merely old, after a download failed.
if ! apt-get install -s --no-install-recommends $missing >/dev/null 2>&1; then
  apt update || by_hand
  install || by_hand
else
  install || { apt update && install; } || by_hand
fi
