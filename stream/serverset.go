package stream

import "bytes"

// serverSet numbers the servers whose GTIDs a run has seen.
type serverSet struct {
	byUUID map[string]*Server
	last   *Server
}

func newServerSet() serverSet { return serverSet{byUUID: map[string]*Server{}} }

// parse reads one transaction's GTID, "uuid:number" or "uuid:tag:number", with
// or without a flavor. What is neither is an unknown GTID.
func (set *serverSet) parse(gtid []byte) GTID {
	if slash := bytes.IndexByte(gtid, '/'); slash >= 0 {
		gtid = gtid[slash+1:]
	}
	colon := bytes.LastIndexByte(gtid, ':')
	if colon <= 0 || colon == len(gtid)-1 {
		return GTID{}
	}
	var number uint64
	for _, digit := range gtid[colon+1:] {
		if digit < '0' || digit > '9' || number > 1<<60 {
			return GTID{}
		}
		number = number*10 + uint64(digit-'0')
	}
	return GTID{Server: set.named(gtid[:colon]), Number: number}
}

func (set *serverSet) named(uuid []byte) *Server {
	if set.last != nil && set.last.UUID == string(uuid) {
		return set.last
	}
	server := set.byUUID[string(uuid)]
	if server == nil {
		server = &Server{ID: uint32(len(set.byUUID) + 1), UUID: string(uuid)}
		set.byUUID[server.UUID] = server
	}
	set.last = server
	return server
}
