package project

import (
	"regexp"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Scripts that were compressed, and what their text says of what they do.

// minified reports whether a script was compressed by a tool. Such a script has
// lines far longer than anybody types.
func minified(f *source.File) bool {
	const long = 500
	if len(f.Text) < 2*long {
		return false
	}
	return len(f.Text)/f.Lines() > long || longLines(f.Text, 10*long) > len(f.Text)/2
}

// callsPlatform reports whether a script calls the platform. The program's own modules may also
// have a banner or the head of a bundle; their calls tell them from libraries. Tools that compress
// scripts name variables with two letters, as the objects of some platforms are named:
//
//	et=new Formatter,tt=function(e){…}    // tt.format(e) calls no platform
func callsPlatform(text string) bool { return callsAny(text, func(string) bool { return true }) }

// callsOnlyConsole reports whether a compressed script calls nothing of the platform but the console, as
// release builds of libraries do to warn whoever uses them.
func callsOnlyConsole(text string) bool {
	return compressed(text) && !callsAny(text, func(name string) bool { return name != "console" })
}

// callsAny reports whether a script calls a function of an object of a platform whose name counts.
func callsAny(text string, counts func(name string) bool) bool {
	var own map[string]bool
	for _, call := range platformCalls().FindAllStringSubmatch(text, -1) {
		name := call[1]
		if !counts(name) {
			continue
		}
		if len(name) > shortName {
			return true
		}
		if own == nil {
			own = variablesLike(text)
		}
		if !own[name] {
			return true
		}
	}
	return false
}

// variablesLike are the variables of a compressed script that are named like an object of a platform.
func variablesLike(text string) map[string]bool {
	own := map[string]bool{}
	if compressed(text) {
		for _, bound := range shortVariables().FindAllStringSubmatch(text, -1) {
			own[bound[1]+bound[2]] = true
		}
	}
	return own
}

// shortName is how long a name is at most that a tool which compresses scripts makes up.
const shortName = 2

// platformCalls finds calls of functions of the platforms' objects.
var platformCalls = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(` + globalNames(func(string) bool { return true }) + `)\.\w+\(`)
})

// shortVariables finds variables and functions of a script that are named like an object of a platform with a
// short name. One that gets such an object (my=wx) is none: the script calls the platform by it.
var shortVariables = sync.OnceValue(func() *regexp.Regexp {
	short := globalNames(func(name string) bool { return len(name) <= shortName })
	made := `=(?:new|function|class|void)\b|=[{\["'\d!]`
	return regexp.MustCompile(`(?:[,;{]|\b(?:var|let|const))\s*(` + short + `)(?:` + made + `)|\bfunction (` + short + `)\(`)
})

// globalNames joins the names of the platforms' objects that are wanted to an expression.
func globalNames(wanted func(string) bool) string {
	var names []string
	for _, g := range platform.Globals() {
		if wanted(g.Name) {
			names = append(names, regexp.QuoteMeta(g.Name))
		}
	}
	return strings.Join(names, "|")
}

// denseLine is how many letters outside literals a line of a compressed script has at
// least. If people write lines of such length, they are data.
const denseLine = 250

// prose is how many letters a line of text has at least for each sign of code: an agreement
// in JSX is one long line, but has hardly a bracket.
const prose = 12

// compressed reports whether most code of a script is in lines that nobody types:
// letters in literals, such as a picture in base64, do not count, nor does text between tags.
//
//	var a=function(e,t){return n(e).then(function(r){…    2,000 letters: compressed
//	const logo = 'data:image/png;base64,AAAA…'            9 letters: not
func compressed(text string) bool {
	dense, all := 0, 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "function _") {
			continue // a helper of Babel, on a line of its own
		}
		n, signs := lettersOutside(line)
		all += n
		if n >= denseLine && n < prose*signs {
			dense += n
		}
	}
	return 2*dense > all
}

// lettersOutside counts the letters of a line outside literals, and the signs of code.
func lettersOutside(line string) (n, signs int) {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == '\\':
			i++
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			n++
		case strings.IndexByte("(){}[];=", c) >= 0:
			signs++
		}
	}
	return n, signs
}

// maxOwnCompressed is the size in bytes up to which compressed code that calls the platform
// is run: a wrapper of requests that was built, not a drawing library.
const maxOwnCompressed = 32 << 10

// worksForProgram reports whether a compressed script of no known library is the program's
// own work: it calls the platform, or puts files of the program together. A copy of a library
// is whole.
//
//	var a=require("./router"),b=require("./user");exports.router=a;exports.user=b;
func worksForProgram(text string) bool {
	return len(text) <= maxOwnCompressed && (callsPlatform(text) || bringsFiles().MatchString(text))
}

// bringsFiles finds an import of a file beside the script.
var bringsFiles = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\brequire\(["']\.\.?/|\b(?:from|import)\s*["']\.\.?/`)
})

// longLines returns how many bytes of text are in lines longer than limit.
func longLines(text string, limit int) int {
	total := 0
	for line := range strings.Lines(text) {
		if len(line) > limit {
			total += len(line)
		}
	}
	return total
}
