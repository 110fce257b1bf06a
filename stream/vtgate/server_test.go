package vtgate_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream/vtgate"
)

// A fakeGate is a VTGate of which a test says how it answers.
type fakeGate struct {
	vtgateservice.UnimplementedVitessServer
	// vstream serves VStream.
	vstream func(*vtgatepb.VStreamRequest, vtgateservice.Vitess_VStreamServer) error
	// execute serves Execute: rows of text, nil for an unknown statement.
	execute func(target, sql string) ([][]string, *vtrpc.RPCError)
	// answer, where set, serves Execute with whatever it likes.
	answer func(context.Context) (*vtgatepb.ExecuteResponse, error)
	// auth, where set, judges the metadata of every call.
	auth func(metadata.MD) error

	mu    sync.Mutex
	asked []string
	md    metadata.MD
}

func (g *fakeGate) admit(ctx context.Context) error {
	md, _ := metadata.FromIncomingContext(ctx)
	g.mu.Lock()
	g.md = md
	g.mu.Unlock()
	if g.auth != nil {
		return g.auth(md)
	}
	return nil
}

func (g *fakeGate) VStream(r *vtgatepb.VStreamRequest, s vtgateservice.Vitess_VStreamServer) error {
	if err := g.admit(s.Context()); err != nil {
		return err
	}
	return g.vstream(r, s)
}

func (g *fakeGate) Execute(ctx context.Context, r *vtgatepb.ExecuteRequest) (*vtgatepb.ExecuteResponse, error) {
	if err := g.admit(ctx); err != nil {
		return nil, err
	}
	g.mu.Lock()
	g.asked = append(g.asked, r.Session.TargetString+"|"+r.Query.Sql)
	g.mu.Unlock()
	if g.answer != nil {
		return g.answer(ctx)
	}
	if g.execute == nil {
		return nil, status.Error(codes.Unimplemented, "no queries here")
	}
	rows, refused := g.execute(r.Session.TargetString, r.Query.Sql)
	if refused != nil {
		return &vtgatepb.ExecuteResponse{Session: r.Session, Error: refused}, nil
	}
	result := &sqltypes.Result{}
	for _, row := range rows {
		var values sqltypes.Row
		for _, text := range row {
			if text == "NULL" {
				values = append(values, sqltypes.NULL)
			} else {
				values = append(values, sqltypes.NewVarChar(text))
			}
		}
		result.Rows = append(result.Rows, values)
	}
	if len(rows) > 0 {
		for range rows[0] {
			result.Fields = append(result.Fields, &query.Field{Name: "c", Type: sqltypes.VarChar})
		}
	}
	return &vtgatepb.ExecuteResponse{Session: r.Session, Result: sqltypes.ResultToProto3(result)}, nil
}

// statements are what has been asked, each as "target|sql".
func (g *fakeGate) statements() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]string(nil), g.asked...)
}

// serve runs a gate on a port of loopback and gives its address.
func serve(t *testing.T, g *fakeGate, options ...grpc.ServerOption) string {
	t.Helper()
	listener := listen(t)
	server := grpc.NewServer(options...)
	vtgateservice.RegisterVitessServer(server, g)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	t.Cleanup(func() {
		server.Stop()
		<-done
	})
	return listener.Addr().String()
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

// dial connects, or fails the test.
func dial(t *testing.T, o vtgate.Options) *vtgate.Client {
	t.Helper()
	c, err := vtgate.Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// wantText checks that an error is there and holds every part.
func wantText(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
	if strings.ContainsAny(err.Error(), "\n\r\x00") {
		t.Errorf("error %q is not one line", err)
	}
}

// An authority signs certificates for a test.
type authority struct {
	t    *testing.T
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	// CA is the file with its own certificate.
	CA string
}

func newAuthority(t *testing.T) *authority {
	a := &authority{t: t, dir: t.TempDir()}
	a.key = a.newKey()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &a.key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.CA = a.write("ca.pem", "CERTIFICATE", der)
	return a
}

// issue makes a certificate for the names and gives its files.
func (a *authority) issue(name string, names []string, ips ...net.IP) (cert, key string) {
	a.t.Helper()
	private := a.newKey()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: names, IPAddresses: ips,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &private.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	privateDER, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.write(name+".pem", "CERTIFICATE", der), a.write(name+".key", "EC PRIVATE KEY", privateDER)
}

func (a *authority) newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	return key
}

func (a *authority) write(name, kind string, der []byte) string {
	path := filepath.Join(a.dir, name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		a.t.Fatal(err)
	}
	return path
}

// serverTLS is the configuration of a server with a certificate of a's.
func (a *authority) serverTLS(name string, names []string, ips ...net.IP) *tls.Config {
	a.t.Helper()
	cert, key := a.issue(name, names, ips...)
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		a.t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: pool, MinVersion: tls.VersionTLS12}
}
