# The steps of bringing Vitess up; sourced after settings.sh and programs.sh.
# shellcheck shell=bash

export VTDATAROOT=$DATA
export VTROOT=$WORK
# mysqld for a test: small, and quick to start.
export EXTRA_MY_CNF=$DATA/extra.cnf
PATH=$BIN:$PATH:/usr/sbin
if [ -x "$ROOT/mysql/sbin/mysqld" ]; then
  export VT_MYSQL_ROOT=$ROOT/mysql
fi

NO_CONFIG_FILE=--config-file-not-found-handling=ignore
TOPO=(--topo-implementation etcd2 --topo-global-server-address "$HOST:$ETCD_PORT"
  --topo-global-root /vitess/global)

alias_of() {
  printf '%s-%010d' "$CELL" "$1"
}

vtctldclient() {
  command vtctldclient --server "$HOST:$VTCTLD_GRPC_PORT" "$@"
}

vtctldclient_local() {
  command vtctldclient --server internal "${TOPO[@]}" "$@" >>"$LOG/vtctldclient.log" 2>&1
}

# lend_folders lets the cluster's user write where its programs do.
# A mysqld that is killed loses nothing that it has written, only a machine
# without power does; not waiting for the disk doubles the rate of transactions.
lend_folders() {
  cat >"$EXTRA_MY_CNF" <<END
innodb_buffer_pool_size = 64M
innodb_flush_log_at_trx_commit = 2
sync_binlog = 0
performance_schema = OFF
default-time-zone = +00:00
END
  [ "$(id -u)" -eq 0 ] || return 0
  chown -R "$CLUSTER_USER:$CLUSTER_USER" "$DATA" "$LOG"
  (as_cluster_user test -w "$DATA") ||
    die "the user $CLUSTER_USER cannot reach $WORK: name another folder in VTSCOPE_CLUSTER"
}

start_etcd() {
  define etcd etcd --data-dir "$DATA/etcd" --log-level warn \
    --listen-client-urls "http://$HOST:$ETCD_PORT" --advertise-client-urls "http://$HOST:$ETCD_PORT" \
    --listen-peer-urls "http://$HOST:$ETCD_PEER_PORT" \
    --initial-advertise-peer-urls "http://$HOST:$ETCD_PEER_PORT" \
    --initial-cluster "default=http://$HOST:$ETCD_PEER_PORT"
  start etcd
}

# mysqlctl ends when its mysqld is up; all of them work at the same time.
start_mysqlds() {
  local uid
  while read -r uid _; do
    define "mysqlctl-$uid" mysqlctl --tablet-uid "$uid" --mysql-port $(($(tablet_port "$uid") + 2)) \
  $NO_CONFIG_FILE init
    start "mysqlctl-$uid"
  done <<<"$TABLETS"
}

await_mysqlds() {
  local uid
  while read -r uid _; do
    await "mysqld of tablet $uid" 120 gone "$(cat "$RUN/mysqlctl-$uid.pid")"
    [ -S "$DATA/vt_$(printf %010d "$uid")/mysql.sock" ] ||
      die "mysqld of tablet $uid is not up: see $LOG/mysqlctl-$uid.log"
  done <<<"$TABLETS"
}

start_vtctld() {
  define vtctld vtctld "${TOPO[@]}" --cell "$CELL" --service-map grpc-vtctl,grpc-vtctld \
    --bind-address "$HOST" --port "$VTCTLD_PORT" --grpc-bind-address "$HOST" --grpc-port "$VTCTLD_GRPC_PORT" \
    $NO_CONFIG_FILE
  start vtctld
}

start_tablets() {
  local uid shard port
  while read -r uid shard _; do
    port=$(tablet_port "$uid")
    define "vttablet-$uid" vttablet "${TOPO[@]}" --tablet-path "$(alias_of "$uid")" \
      --tablet-hostname "$HOST" --bind-address "$HOST" --port "$port" --grpc-bind-address "$HOST" --grpc-port $((port + 1)) \
      --service-map grpc-queryservice,grpc-tabletmanager,grpc-updatestream \
      --init-keyspace "${shard%/*}" --init-shard "${shard#*/}" --init-tablet-type replica \
      --health-check-interval 2s $NO_CONFIG_FILE
    start "vttablet-$uid"
  done <<<"$TABLETS"
  while read -r uid _; do
    await "vttablet $uid" 60 port_open $(($(tablet_port "$uid") + 1))
  done <<<"$TABLETS"
}

elect_primaries() {
  local uid shard role
  while read -r uid shard role; do
    [ "$role" = primary ] || continue
    await "primary of $shard" 60 vtctldclient PlannedReparentShard "$shard" --new-primary "$(alias_of "$uid")"
  done <<<"$TABLETS"
}

apply_schema() {
  local keyspace
  for keyspace in customer commerce; do
    vtctldclient ApplySchema --sql-file "schema/$keyspace.sql" "$keyspace" >>"$LOG/vtctldclient.log" 2>&1
    vtctldclient ApplyVSchema --vschema-file "schema/$keyspace.vschema.json" "$keyspace" >>"$LOG/vtctldclient.log" 2>&1
  done
}

start_vtgate() {
  define vtgate vtgate "${TOPO[@]}" --cell "$CELL" --cells-to-watch "$CELL" \
    --bind-address "$HOST" --port "$VTGATE_PORT" --grpc-bind-address "$HOST" --grpc-port "$VTGATE_GRPC_PORT" \
    --service-map grpc-vtgateservice --mysql-server-socket-path "$DATA/vtgate.sock" --mysql-auth-server-impl none \
    --tablet-types-to-wait PRIMARY --tablet-refresh-interval 2s $NO_CONFIG_FILE
  start vtgate
}
