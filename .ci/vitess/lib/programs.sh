# Starting, stopping and awaiting programs; sourced after settings.sh.
# shellcheck shell=bash

# as_cluster_user CMD... replaces this shell by CMD, as a user that mysqld accepts.
as_cluster_user() {
  if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid "$CLUSTER_USER" --regid "$CLUSTER_USER" --clear-groups -- "$@"
  fi
  exec "$@"
}

# define NAME CMD... says how NAME is started, now and after a fault.
define() {
  local name=$1
  shift
  printf '%q ' "$@" >"$RUN/$name.cmd"
}

# start NAME runs what define said, in the background and in a session of its own.
start() {
  local name=$1 words
  alive "$name" && die "$name is running already"
  # The file is this script's own printf %q.
  eval "words=($(cat "$RUN/$name.cmd"))"
  (as_cluster_user setsid "${words[@]}" >>"$LOG/$name.log" 2>&1 </dev/null) &
  echo $! >"$RUN/$name.pid"
}

# pid_alive PID holds for a running process; a dead one that nobody has reaped is not running.
pid_alive() {
  case $(ps -o stat= -p "$1" 2>/dev/null) in
    '' | Z*) return 1 ;;
  esac
}

alive() {
  [ -s "$RUN/$1.pid" ] && pid_alive "$(cat "$RUN/$1.pid")"
}

# await WHAT SECONDS CMD... polls until CMD succeeds.
await() {
  local what=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || die "$what: not within the time given; see $LOG"
    sleep 0.1
  done
}

gone() {
  ! pid_alive "$1"
}

# end NAME SIGNAL ends a program that start began, and returns when it is gone.
end() {
  local pid
  alive "$1" || return 0
  pid=$(cat "$RUN/$1.pid")
  kill -"$2" "$pid" 2>/dev/null || true
  await "end of $1" 60 gone "$pid"
}

# mysqld_pid UID: a mysqld is no child of ours, but its lock file, which it
# writes first, names it.
mysqld_pid() {
  tr -dc '0-9' 2>/dev/null <"$(mysqld_lock "$1")"
}

mysqld_lock() {
  printf '%s/vt_%010d/mysql.sock.lock' "$DATA" "$1"
}

port_open() {
  (: <"/dev/tcp/$HOST/$1")
}
