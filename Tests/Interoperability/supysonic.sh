#!/bin/sh
# supysonic.sh install                  fetches supysonic from PyPI into .build/supysonic-venv
# supysonic.sh start DIR PORT MUSIC     serves the folder MUSIC at 127.0.0.1:PORT; DIR (wiped) holds all it writes
# supysonic.sh stop DIR                 stops what start left running, by its process ids
#
# supysonic is a Subsonic server by others (https://github.com/spl0k/supysonic): what works with it does not merely work with
# ourselves. Its users here: bob with the password hunter2, and the administrator alice with "sesame é".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=$(cd "$here/../.." && pwd)/.build/supysonic-venv

install() {
  [ ! "$venv/ready" -nt "$here/requirements.txt" ] || exit 0
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  touch "$venv/ready"
}

configure() { # It reads ./supysonic.conf and has no option to name another.
  cat >supysonic.conf <<END
[base]
database_uri = sqlite:///$dir/supysonic.db
[webapp]
cache_dir = $dir/cache
log_file = $dir/web.log
log_level = INFO
mount_webui = off
[daemon]
socket = $dir/daemon.sock
run_watcher = off
log_file = $dir/daemon.log
[transcoding]
transcoder_wav_mp3 = lame --quiet -b %outrate %srcpath -
default_transcode_target = mp3
END
}

fill() {
  "$venv/bin/supysonic-cli" user add bob --password hunter2
  "$venv/bin/supysonic-cli" user add alice --password 'sesame é' --email alice@example.org
  "$venv/bin/supysonic-cli" user setroles alice --admin
  "$venv/bin/supysonic-cli" folder add Music "$music"
  "$venv/bin/supysonic-cli" folder scan --foreground Music
}

answers() {
  "$venv/bin/python" - "$port" <<'END'
import sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/rest/ping?u=bob&p=hunter2&c=test&v=1.12.0&f=json", timeout=5)
END
}

start() {
  [ -e "$venv/ready" ] || { echo "supysonic is not installed: make test does it" >&2; exit 1; }
  rm -rf "$dir"
  mkdir -p "$dir/cache"
  cd "$dir"
  export HOME="$dir" LC_ALL=C.UTF-8
  configure
  fill >fill.log 2>&1 || { cat fill.log >&2; exit 1; }
  nohup "$venv/bin/supysonic-daemon" >daemon.out 2>&1 </dev/null &
  echo $! >daemon.pid
  nohup "$venv/bin/supysonic-server" -S waitress -h 127.0.0.1 -p "$port" --threads 8 >server.out 2>&1 </dev/null &
  echo $! >server.pid
  tries=0
  until answers 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ] || ! kill -0 "$(cat server.pid)" 2>/dev/null; then
      cat server.out >&2
      stop
      exit 1
    fi
    sleep 0.2
  done
}

stop() {
  for name in server daemon; do
    if [ -f "$dir/$name.pid" ]; then
      kill "$(cat "$dir/$name.pid")" 2>/dev/null || true
      rm -f "$dir/$name.pid"
    fi
  done
}

case ${1-} in
install) install ;;
start)
  dir=$(realpath -m "$2") port=$3 music=$(realpath "$4")
  start
  ;;
stop)
  dir=$(realpath -m "$2")
  stop
  ;;
*)
  sed -n '2,4s/^# //p' "$0" >&2
  exit 2
  ;;
esac
