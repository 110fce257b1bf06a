package vtgate

import (
	"crypto/tls"
	"crypto/x509"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"vtscope/internal/files"
)

// transport builds the connection's transport credentials. Vitess's own client
// uses TLS only where a CA or a certificate is given
// (go/vt/grpcclient/client.go, SecureDialOption); here the system's roots do too.
func (o Options) transport() (credentials.TransportCredentials, error) {
	if !o.secure() {
		return insecure.NewCredentials(), nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: o.ServerName}
	if o.CA != "" {
		roots, err := readRoots(o.CA)
		if err != nil {
			return nil, err
		}
		config.RootCAs = roots
	}
	if o.Cert != "" {
		pair, err := readPair(o.Cert, o.Key)
		if err != nil {
			return nil, usagef("--vtgate-grpc-cert %s, --vtgate-grpc-key %s: %w", o.Cert, o.Key, err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return credentials.NewTLS(config), nil
}

func readPair(cert, key string) (pair tls.Certificate, err error) {
	certPEM, err := files.Read(cert, files.SecretLimit)
	if err != nil {
		return pair, err
	}
	keyPEM, err := files.Read(key, files.SecretLimit)
	if err != nil {
		return pair, err
	}
	return tls.X509KeyPair(certPEM, keyPEM)
}

func readRoots(path string) (*x509.CertPool, error) {
	pem, err := files.Read(path, files.SecretLimit)
	if err != nil {
		return nil, usagef("--vtgate-grpc-ca: %s: %w", path, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, usagef("--vtgate-grpc-ca %s: the file holds no PEM certificate", path)
	}
	return roots, nil
}
