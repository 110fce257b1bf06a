package vtgate

import (
	"strings"
	"testing"
	"time"
)

func TestSilenceErrors(t *testing.T) {
	o := Options{Address: "gate:15991", ConnectTimeout: 2 * time.Second}
	secure := o
	secure.CA = "ca.pem"
	for want, err := range map[string]*ConnectError{
		"nobody answered within 2s (check --vtgate": silenceError(o, false),
		"if it wants TLS, add --tls":                silenceError(o, true),
		"if it is plain, drop --tls":                silenceError(secure, true),
	} {
		if !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "no connection to gate:15991: ") {
			t.Errorf("error %q does not say %q", err, want)
		}
	}
}

func TestStripTransport(t *testing.T) {
	for text, want := range map[string]string{
		`connection error: desc = "transport: Error while dialing: dial tcp: lookup x: no such host"`: "dial tcp: lookup x: no such host",
		`last connection error: connection error: desc = "a \"b\""`:                                   `a "b"`,
		`plain`: `plain`,
		`"open`: `"open`,
		`"a" b`: `a b`,
		``:      ``,
	} {
		if got := stripTransport(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
