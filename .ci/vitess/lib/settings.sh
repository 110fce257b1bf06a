# Where things are and which ports they use; sourced by every script here.
# shellcheck shell=bash
# shellcheck disable=SC2034  # the sourcing scripts use these

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=${VTSCOPE_CLUSTER:-${TMPDIR:-/tmp}/vtscope-cluster}
PORT_BASE=${VTSCOPE_PORT_BASE:-27100}
HOST=127.0.0.1
CELL=zone1

BIN=$WORK/bin    # Vitess's programs, vtscope
ROOT=$WORK/root  # Debian packages, unpacked
DATA=$WORK/data  # what mysqld and etcd store
RUN=$WORK/run    # NAME.cmd and NAME.pid of every program
LOG=$WORK/log

ETCD_PORT=$PORT_BASE
ETCD_PEER_PORT=$((PORT_BASE + 1))
VTCTLD_PORT=$((PORT_BASE + 2))
VTCTLD_GRPC_PORT=$((PORT_BASE + 3))
VTGATE_PORT=$((PORT_BASE + 4))
VTGATE_GRPC_PORT=$((PORT_BASE + 5))

# One tablet a line: uid, keyspace/shard, and whether it begins as the primary.
TABLETS='100 customer/-80 primary
101 customer/-80 replica
102 customer/80- primary
103 commerce/0 primary'

# The three ports of a tablet follow each other: HTTP, gRPC, MySQL.
tablet_port() {
  echo $((PORT_BASE + 20 + ($1 - 100) * 3))
}

# mysqld and Vitess refuse to run as root, so root lends the work to this user.
CLUSTER_USER=vtscope-cluster

say() {
  printf '%s\n' "$*" >&2
}

die() {
  say "error: $*"
  exit 1
}
