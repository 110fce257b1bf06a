package vtgate

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/grpc/status"
)

// connectHints tell what to do about a transport's error. The first text that
// the error holds wins.
var connectHints = []struct {
	text string
	// secure narrows the hint to connections with TLS, plain to those without.
	secure, plain bool
	hint          string
}{
	{text: "connection refused", hint: "is VTGate running there, and is this its --grpc-port?"},
	{text: "no such host", hint: "the name is unknown here: check --vtgate"},
	{text: "server misbehaving", hint: "the name cannot be looked up: check --vtgate"},
	{text: "unknown port", hint: "--vtgate takes HOST:PORT with a number"},
	{text: "invalid port", hint: "--vtgate takes HOST:PORT with a number from 1 to 65535"},
	{text: "no route to host", hint: "check --vtgate and the network"},
	{text: "network is unreachable", hint: "check --vtgate and the network"},
	{text: "looked like an HTTP/1.1 header", plain: true,
		hint: "this port speaks HTTP/1.1, as VTGate's web port does: give its gRPC port; if it is a TLS port, add --tls"},
	{text: "looked like an HTTP/1.1 header", hint: "this port speaks HTTP/1.1: give VTGate's gRPC port"},
	{text: "certificate required", hint: "the server wants a client certificate: --vtgate-grpc-cert and --vtgate-grpc-key"},
	{text: "remote error: tls: unknown certificate authority",
		hint: "the server does not accept the client certificate: check --vtgate-grpc-cert"},
	{text: "remote error: tls: bad certificate",
		hint: "the server does not accept the client certificate, or wants one: check --vtgate-grpc-cert and --vtgate-grpc-key"},
	{text: "remote error: tls: expired certificate", hint: "the client certificate has expired: check --vtgate-grpc-cert"},
	{text: "remote error: tls: unrecognized name", hint: "check --vtgate-grpc-server-name"},
	{text: "unknown authority", hint: "give the CA that signed the server's certificate: --vtgate-grpc-ca"},
	{text: "certificate is not trusted", hint: "give the CA that signed the server's certificate: --vtgate-grpc-ca"},
	{text: "certificate is valid for", hint: "if the server is the right one, give the certificate's name: --vtgate-grpc-server-name"},
	{text: "cannot validate certificate for", hint: "give the name that the certificate holds: --vtgate-grpc-server-name"},
	{text: "not valid for any names", hint: "give the name that the certificate holds: --vtgate-grpc-server-name"},
	{text: "certificate has expired or is not yet valid", hint: "check the server's certificate and this machine's clock"},
	{text: "missing selected ALPN property", hint: "the server speaks TLS but not HTTP/2: give VTGate's gRPC port"},
	{text: "remote error: tls: handshake failure", hint: "if the server wants a client certificate: --vtgate-grpc-cert and --vtgate-grpc-key"},
	{text: "does not look like a TLS handshake",
		hint: "the port is plain: drop --tls and the --vtgate-grpc-* flags, or give VTGate's gRPC port if this is another"},
	{text: "does not allow insecure connections", hint: "the server wants TLS: --tls"},
	// In TLS 1.3 the client learns after its own handshake that its certificate
	// is missing or wrong, and may find the connection closed before that alert.
	{text: "broken pipe", secure: true, hint: hintClosed},
	{text: "connection reset by peer", secure: true, hint: hintClosed},
	{text: "authentication handshake failed", hint: "if the port is plain, drop --tls and the --vtgate-grpc-* flags"},
	{text: "", plain: true, hint: "if the server wants TLS, add --tls; if it does not, check that this is VTGate's gRPC port"},
	{text: "", secure: true, hint: "if the port is plain, drop --tls; if it is not, check that this is VTGate's gRPC port"},
}

const hintClosed = "the server closed the connection: it may want a client certificate, --vtgate-grpc-cert and --vtgate-grpc-key"

// connectError turns a transport's error into what the user can act on.
func connectError(o Options, err error) *ConnectError {
	cause := transportCause(err)
	return &ConnectError{Address: o.Address, Cause: cause, Hint: connectHint(cause, o.secure()), Err: err}
}

func connectHint(cause string, secure bool) string {
	for _, h := range connectHints {
		if strings.Contains(cause, h.text) && !(h.secure && !secure) && !(h.plain && secure) {
			return h.hint
		}
	}
	return ""
}

// silenceError says that the time ran out: nobody answered, or somebody
// accepted and said nothing.
func silenceError(o Options, accepted bool) *ConnectError {
	e := &ConnectError{Address: o.Address}
	switch {
	case !accepted:
		e.Cause = fmt.Sprintf("nobody answered within %v", o.ConnectTimeout)
		e.Hint = "check --vtgate and firewalls on the way, or give it longer with --connect-timeout"
	case o.secure():
		e.Cause = fmt.Sprintf("the port accepts connections but did not finish TLS and HTTP/2 within %v", o.ConnectTimeout)
		e.Hint = "check that this is VTGate's gRPC port; if it is plain, drop --tls"
	default:
		e.Cause = fmt.Sprintf("the port accepts connections but spoke no gRPC within %v", o.ConnectTimeout)
		e.Hint = "check that this is VTGate's gRPC port; if it wants TLS, add --tls"
	}
	return e
}

// transportPrefixes wrap a transport's error and say nothing to a user.
var transportPrefixes = []string{
	"last connection error: ",
	"last resolver error: ",
	"connection error: desc = ",
	"transport: Error while dialing: ",
	"transport: ",
}

// transportCause takes gRPC's wrapping off a transport's error.
func transportCause(err error) string {
	text := err.Error()
	if s, ok := status.FromError(err); ok {
		text = s.Message()
	}
	return stripTransport(oneLine(text))
}

func stripTransport(text string) string {
	for stripped := true; stripped; {
		stripped = false
		if len(text) > 0 && text[0] == '"' {
			if quoted, err := strconv.QuotedPrefix(text); err == nil {
				inner, _ := strconv.Unquote(quoted)
				text, stripped = oneLine(inner+text[len(quoted):]), true // what was quoted may hold line breaks
			}
		}
		for _, prefix := range transportPrefixes {
			if rest, found := strings.CutPrefix(text, prefix); found {
				text, stripped = rest, true
			}
		}
	}
	return text
}
