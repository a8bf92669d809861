#!/bin/sh
# play.sh BIN MUSIC [OPTION…]: serves a folder on a free port of this computer and opens the player on it.
# BIN holds dulcet and dulcet-server. Everything of this run (accounts, catalogue, cache, settings) is in a temporary folder:
# the listener's own is left alone. However the player ends, the server ends too and the folder is removed.
set -eu
bin=$1 music=$2
shift 2
if [ ! -d "$music" ]; then
  echo "There is no folder $music." >&2
  exit 1
fi
# Without UTF-8 a terminal library counts bytes, not letters.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8

home=$(mktemp -d "${TMPDIR:-/tmp}/dulcet-run.XXXXXX")
server=
end() {
  trap '' INT TERM HUP
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$home"
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

user=listener
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$home/password"
chmod 600 "$home/password"
"$bin/dulcet-server" --music "$music" --listen 127.0.0.1:0 --ready-file "$home/url" \
  --log "$home/server.log" --demo-user "$user" --demo-password-stdin \
  <"$home/password" >"$home/server.out" 2>&1 &
server=$!
tries=0
while [ ! -s "$home/url" ]; do
  tries=$((tries + 1))
  if ! kill -0 "$server" 2>/dev/null || [ "$tries" -gt 300 ]; then
    echo "The server did not start:" >&2
    cat "$home/server.out" >&2
    exit 1
  fi
  sleep 0.1
done
url=$(cat "$home/url")

export XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" \
  XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/run"
mkdir -m 700 "$XDG_RUNTIME_DIR"
# Sound servers are found through the runtime directory that was there before.
if [ -n "${PULSE_RUNTIME_PATH-}" ]; then :; elif [ -d "/run/user/$(id -u)/pulse" ]; then
  export PULSE_RUNTIME_PATH="/run/user/$(id -u)/pulse"
fi
if [ -S "/run/user/$(id -u)/pipewire-0" ]; then export PIPEWIRE_RUNTIME_DIR="/run/user/$(id -u)"; fi

"$bin/dulcet" login "$url" --user "$user" --password-stdin <"$home/password" >/dev/null
rm -f "$home/password"
status=0
"$bin/dulcet" "$@" || status=$?
exit "$status"
