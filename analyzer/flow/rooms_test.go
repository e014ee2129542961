package flow

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rooms are the rooms of the package in the order in which they build on each other.
var rooms = []string{"result", "value", "run", "builtin", "api", "page", "model", "vue", "react", "engine"}

// roomOf returns the room that a file belongs to: what its name begins with.
func roomOf(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".go")
	room, _, _ := strings.Cut(name, "_")
	return room
}

// use is a name of one room in another.
type use struct{ from, name string }

// upward returns the names that a room uses of rooms behind it, each with its
// place.
func upward(t *testing.T) map[use]string {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	set := token.NewFileSet()
	var trees []*ast.File
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		if file != "doc.go" {
			require.Contains(t, rooms, roomOf(file), "%s is in no room; see doc.go", file)
		}
		trees = append(trees, tree)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: imports(t, set)}
	pkg, err := config.Check("github.com/beian/beian/analyzer/flow", set, trees, info)
	require.NoError(t, err)
	out := map[use]string{}
	for id, object := range info.Uses {
		if object.Pkg() != pkg || local(object) {
			continue
		}
		from, to := roomOf(set.Position(id.Pos()).Filename), roomOf(set.Position(object.Pos()).Filename)
		if slices.Index(rooms, from) < slices.Index(rooms, to) {
			u := use{from, to + "." + object.Name()}
			out[u] = max(out[u], set.Position(id.Pos()).String())
		}
	}
	return out
}

// local reports whether an object belongs to a function and not to the package.
func local(o types.Object) bool {
	if v, ok := o.(*types.Var); ok && v.IsField() {
		return false
	}
	if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
		return false
	}
	return o.Parent() != o.Pkg().Scope()
}

// imports reads the packages that flow imports as the compiler left them.
func imports(t *testing.T, set *token.FileSet) types.Importer {
	list, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", ".").Output()
	require.NoError(t, err)
	exports := map[string]string{}
	for line := range strings.Lines(string(list)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[name] = file
	}
	return importer.ForCompiler(set, "gc", func(name string) (io.ReadCloser, error) { return os.Open(exports[name]) })
}

// allowed lists what a room may name of rooms behind it.
var allowed = map[string][]string{
	"result": { // the texts of a control are evaluated when a detector asks for them
		"page.scope page.texts page.titles page.unknown",
	},
	"value": { // an object only holds these; what they are is not looked at
		"page.instance page.kids page.object page.scope react.node run.call run.machine run.reaction",
	},
	"run": {
		// parts of the machine, which newMachine makes
		"api.apis api.newAPIs api.files api.storage builtin.builtins builtin.ciphers builtin.converted builtin.firstID builtin.global engine.ledger engine.newLedger",
		"page.newPages page.pages react.newReact react.react vue.shows vue.vue",
		// functions of the language, and of the platform, that code calls and reads
		"builtin.cipher builtin.cipherOf builtin.encipher builtin.define builtin.defineGlobal builtin.digested builtin.globals builtin.method builtin.methods builtin.nativeFunc",
		"builtin.each builtin.entriesOf builtin.maxKnown builtin.namespace builtin.prototypeOf builtin.prototypes builtin.size builtin.toNumber",
		"builtin.nativeStatic builtin.template builtin.typeOfGlobal builtin.window api.anyMethodOf api.apiNames api.isCloudObject api.ownSink api.ownSinkAt api.platformCall api.platformObject api.platformProperty api.sinks",
		// what an import gives that is no code of the program
		"api.absent api.adopt api.answerOfClient api.apiKey api.client api.foreign api.isLibrary api.library api.libraryCall api.libraryObject api.overrides",
		"api.unavailable model.model",
		// on whose behalf code runs, and what it leads to
		"page.assignTo page.context page.data page.frequent page.app page.instance page.object page.outside page.owner page.page page.parent page.scope",
		"page.unit page.wasGiven engine.key",
		"engine.limits engine.lose engine.noteBlind engine.takeBack page.giving page.handStranger page.value",
		// what is left out
		"engine.omit page.path",
	},
	"builtin": { // global functions: Page, getApp, getCurrentPages, wx; names in a view
		"api.copied api.copiedAsJSON api.platformObject model.provided page.app page.appObject page.defined page.lookup page.object",
		"page.scope engine.lose",
	},
	"api": { // navigation between pages, cloud functions, what reaches a sink
		"engine.arrive engine.asker engine.callOrigin engine.clouds engine.environmentMark engine.key engine.lose engine.recordCall engine.recordNamed engine.resultOrigin engine.takenBy",
		"model.bus model.model model.ofFramework",
		"page.showGiven page.byRoute page.channel page.defined page.eventNames page.instance page.isUnitScript page.opening page.openingOf page.page page.pushed page.query page.unit page.hardlyBelow page.strayed",
		"page.addStranger page.appendTexts page.giving",
	},
	"page": { // lifeOf
		"engine.arrive engine.handedOrigin engine.key engine.lose engine.origin engine.recordControl engine.controlRecord",
		"react.drawnLife react.drawsWithVue react.reactLife vue.reached vue.vueLife vue.read",
	},
	"model": {"engine.lose"},
	"vue":   {"engine.lose react.kits"},
	"react": {"engine.key engine.lose engine.origin engine.recordControl"},
}

// A room may use itself and the rooms before it. allowed lists everything else that
// it uses.
func TestRoomsBuildOnEachOther(t *testing.T) {
	listed, used := map[use]bool{}, upward(t)
	for room, lines := range allowed {
		for _, name := range strings.Fields(strings.Join(lines, " ")) {
			listed[use{room, name}] = true
		}
	}
	for u, at := range used {
		require.True(t, listed[u], "%s: room %s names %s of a room behind it", at, u.from, u.name)
	}
	for u := range listed {
		require.NotEmpty(t, used[u], "allowed lists %s for room %s, which does not name it", u.name, u.from)
	}
}

// doc.go lists the rooms.
func TestDocListsTheRooms(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	for _, room := range rooms {
		require.Regexp(t, `(?m)^//\t`+room+`\s`, string(text))
	}
}
