package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Budgets: what does not fit is two things.
const (
	maxFileLines     = 400
	maxFunctionLines = 60
)

// mayStartGoroutines are the packages, relative to the module, whose work needs
// goroutines of their own: ui/cli starts and joins the stream's, and the demo is
// a server.
var mayStartGoroutines = map[string]bool{"ui/cli": true, "stream/demo": true}

// vagueNames say nothing of what a package owns.
var vagueNames = map[string]bool{
	"common": true, "helper": true, "helpers": true, "misc": true, "model1": true, "shared": true,
	"type": true, "types": true, "util": true, "utils": true,
}

// A sourceFile is one parsed Go file of the module.
type sourceFile struct {
	*ast.File
	fset *token.FileSet
	name string // relative to the module, with slashes
	test bool
}

// dir is the package's folder relative to the module, "." for its root.
func (f *sourceFile) dir() string { return path.Dir(f.name) }

func (f *sourceFile) at(p token.Pos) token.Position { return f.fset.Position(p) }

// lines counts the lines from a node's first to its last.
func (f *sourceFile) lines(n ast.Node) int { return f.at(n.End()-1).Line - f.at(n.Pos()).Line + 1 }

// imports reports whether the file imports a package.
func (f *sourceFile) imports(name string) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == strconv.Quote(name) })
}

// sourceFiles parses the module's files, whatever system they are built for.
// Generated files are left out.
var sourceFiles = sync.OnceValues(func() ([]*sourceFile, error) {
	var files []*sourceFile
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if !ast.IsGenerated(file) {
			files = append(files, &sourceFile{
				File: file, fset: fset, name: filepath.ToSlash(name), test: strings.HasSuffix(name, "_test.go"),
			})
		}
		return nil
	})
	return files, err
})

// eachSourceFile calls check for every file that is written by hand.
func eachSourceFile(t *testing.T, check func(*sourceFile)) {
	t.Helper()
	files, err := sourceFiles()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go files: is this the module's root?")
	}
	for _, f := range files {
		check(f)
	}
}

func TestFilesAreShort(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if lines := f.fset.File(f.FileStart).LineCount() - 1; lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d: it holds more than one thing", f.name, lines, maxFileLines)
		}
	})
}

func TestFunctionsAreShort(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if f.test {
			return
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			name := "function literal"
			switch n := n.(type) {
			case *ast.FuncDecl:
				name = n.Name.Name
			case *ast.FuncLit:
			default:
				return true
			}
			if lines := f.lines(n); lines > maxFunctionLines {
				t.Errorf("%v: %s has %d lines, more than %d", f.at(n.Pos()), name, lines, maxFunctionLines)
			}
			return true
		})
	})
}

func TestOnlyTheCommandLineAndTheDemoStartGoroutines(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if f.test || mayStartGoroutines[f.dir()] {
			return
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%v: a go statement; the stream's goroutine is ui/cli's to start", f.at(n.Pos()))
			case *ast.CallExpr:
				// As in (*sync.WaitGroup).Go.
				if callee, ok := n.Fun.(*ast.SelectorExpr); ok && callee.Sel.Name == "Go" {
					t.Errorf("%v: a call of Go; the stream's goroutine is ui/cli's to start", f.at(n.Pos()))
				}
			}
			return true
		})
	})
}

// TestNoTestSleeps allows time.Sleep in files that run their tests in bubbles,
// where the clock is not the real one. Other tests wait for what they expect.
func TestNoTestSleeps(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if !f.test || f.imports("testing/synctest") {
			return
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Sleep" {
				if from, ok := s.X.(*ast.Ident); ok && from.Name == "time" {
					t.Errorf("%v: a test sleeps: it is slow, and fails on a busy machine", f.at(n.Pos()))
				}
			}
			return true
		})
	})
}

// TestPackagesAreDocumented wants a package's comment in its doc.go, and that
// of main in main.go.
func TestPackagesAreDocumented(t *testing.T) {
	documented := map[string]bool{}
	eachSourceFile(t, func(f *sourceFile) {
		if f.test {
			return
		}
		documented[f.dir()] = documented[f.dir()] || false
		if f.Doc == nil {
			return
		}
		documented[f.dir()] = true
		want := "doc.go"
		if f.Name.Name == "main" {
			want = "main.go"
		}
		if path.Base(f.name) != want {
			t.Errorf("%s holds a package comment; its place is %s", f.name, want)
		}
	})
	for dir, has := range documented {
		if !has {
			t.Errorf("%s has no package comment: data path, ownership, file map, what is not obvious", dir)
		}
	}
}

func TestPackageNamesSayWhatTheyOwn(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if name := strings.TrimSuffix(f.Name.Name, "_test"); vagueNames[name] {
			t.Errorf("%s: package %s names no owner of anything", f.name, name)
		}
	})
}

// TestExportedNamesAreDocumented wants a sentence beside every exported
// function, method, type, constant and variable; one for a group will do, and
// Error is the same for every error.
func TestExportedNamesAreDocumented(t *testing.T) {
	eachSourceFile(t, func(f *sourceFile) {
		if f.test || f.Name.Name == "main" {
			return
		}
		for _, decl := range f.Decls {
			for _, name := range undocumented(decl) {
				t.Errorf("%v: %s is exported and has no comment", f.at(name.Pos()), name.Name)
			}
		}
	})
}

// undocumented gives the exported names of a declaration that lack a comment.
func undocumented(decl ast.Decl) (names []*ast.Ident) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && d.Name.Name != "Error" && hasExportedReceiver(d) {
			names = append(names, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if d.Doc == nil && s.Doc == nil && s.Comment == nil && s.Name.IsExported() {
					names = append(names, s.Name)
				}
			case *ast.ValueSpec:
				for _, name := range s.Names {
					if d.Doc == nil && s.Doc == nil && s.Comment == nil && name.IsExported() {
						names = append(names, name)
					}
				}
			}
		}
	}
	return names
}

// hasExportedReceiver is true for functions too: what only satisfies an
// interface on a type of the package's own is documented there.
func hasExportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
		case *ast.IndexExpr:
			receiver = r.X
		case *ast.IndexListExpr:
			receiver = r.X
		case *ast.Ident:
			return r.IsExported()
		default:
			return true
		}
	}
}

// The screen's model only dispatches: what it shows is made of panes, windows and
// the prompt.
const maxModelFields = 20

// modelFiles are the only ones with methods of the model.
var modelFiles = []string{"model.go", "keys.go", "actions.go", "layout.go", "frames.go", "questions.go", "filter.go", "search.go", "mouse.go", "windows.go"}

func TestTheModelStaysSmall(t *testing.T) {
	fields := 0
	eachSourceFile(t, func(f *sourceFile) {
		if f.dir() != "ui" || f.test {
			return
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && n.Name.Name == "Model" {
					fields = s.Fields.NumFields()
				}
			case *ast.FuncDecl:
				if isModels(n) && !slices.Contains(modelFiles, path.Base(f.name)) {
					t.Errorf("%v: %s is the model's, whose methods stand in %v", f.at(n.Pos()), n.Name.Name, modelFiles)
				}
			}
			return true
		})
	})
	if fields == 0 || fields > maxModelFields {
		t.Errorf("the model has %d fields, and may have %d", fields, maxModelFields)
	}
}

// isModels reports whether a function is a method of the screen's model.
func isModels(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return false
	}
	pointer, ok := f.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	name, ok := pointer.X.(*ast.Ident)
	return ok && name.Name == "Model"
}

// TestPanesStandAlone: no pane knows another pane or the root, whatever its row of
// imports says.
func TestPanesStandAlone(t *testing.T) {
	panes := map[string]bool{}
	eachSourceFile(t, func(f *sourceFile) {
		if f.test || !strings.HasPrefix(f.dir(), "ui/pane/") {
			return
		}
		panes[f.dir()] = true
		for _, spec := range f.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if name == "vtscope/ui" || strings.HasPrefix(name, "vtscope/ui/pane/") || strings.HasPrefix(name, "charm.land/") {
				t.Errorf("%v: the pane %s may not import %s", f.at(spec.Pos()), f.dir(), name)
			}
		}
	})
	if len(panes) < 3 {
		t.Errorf("the panes are %v", panes)
	}
}
