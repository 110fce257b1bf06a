# Debian's packages unpacked beside the system; sourced after settings.sh.
# shellcheck shell=bash

APT=$WORK/apt

# prepare_apt makes an apt of our own that knows only the unstable suite, at the
# mirror that this machine's own sources name: the stable suite has no MySQL.
prepare_apt() {
  local mirror
  command -v apt-get >/dev/null ||
    die "no mysqld >= 8.0 or no etcd >= 3.4 on the PATH, and no apt-get to fetch them: install both"
  # shellcheck disable=SC2016  # apt fills in REPO_URI
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    grep -v security | head -n 1)
  [ -n "$mirror" ] || die "apt's sources name no Debian mirror"
  mkdir -p "$APT/lists/partial" "$APT/cache/archives/partial" "$APT/parts" "$APT/debs"
  printf 'deb %s sid main\n' "$mirror" >"$APT/sources.list"
  cat >"$APT/apt.conf" <<END
Dir::State::Lists "$APT/lists";
Dir::State::Status "/dev/null";
Dir::Cache "$APT/cache";
Dir::Etc::SourceList "$APT/sources.list";
Dir::Etc::SourceParts "$APT/parts";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
END
  apt_get update -qq
}

apt_get() {
  (cd "$APT/debs" && APT_CONFIG="$APT/apt.conf" apt-get "$@" >&2)
}

# closure PACKAGE... names the packages with all that they need, libc included.
closure() {
  APT_CONFIG="$APT/apt.conf" apt-cache depends --recurse --no-recommends --no-suggests \
    --no-conflicts --no-breaks --no-replaces --no-enhances "$@" | grep '^[a-z0-9]' | sort -u
}

# unpack PACKAGE... downloads into a fresh folder and unpacks into ROOT.
unpack() {
  rm -rf "$APT/debs"
  mkdir -p "$APT/debs" "$ROOT"
  apt_get download -qq "$@"
  for deb in "$APT"/debs/*.deb; do
    dpkg -x "$deb" "$ROOT"
  done
  rm -rf "$APT/debs"
}

# wrap PROGRAM TARGET [OPTION...] writes PROGRAM: TARGET under its own loader and
# libraries, which are newer than the system's.
wrap() {
  local program=$1 target=$2 loader
  shift 2
  loader=$(find "$ROOT/usr/lib" -name 'ld-linux*.so.*' -print -quit)
  [ -n "$loader" ] || die "no loader among the unpacked packages"
  {
    printf '#!/bin/sh\nexec %q --library-path %q --argv0 %q %q "$@"' \
      "$loader" "$(dirname "$loader")" "$(basename "$program")" "$target"
    [ $# -eq 0 ] || printf ' %q' "$@"
    printf '\n'
  } >"$program.new"
  chmod 755 "$program.new"
  mv "$program.new" "$program"
}
