package stream_test

import (
	"testing"
)

// scripts are streams as VTGate sends them, and the records they make.
var scripts = []struct{ name, script, want string }{
	{"copy", `
		-80 begin
		-80 field t id name
		-80 vgtid -80=5 80-=
		--
		-80 row t +1,ann
		-80 row t +2,~
		-80 vgtid -80=5/t 80-=
		-80 commit
		--
		-80 begin
		-80 vgtid -80=5 80-=
		-80 commit
		--
		-80 completed
		. completed`, `
		begin -80 #1
		columns -80 #1 t.v1 id name
		position -80 #1 -80=5 [ks/-80 ks/80-]
		copy -80 #1 t.v1 +1,ann
		copy -80 #1 t.v1 +2,~
		position -80 #1 -80=5/t
		commit -80 #1
		begin -80 #2
		position -80 #2 -80=5
		commit -80 #2
		copy_completed -80
		copy_completed .`},
	{"copy of an empty table", `
		-80 begin
		-80 field t id
		-80 vgtid -80=5
		--
		-80 begin
		-80 vgtid -80=5
		-80 commit`, `
		begin -80 #1
		columns -80 #1 t.v1 id
		position -80 #1 -80=5 [ks/-80]
		begin -80 #1
		position -80 #1 -80=5
		commit -80 #1`},
	{"several changes an event, several statements a transaction", `
		-80 begin@6
		-80 query@6 insert into t
		-80 field@6 t id name
		-80 row@6 t +1,ann +2,bob
		-80 query@6 update t
		-80 row@6 t 1,ann>1,eve -2,bob
		-80 vgtid -80=6
		-80 commit@6
		--
		-80 begin@7
		-80 row@7 t +3,joe
		-80 vgtid -80=7
		-80 commit@7`, `
		begin -80 #1 :6
		columns -80 #1 :6 t.v1 id name
		insert -80 #1 :6 t.v1 +1,ann "insert into t"
		insert -80 #1 :6 t.v1 +2,bob "insert into t"
		update -80 #1 :6 t.v1 1,ann>1,eve "update t"
		delete -80 #1 :6 t.v1 -2,bob "update t"
		position -80 #1 :6 -80=6 [ks/-80]
		commit -80 #1 :6
		begin -80 #2 :7
		insert -80 #2 :7 t.v1 +3,joe
		position -80 #2 :7 -80=7
		commit -80 #2 :7`},
	{"transactions of two shards open at once, over several frames; one table", `
		-80 begin@6
		-80 field@6 t id
		-80 row@6 t +1
		--
		80- begin@9
		80- field@9 t id
		80- row@9 t +2
		--
		-80 row@6 t +3
		-80 vgtid -80=6 80-=8
		-80 commit@6
		--
		80- row@9 t +4
		80- vgtid -80=6 80-=9
		80- commit@9`, `
		begin -80 #1 :6
		columns -80 #1 :6 t.v1 id
		insert -80 #1 :6 t.v1 +1
		begin 80- #2 :9
		columns 80- #2 :9 t.v1 id
		insert 80- #2 :9 t.v1 +2
		insert -80 #1 :6 t.v1 +3
		position -80 #1 :6 -80=6 [ks/-80 ks/80-]
		commit -80 #1 :6
		insert 80- #2 :9 t.v1 +4
		position 80- #2 :9 80-=9
		commit 80- #2 :9`},
	{"DDL in mid-stream reaches one shard first", `
		-80 field@5 t id
		80- field@5 t id
		--
		-80 vgtid -80=6 80-=5
		-80 ddl@6 alter table t add name varchar(20)
		--
		80- row@6 t +1
		-80 field@7 t id name
		-80 row@7 t +2,bob
		80- row@7 t +3`, `
		columns -80 :5 t.v1 id
		columns 80- :5 t.v1 id
		position -80 -80=6 [ks/-80 ks/80-]
		ddl -80 :6 alter table t add name varchar(20)
		insert 80- #1 :6 t.v1 +1
		columns -80 :7 t.v2 id name
		insert -80 #2 :7 t.v2 +2,bob
		insert 80- #1 :6 t.v1 +3`},
	{"VTGate starts a transaction again", `
		-80 begin@6
		-80 field@6 t id
		-80 row@6 t +1
		--
		-80 begin@6
		-80 row@6 t +1
		-80 commit@6`, `
		begin -80 #1 :6
		columns -80 #1 :6 t.v1 id
		insert -80 #1 :6 t.v1 +1
		abandoned -80 #1 :6
		begin -80 #2 :6
		insert -80 #2 :6 t.v1 +1
		commit -80 #2 :6`},
	{"an empty transaction without COMMIT", `
		-80 begin@6
		-80 query@6 insert into u
		-80 begin@7
		-80 field@7 t id
		-80 row@7 t +1
		-80 commit@7`, `
		begin -80 #1 :6
		begin -80 #1 :7
		columns -80 #1 :7 t.v1 id
		insert -80 #1 :7 t.v1 +1
		commit -80 #1 :7`},
	{"rollback", `
		-80 field@6 t id
		-80 begin@6
		-80 row@6 t +1
		-80 rollback@6`, `
		columns -80 :6 t.v1 id
		begin -80 #1 :6
		insert -80 #1 :6 t.v1 +1
		abandoned -80 #1 :6
		other -80 :6 ROLLBACK`},
	{"reshard", `
		-80 vgtid -80=5 80-=5
		-80 other@5
		--
		-80 begin@6
		-80 journal@6 -80 -40=6 40-80=6
		-80 vgtid -80=6 80-=5
		-80 commit@6
		--
		40-80 begin@9
		40-80 vgtid 80-=5 -40=8 40-80=9
		40-80 commit@9
		--
		80- begin@6
		80- vgtid 80-=6 -40=8 40-80=9
		80- commit@6`, `
		position -80 -80=5 [ks/-80 ks/80-]
		other -80 :5 OTHER
		begin -80 #1 :6
		journal -80 #1 :6
		position -80 #1 :6 -80=6
		commit -80 #1 :6
		begin 40-80 #2 :9
		position 40-80 #2 :9 40-80=9 [ks/80- ks/-40 ks/40-80]
		commit 40-80 #2 :9
		begin 80- #3 :6
		position 80- #3 :6 80-=6
		commit 80- #3 :6`},
	{"shards in another order, a shard replaced by one of another name", `
		-80 vgtid -80=5 80-=5
		-80 vgtid 80-=5 -80=6
		80- vgtid 80-=6 -80=6
		80- vgtid 80-=7 -80=6
		c0- vgtid c0-=1 -80=6`, `
		position -80 -80=5 [ks/-80 ks/80-]
		position -80 -80=6 [ks/80- ks/-80]
		position 80- 80-=6
		position 80- 80-=7
		position c0- c0-=1 [ks/c0- ks/-80]`},
	{"what says nothing of rows", `
		. heartbeat
		-80 heartbeat
		-80 other@6 create table u (id int)
		. other`, `
		heartbeat .
		heartbeat -80
		other -80 :6 create table u (id int)
		other . OTHER`},
}

func TestDecoder(t *testing.T) {
	t.Parallel()
	for _, test := range scripts {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			wantLines(t, linesOf(t, frames(t, test.script)...), test.want)
		})
	}
}
