package cli

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

const manPage = "../../docs/vtscope.1"

// TestManPage compares the man page with the flags, and writes it with -update. Where there
// is a man, it reads it without a warning.
func TestManPage(t *testing.T) {
	t.Setenv(vtgateVariable, "")
	f, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := manOf(f)
	if *update {
		if err := os.WriteFile(manPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if page := readFile(t, manPage); page != want {
		t.Errorf("docs/vtscope.1 has other flags than flags.go; go test ./ui/cli -update writes it")
	}
	if path, err := exec.LookPath("groff"); err == nil {
		if out, err := exec.Command(path, "-man", "-Tutf8", "-ww", "-z", manPage).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("groff: %v\n%s", err, out)
		}
	}
}

// roff writes text as it is: a dash is a minus, to be searched and pasted.
var roff = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`)

// manOf is the man page.
func manOf(f *flags) string {
	var b strings.Builder
	b.WriteString(`.\" Written from ui/cli/flags.go by go test ./ui/cli -update.` + "\n")
	b.WriteString(".TH VTSCOPE 1\n.SH NAME\nvtscope \\- look at live Vitess change streams\n")
	b.WriteString(".SH SYNOPSIS\n.B vtscope\n[\\fIflags\\fR] [\\fITARGET\\fR ...]\n")
	b.WriteString(".SH DESCRIPTION\n" + roff.Replace(manDescription) + "\n")
	for _, group := range f.sets {
		fmt.Fprintf(&b, ".SH %s\n", strings.ToUpper(roff.Replace(group.heading)))
		group.set.VisitAll(func(p *pflag.Flag) {
			if p.Hidden {
				return
			}
			name, usage := pflag.UnquoteUsage(p)
			flag := `\fB` + roff.Replace("--"+p.Name) + `\fR`
			if p.Shorthand != "" {
				flag = `\fB` + roff.Replace("-"+p.Shorthand) + `\fR, ` + flag
			}
			if name != "" && p.Value.Type() != "bool" {
				flag += ` \fI` + roff.Replace(name) + `\fR`
			}
			fmt.Fprintf(&b, ".TP\n%s\n%s\n", flag, roff.Replace(usage))
		})
	}
	for _, section := range manSections {
		fmt.Fprintf(&b, ".SH %s\n", section[0])
		for line := range strings.Lines(section[1]) {
			if term, text, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); found {
				fmt.Fprintf(&b, ".TP\n\\fB%s\\fR\n%s\n", roff.Replace(term), roff.Replace(text))
			} else {
				b.WriteString(roff.Replace(line))
			}
		}
	}
	return b.String()
}

const manDescription = "vtscope shows the changes that a VTGate streams: on a terminal as a screen, in a pipe as lines.\n" +
	"A TARGET is KEYSPACE[:SHARD][@TABLET_TYPE]; with no target, the screen asks what to stream, and a pipe gets every keyspace.\n" +
	"On the screen, ? lists the keys."

var manSections = [][2]string{
	{"EXIT STATUS", "0\tfinished as asked\n1\tthe stream ended with an error, a position cannot be used, or a change cannot be written as SQL\n" +
		"2\twrong usage\n3\tno connection\n129, 130, 143\thung up, interrupted, terminated\n"},
	{"ENVIRONMENT", "VTSCOPE_VTGATE\tVTGate's address, where --vtgate is not given\nNO_COLOR\tset to anything, it turns colours off\n"},
	{"FILES", "$XDG_CONFIG_HOME/vtscope/config.toml\tsettings; --print-config prints all of them\n" +
		"$XDG_STATE_HOME/vtscope\tthe filters used, how columns are shown, and long positions\n"},
	{"EXAMPLES", "vtscope --demo\ta stream to watch, without a VTGate\nvtscope customer\tevery shard of a keyspace, from now on\n" +
		"vtscope customer -t corder --from copy\tcopy one table, then follow it\nvtscope customer -o json | jq .after\tas JSON lines\n"},
}
