package vtgate

import (
	"encoding/json"
	"strings"

	"google.golang.org/grpc/metadata"

	"vtscope/internal/files"
)

// A Header is one piece of gRPC metadata that goes with every call.
type Header struct {
	// Name is in lower case, as gRPC sends it.
	Name  string
	Value Secret
}

// ParseHeader reads NAME=VALUE, or NAME=@FILE for the content of a file
// without its last line break. Its errors are *UsageError and never show a value.
func ParseHeader(text string) (Header, error) {
	name, value, found := strings.Cut(text, "=")
	name = strings.ToLower(strings.TrimSpace(name))
	if !found {
		// The text may be a secret whose name was forgotten.
		return Header{}, usagef("--header: the form is NAME=VALUE or NAME=@FILE")
	}
	if !isHeaderName(name) {
		return Header{}, usagef("--header: a name holds letters, digits, '-', '_' and '.', and does not begin with grpc-")
	}
	if path, isFile := strings.CutPrefix(value, "@"); isFile {
		content, err := files.Read(path, files.SecretLimit)
		if err != nil {
			return Header{}, usagef("--header %s: %s: %w", name, path, err)
		}
		value = strings.TrimRight(string(content), "\r\n")
	}
	if !strings.HasSuffix(name, "-bin") && !isPrintable(value) {
		return Header{}, usagef("--header %s: the value holds bytes that are not printable ASCII; name it %s-bin to send any bytes", name, name)
	}
	return Header{Name: name, Value: NewSecret(value)}, nil
}

// isHeaderName follows gRPC's rule for keys; grpc- is reserved by it.
func isHeaderName(name string) bool {
	if name == "" || strings.HasPrefix(name, "grpc-") {
		return false
	}
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
		default:
			return false
		}
	}
	return true
}

func isPrintable(value string) bool {
	for i := range len(value) {
		if value[i] < 0x20 || value[i] > 0x7e {
			return false
		}
	}
	return true
}

// metadata gathers what goes with every call: the headers, and the user name
// and password under the keys that Vitess's static authentication reads
// (go/vt/grpcclient/client_auth_static.go). Vitess does not ask for TLS with them.
func (o Options) metadata() (metadata.MD, error) {
	md := metadata.MD{}
	if o.StaticCreds != "" {
		user, password, err := readStaticCreds(o.StaticCreds)
		if err != nil {
			return nil, err
		}
		md.Set("username", user.Reveal())
		md.Set("password", password.Reveal())
	}
	for _, h := range o.Headers {
		md.Append(h.Name, h.Value.Reveal())
	}
	return md, nil
}

func readStaticCreds(path string) (user, password Secret, err error) {
	content, err := files.Read(path, files.SecretLimit)
	if err != nil {
		return user, password, usagef("--grpc-auth-static-client-creds: %s: %w", path, err)
	}
	var creds struct{ Username, Password string }
	// The decoder's own error may quote the file, so it is not passed on.
	if json.Unmarshal(content, &creds) != nil || creds.Username == "" {
		return user, password, usagef(
			`--grpc-auth-static-client-creds %s: the file must hold {"Username": "...", "Password": "..."}`, path)
	}
	if !isPrintable(creds.Username) || !isPrintable(creds.Password) {
		return user, password, usagef(
			"--grpc-auth-static-client-creds %s: gRPC can send printable ASCII only", path)
	}
	return NewSecret(creds.Username), NewSecret(creds.Password), nil
}
