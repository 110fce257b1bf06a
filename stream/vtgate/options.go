package vtgate

import (
	"net"
	"strings"
	"time"
)

// The defaults of Options.
const (
	DefaultAddress        = "localhost:15991"
	DefaultMaxMessageSize = 256 << 20
	DefaultConnectTimeout = 10 * time.Second
	DefaultQueryTimeout   = 3 * time.Second
)

// Options say how to reach a VTGate. The zero value means a plain connection
// to DefaultAddress.
type Options struct {
	// Address is the HOST:PORT of VTGate's gRPC server; an empty host is localhost.
	Address string

	// TLS switches TLS on, with the system's roots. CA, Cert, Key and
	// ServerName imply it.
	TLS bool
	// CA names a PEM file with the roots to trust instead of the system's.
	CA string
	// Cert and Key name PEM files with the client's certificate and its key,
	// for mutual TLS; both or none.
	Cert, Key string
	// ServerName is the name that the server's certificate must hold, where it
	// is not the address's host.
	ServerName string

	// StaticCreds names a JSON file with Username and Password, the file of
	// Vitess's --grpc-auth-static-client-creds.
	StaticCreds string
	// Headers are sent with every call as gRPC metadata.
	Headers []Header

	// MaxMessageSize is the largest message accepted, in bytes; 0 is
	// DefaultMaxMessageSize. A transaction's largest rows must fit.
	MaxMessageSize int
	// ConnectTimeout is how long the first connection may take; 0 is
	// DefaultConnectTimeout.
	ConnectTimeout time.Duration
	// QueryTimeout bounds each side query; 0 is DefaultQueryTimeout.
	QueryTimeout time.Duration
	// NoQueries turns side queries off: each returns ErrNoQueries unasked.
	NoQueries bool
}

// Check reports, as a *UsageError, what is wrong with the options and can be
// seen without a connection. It reads no file.
func (o Options) Check() error {
	o = o.withDefaults()
	_, port, err := net.SplitHostPort(o.Address)
	if err != nil || port == "" {
		return usagef("--vtgate %s: an address is HOST:PORT, such as %s", o.Address, DefaultAddress)
	}
	if (o.Cert == "") != (o.Key == "") {
		return usagef("--vtgate-grpc-cert and --vtgate-grpc-key go together: one of them is missing")
	}
	if o.MaxMessageSize < 0 {
		return usagef("--grpc-max-message-size %d: it must be positive", o.MaxMessageSize)
	}
	if o.ConnectTimeout < 0 {
		return usagef("--connect-timeout %v: it must be positive", o.ConnectTimeout)
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Address == "" {
		o.Address = DefaultAddress
	}
	if strings.HasPrefix(o.Address, ":") {
		o.Address = "localhost" + o.Address
	}
	if o.MaxMessageSize == 0 {
		o.MaxMessageSize = DefaultMaxMessageSize
	}
	if o.ConnectTimeout == 0 {
		o.ConnectTimeout = DefaultConnectTimeout
	}
	if o.QueryTimeout == 0 {
		o.QueryTimeout = DefaultQueryTimeout
	}
	return o
}

// secure reports whether the connection uses TLS.
func (o Options) secure() bool {
	return o.TLS || o.CA != "" || o.Cert != "" || o.Key != "" || o.ServerName != ""
}
