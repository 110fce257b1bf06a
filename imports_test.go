package main

import (
	"os"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The line of imports: main → ui/cli → ui → filter → stream. stream/vtgate and
// stream/demo are leaves: only ui/cli and tests import them. ui/headless stands
// beside ui and knows no Bubble Tea.
//
// Each package of the module has its row here, with what it may import beyond
// the standard library. A name that ends in /... also stands for what is below
// it. Tests may import anything.
var mayImport = map[string][]string{
	".": {"vtscope/ui/cli"},
	"ui/cli": {
		"vtscope/stream/...", "vtscope/filter", "vtscope/ui", "vtscope/ui/draw", "vtscope/ui/headless", "vtscope/ui/report", "vtscope/ui/pane/...", "vtscope/ui/window", "vtscope/internal/files", "vtscope/internal/cputime",
		"github.com/spf13/pflag", "github.com/dustin/go-humanize", "golang.org/x/term", "github.com/pelletier/go-toml/v2/...",
		protos,
	},
	"stream": {
		"google.golang.org/protobuf/encoding/protowire", "google.golang.org/protobuf/encoding/protojson",
		"google.golang.org/protobuf/proto", "golang.org/x/text/encoding/...",
		"vitess.io/vitess/go/sqltypes", "vitess.io/vitess/go/mysql/replication", "vitess.io/vitess/go/mysql/collations/...",
		protos,
	},
	"stream/vtgate": {
		"vtscope/stream", "vtscope/internal/files",
		"google.golang.org/grpc/...", "google.golang.org/protobuf/...",
		"vitess.io/vitess/go/sqltypes", protos,
	},
	"internal/cputime": {},
	"internal/pairs":   {"vtscope/internal/cputime"},        // for tests
	"internal/hostile": {"github.com/charmbracelet/x/ansi"}, // for tests
	"internal/files":   {"github.com/gofrs/flock"},
	"stream/capture":   {"vtscope/stream", "github.com/klauspost/compress/zstd", "google.golang.org/protobuf/encoding/protowire"},
	"stream/demo": {
		"vtscope/stream",
		"google.golang.org/grpc/...", "google.golang.org/protobuf/...",
		"vitess.io/vitess/go/sqltypes", protos,
	},
	"filter": {
		"vtscope/stream",
		"vitess.io/vitess/go/mysql/datetime", "vitess.io/vitess/go/vt/sqlparser", "vitess.io/vitess/go/vt/vtgate/evalengine", "vitess.io/vitess/go/vt/vtenv",
		"vitess.io/vitess/go/sqltypes", "vitess.io/vitess/go/mysql/collations/...",
		protos,
	},
	"ui/headless": {"vtscope/stream", "vtscope/filter", "vitess.io/vitess/go/vt/sqlparser", protos},
	"ui/report":   {"vtscope/stream", "vtscope/filter", "vtscope/ui/draw"},
	"ui/draw":     {"vtscope/stream", "charm.land/lipgloss/v2", "github.com/charmbracelet/x/ansi"},
	"ui/rows":     {"vtscope/stream", "vtscope/filter"},
	"ui/pane":     {"vtscope/stream", "vtscope/ui/draw", "vtscope/ui/rows", "vtscope/ui/report", "vtscope/filter"},
	"ui/prompt": {
		"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/filter", "vtscope/stream", "vtscope/internal/files", "charm.land/bubbletea/v2",
		"github.com/charmbracelet/x/ansi",
	},
	"ui/value":             {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/stream", "github.com/charmbracelet/x/ansi", protos},
	"ui/window":            {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/stream", "vtscope/ui/headless", "github.com/sahilm/fuzzy"},
	"ui/pane/changes":      {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/ui/rows", "vtscope/ui/value", "vtscope/ui/headless", "vtscope/filter", "vtscope/stream"},
	"ui/pane/details":      {"vtscope/ui/pane", "vtscope/ui/draw"},
	"ui/pane/shards":       {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/stream", "github.com/charmbracelet/x/ansi"},
	"ui/pane/problems":     {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/filter", "vtscope/stream", "github.com/charmbracelet/x/ansi"},
	"ui/pane/graph":        {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/filter", "vtscope/stream", "github.com/charmbracelet/x/ansi"},
	"ui/pane/summary":      {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/ui/report", "vtscope/stream"},
	"ui/pane/transactions": {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/filter", "vtscope/stream", "github.com/charmbracelet/x/ansi"},
	"ui/pane/tables":       {"vtscope/ui/pane", "vtscope/ui/draw", "vtscope/filter", "vtscope/stream", "github.com/charmbracelet/x/ansi"},
	"ui": {"vtscope/ui/headless",
		"vtscope/ui/draw", "vtscope/ui/rows", "vtscope/ui/report", "vtscope/ui/pane/...", "vtscope/ui/window", "vtscope/ui/prompt",
		"vtscope/stream", "vtscope/filter", "vtscope/internal/files",
		"charm.land/...", "github.com/charmbracelet/x/ansi", "github.com/charmbracelet/colorprofile",
		protos,
	},
}

// protos are Vitess's generated messages.
const protos = "vitess.io/vitess/go/vt/proto/..."

// mayNotImport are exceptions from mayImport: the generated client and server
// are for those that speak gRPC.
var mayNotImport = map[string][]string{
	"ui/cli":      {"vitess.io/vitess/go/vt/proto/vtgateservice"},
	"stream":      {"vitess.io/vitess/go/vt/proto/vtgateservice"},
	"filter":      {"vitess.io/vitess/go/vt/proto/vtgateservice"},
	"ui/draw":     {"vitess.io/vitess/go/vt/proto/vtgateservice"},
	"ui":          {"vitess.io/vitess/go/vt/proto/vtgateservice"},
	"ui/headless": {"vitess.io/vitess/go/vt/proto/vtgateservice"},
}

// forbiddenDependencies are parts of import paths that nothing may link: they
// come with flags, HTTP handlers and agents of a server, and megabytes.
var forbiddenDependencies = []string{
	"vitess.io/vitess/go/vt/servenv", "vitess.io/vitess/go/vt/vtgate/vtgateconn", "vitess.io/vitess/go/vt/vtgate/grpcvtgateconn",
	"spf13/viper", "opentelemetry", "opentracing", "jaeger", "datadog", "prometheus",
}

func TestImportsFollowTheLine(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if f.test {
			return
		}
		allowed, known := mayImport[f.dir()]
		if !known {
			t.Errorf("%s: the package %s has no row in mayImport", f.name, f.dir())
			return
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if isStandard(name) || importAllowed(name, allowed) && !importAllowed(name, mayNotImport[f.dir()]) {
				continue
			}
			t.Errorf("%v: %s may not import %s", f.at(spec.Pos()), path.Join("vtscope", f.dir()), name)
		}
	})
}

// isStandard reports whether an import is of the standard library, whose names
// begin with no domain.
func isStandard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return first != "vtscope" && !strings.Contains(first, ".")
}

func importAllowed(name string, list []string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		if root, below := strings.CutSuffix(entry, "/..."); below {
			return name == root || strings.HasPrefix(name, root+"/")
		}
		return name == entry
	})
}

// TestNothingHeavyIsLinked asks the go command for all that the program links,
// on each of the systems that it is released for.
func TestNothingHeavyIsLinked(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			list := exec.CommandContext(t.Context(), "go", "list", "-deps", ".")
			list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
			list.Stderr = os.Stderr
			output, err := list.Output()
			if err != nil {
				t.Fatal(err)
			}
			names := strings.Fields(string(output))
			if !slices.Contains(names, "vtscope/stream") {
				t.Fatalf("%d packages, without vtscope/stream", len(names))
			}
			for _, name := range names {
				for _, part := range forbiddenDependencies {
					if strings.Contains(strings.ToLower(name), part) {
						t.Errorf("%s is linked; see why with: go mod why %[1]s", name)
					}
				}
			}
		})
	}
}
