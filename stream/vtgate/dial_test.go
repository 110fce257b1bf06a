package vtgate_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream/vtgate"
)

var loopback = net.IPv4(127, 0, 0, 1)

// shortly is a timeout that a test can wait for.
const shortly = 300 * time.Millisecond

func answer(string, string) ([][]string, *vtrpc.RPCError) {
	return [][]string{{"Version: 24.0.2 (Git revision x)"}}, nil
}

func TestDialPlain(t *testing.T) {
	address := serve(t, &fakeGate{execute: answer})
	_, port, _ := net.SplitHostPort(address)
	for _, given := range []string{address, "localhost:" + port, ":" + port} {
		c := dial(t, vtgate.Options{Address: given})
		if v, err := c.Version(t.Context()); v != "24.0.2" || err != nil {
			t.Errorf("%s: version %q, error %v", given, v, err)
		}
	}
}

func TestDialIgnoresProxies(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	dial(t, vtgate.Options{Address: serve(t, &fakeGate{})})
}

func TestDialTLS(t *testing.T) {
	a := newAuthority(t)
	byIP := serve(t, &fakeGate{execute: answer}, grpc.Creds(credentials.NewTLS(a.serverTLS("ip", nil, loopback))))
	byName := serve(t, &fakeGate{execute: answer}, grpc.Creds(credentials.NewTLS(a.serverTLS("name", []string{"gate.test"}))))
	mutualConfig := a.serverTLS("mutual", nil, loopback)
	mutualConfig.ClientAuth = tls.RequireAndVerifyClientCert
	mutual := serve(t, &fakeGate{execute: answer}, grpc.Creds(credentials.NewTLS(mutualConfig)))
	old := mutualConfig.Clone()
	old.MaxVersion = tls.VersionTLS12
	mutual12 := serve(t, &fakeGate{execute: answer}, grpc.Creds(credentials.NewTLS(old)))
	cert, key := a.issue("client", nil)
	stranger := newAuthority(t)
	strangerCert, strangerKey := stranger.issue("stranger", nil)

	tests := []struct {
		name    string
		options vtgate.Options
		want    []string // none: it connects
	}{
		{"CA", vtgate.Options{Address: byIP, CA: a.CA}, nil},
		{"server name", vtgate.Options{Address: byName, CA: a.CA, ServerName: "gate.test"}, nil},
		{"mutual", vtgate.Options{Address: mutual, CA: a.CA, Cert: cert, Key: key}, nil},
		{"mutual 1.2", vtgate.Options{Address: mutual12, CA: a.CA, Cert: cert, Key: key}, nil},
		{"system roots", vtgate.Options{Address: byIP, TLS: true}, []string{"unknown authority", "--vtgate-grpc-ca"}},
		{"another CA", vtgate.Options{Address: byIP, CA: stranger.CA}, []string{"unknown authority", "--vtgate-grpc-ca"}},
		{"another name", vtgate.Options{Address: byName, CA: a.CA}, []string{"127.0.0.1", "--vtgate-grpc-server-name"}},
		{"no certificate", vtgate.Options{Address: mutual, CA: a.CA}, []string{"--vtgate-grpc-cert"}},
		{"no certificate 1.2", vtgate.Options{Address: mutual12, CA: a.CA}, []string{"--vtgate-grpc-cert"}},
		{"a stranger's certificate", vtgate.Options{Address: mutual, CA: a.CA, Cert: strangerCert, Key: strangerKey}, []string{"--vtgate-grpc-cert"}},
		{"plain against TLS", vtgate.Options{Address: byIP}, []string{"--tls"}},
		{"plain against mutual TLS", vtgate.Options{Address: mutual}, []string{"--tls"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := vtgate.Dial(t.Context(), test.options)
			if len(test.want) == 0 {
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				if v, err := c.Version(t.Context()); v != "24.0.2" || err != nil {
					t.Errorf("version %q, error %v", v, err)
				}
				return
			}
			wantConnectError(t, err, test.want...)
		})
	}
}

func wantConnectError(t *testing.T, err error, parts ...string) {
	t.Helper()
	t.Log(err)
	wantText(t, err, parts...)
	var connect *vtgate.ConnectError
	if !errors.As(err, &connect) {
		t.Errorf("%T is no *ConnectError", err)
	}
}

func TestDialTLSAgainstPlain(t *testing.T) {
	_, err := vtgate.Dial(t.Context(), vtgate.Options{Address: serve(t, &fakeGate{}), TLS: true})
	wantConnectError(t, err, "drop --tls")
}

func TestDialRefused(t *testing.T) {
	listener := listen(t)
	_ = listener.Close()
	_, err := vtgate.Dial(t.Context(), vtgate.Options{Address: listener.Addr().String()})
	wantConnectError(t, err, "connection refused", listener.Addr().String())
}

// A port that accepts and says nothing must not be waited for longer than asked.
func TestDialSilent(t *testing.T) {
	address := listen(t).Addr().String()
	for _, secure := range []bool{false, true} {
		begin := time.Now()
		_, err := vtgate.Dial(t.Context(), vtgate.Options{Address: address, TLS: secure, ConnectTimeout: shortly})
		wantConnectError(t, err, shortly.String(), "--tls", "accepts connections")
		if took := time.Since(begin); took > 10*shortly {
			t.Errorf("took %v", took)
		}
	}
}

// Something that answers, in another protocol.
func TestDialOtherProtocols(t *testing.T) {
	web := listen(t)
	go http.Serve(web, http.NotFoundHandler())
	mysql := listen(t)
	go func() {
		for {
			conn, err := mysql.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, "J\x00\x00\x00\x0a8.0.30-Vitess\x00\x01\x00\x00\x00abcdefgh\x00")
		}
	}()
	for name, address := range map[string]string{"web": web.Addr().String(), "mysql": mysql.Addr().String()} {
		for _, secure := range []bool{false, true} {
			t.Run(fmt.Sprint(name, secure), func(t *testing.T) {
				_, err := vtgate.Dial(t.Context(), vtgate.Options{Address: address, TLS: secure, ConnectTimeout: 2 * time.Second})
				wantConnectError(t, err, "gRPC port")
			})
		}
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	cause := errors.New("the user went away")
	ctx, cancel := context.WithCancelCause(t.Context())
	listener := listen(t)
	go func() {
		if conn, err := listener.Accept(); err == nil {
			cancel(cause)
			_, _ = io.Copy(io.Discard, conn)
		}
	}()
	if _, err := vtgate.Dial(ctx, vtgate.Options{Address: listener.Addr().String()}); !errors.Is(err, cause) {
		t.Errorf("error %v, want the context's cause", err)
	}
}

func TestDialUsage(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	junk := write("junk", `{"Username": 5, "Password": "hunter2"}`)
	tests := []struct {
		options vtgate.Options
		want    string
	}{
		{vtgate.Options{Address: "gate"}, "HOST:PORT"},
		{vtgate.Options{Address: "https://gate:15991"}, "HOST:PORT"},
		{vtgate.Options{Address: "gate:"}, "HOST:PORT"},
		{vtgate.Options{Cert: junk}, "go together"},
		{vtgate.Options{Key: junk}, "go together"},
		{vtgate.Options{CA: junk}, "no PEM certificate"},
		{vtgate.Options{CA: filepath.Join(dir, "absent")}, "--vtgate-grpc-ca"},
		{vtgate.Options{Cert: junk, Key: junk}, "--vtgate-grpc-cert"},
		{vtgate.Options{StaticCreds: junk}, "Username"},
		{vtgate.Options{StaticCreds: filepath.Join(dir, "absent")}, "--grpc-auth-static-client-creds"},
		{vtgate.Options{StaticCreds: write("nl", `{"Username": "u", "Password": "hunter2\n"}`)}, "printable"},
		{vtgate.Options{MaxMessageSize: -1}, "--grpc-max-message-size"},
		{vtgate.Options{ConnectTimeout: -1}, "--connect-timeout"},
	}
	for _, test := range tests {
		_, err := vtgate.Dial(t.Context(), test.options)
		wantText(t, err, test.want)
		var usage *vtgate.UsageError
		if !errors.As(err, &usage) {
			t.Errorf("%v: %T is no *UsageError", err, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v tells the password", err)
		}
	}
}

func TestStaticCredentials(t *testing.T) {
	path := filepath.Join(t.TempDir(), "creds.json")
	if err := os.WriteFile(path, []byte(`{"Username": "vitess", "Password": "hunter2"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	g := &fakeGate{execute: answer, auth: func(md metadata.MD) error {
		switch {
		case len(md["username"]) == 0 || len(md["password"]) == 0:
			return status.Error(codes.Unauthenticated, "username and password must be provided")
		case md["username"][0] != "vitess" || md["password"][0] != "hunter2":
			return status.Errorf(codes.PermissionDenied, "auth failure: caller %q provided invalid credentials", md["username"][0])
		}
		return nil
	}}
	address := serve(t, g)
	if _, err := dial(t, vtgate.Options{Address: address, StaticCreds: path}).Version(t.Context()); err != nil {
		t.Error(err)
	}
	_, err := dial(t, vtgate.Options{Address: address}).Version(t.Context())
	wantText(t, err, "username and password must be provided")
}

func TestHeaders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("Bearer s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var headers []vtgate.Header
	for _, text := range []string{"Authorization=@" + file, "x-tag=a", "x-tag=b=c", "x-raw-bin=\x01\xff", "x-empty="} {
		h, err := vtgate.ParseHeader(text)
		if err != nil {
			t.Fatal(err)
		}
		headers = append(headers, h)
	}
	g := &fakeGate{execute: answer}
	if _, err := dial(t, vtgate.Options{Address: serve(t, g), Headers: headers}).Version(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"authorization": {"Bearer s3cret"}, "x-tag": {"a", "b=c"}, "x-raw-bin": {"\x01\xff"}, "x-empty": {""},
	} {
		if got := g.md[name]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s arrived as %q, want %q", name, got, want)
		}
	}
	if !strings.HasPrefix(strings.Join(g.md["user-agent"], ""), "vtscope") {
		t.Errorf("user agent %q", g.md["user-agent"])
	}
}

func TestHeaderUsage(t *testing.T) {
	for _, text := range []string{"", "s3cret", "=s3cret", "a b=s3cret", "grpc-timeout=s3cret", "ü=s3cret", "a=s3\x00cret", "a=s3crét", "a=@/does/not/exist"} {
		_, err := vtgate.ParseHeader(text)
		wantText(t, err, "--header")
		if strings.Contains(err.Error(), "s3c") {
			t.Errorf("%v tells the value", err)
		}
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	h := vtgate.Header{Name: "authorization", Value: vtgate.NewSecret("hunter2")}
	nested := struct {
		o vtgate.Options
		s vtgate.Secret
	}{vtgate.Options{Headers: []vtgate.Header{h}}, h.Value}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, value := range []any{h, &h, h.Value, nested, &nested, []vtgate.Header{h}} {
			if text := fmt.Sprintf(verb, value); strings.Contains(text, "hunter2") || strings.Contains(text, fmt.Sprintf("%x", "hunter2")) {
				t.Errorf("%s of %T prints %s", verb, value, text)
			}
		}
	}
	if h.Value.Reveal() != "hunter2" || (vtgate.Secret{}).Reveal() != "" {
		t.Error("a secret does not reveal its text")
	}
}
