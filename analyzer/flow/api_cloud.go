package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// Calls of the program's own code on a server: cloud functions, and the objects of
// uniCloud. Their arguments arrive at the call, and once more at the place where
// that code writes them.

// callFunction runs the cloud function that the call names.
func callFunction(m *machine, c *call) *Value {
	names, _ := m.get(c.arg(0), "name").keys()
	var out *Value
	for _, n := range names {
		main := m.get(m.cloudExports(n), "main")
		if !callable(main) || main.unknown {
			continue
		}
		event := m.object(plainObject, site{c.site, "event"})
		m.copyInto(event, m.get(c.arg(0), "data"))
		m.noteFoundFunction(event, n)
		m.setOpen(event, true)
		v := m.call(main, undefinedValue, []*Value{objectOf(event), unknownValue}, site{c.site, "main"})
		out = join(out, m.await(v))
	}
	if out == nil {
		out = m.answerOfFunction(c.fn, names, c.args, m.apiLocation(c.fn, c.site))
	}
	if out == nil {
		return nil
	}
	res := m.object(plainObject, site{c.site, "answer"})
	m.setProp(res, "result", out)
	m.setOpen(res, true)
	return objectOf(res)
}

// noteFoundFunction says of what a cloud function gets that its folder is known by its content alone.
func (m *machine) noteFoundFunction(event *Object, name string) {
	f := m.functionNamed(name)
	if f == nil || !f.ByContent {
		return
	}
	at := source.Location{File: f.Main.File}
	for _, key := range event.visible() {
		m.setProp(event, key, note(orUndefined(m.property(event, key)), lang.Text{
			ZH: "到云函数 " + name + "（没有设置说明它的文件夹，按内容认出）",
			EN: "to cloud function " + name + " (no setting names its folder; it is known by what it says)",
		}, at))
	}
}

// functionNamed is the cloud function of the program with a name whose code was read; nil for none.
func (m *machine) functionNamed(name string) *project.CloudFunction {
	for _, f := range m.program.Functions {
		if f.Name == name && f.Main != nil && f.Main.Tree != nil {
			return f
		}
	}
	return nil
}

// cloudExports returns what the main script of a cloud function exports; a value of
// nothing if the program has no such function.
func (m *machine) cloudExports(name string) *Value {
	if f := m.functionNamed(name); f != nil {
		return m.get(objectOf(m.exports(f.Main).object), "exports")
	}
	return undefinedValue
}

// cloudGlobal is the global object of uniCloud.
const cloudGlobal = "uniCloud"

// databaseOperations are what triggers of uniCloud call the functions that change a collection.
var databaseOperations = map[string]string{
	"Collection.add": "Create", "DatabaseComponent.add": "Create",
	"Query.update": "Update", "Query.updateAndReturn": "Update", "Document.update": "Update", "Document.updateAndReturn": "Update",
	"Document.set": "Update", "DatabaseComponent.update": "Update",
	"Query.remove": "Delete", "Document.remove": "Delete", "DatabaseComponent.remove": "Delete",
}

// triggered runs what uniCloud runs on its server before and after a client changes a collection: the triggers in
// NAME.schema.ext.js (uniCloud documents, 数据库触发器; read 2026-11). What cloud functions change runs none.
func triggered(m *machine, c *call) *Value {
	collection, _, _ := strings.Cut(c.fn.about, environmentMark)
	script := m.program.Triggers[collection]
	here := m.here().File
	if script == nil || script.Tree == nil || c.fn.global != cloudGlobal || here == nil || m.program.OnServer(here.Path) {
		return nil
	}
	triggers := m.get(m.get(objectOf(m.exports(script).object), "exports"), "trigger")
	operation := databaseOperations[c.fn.path]
	for _, when := range [...]string{"before", "after"} {
		fn := m.get(triggers, when+operation)
		if !callable(fn) || fn.unknown {
			continue
		}
		event := m.object(plainObject, site{c.site, when})
		m.setProp(event, "collection", textOf(collection))
		switch operation {
		case "Create":
			list := c.arg(0)
			if !slices.ContainsFunc(list.objects, isList) {
				list = m.array(site{c.site, "added"}, []*Value{list}, nil)
			}
			m.setProp(event, "addDataList", list)
		case "Update":
			m.setProp(event, "updateData", joinAll(c.args))
		}
		m.setOpen(event, true)
		m.call(fn, undefinedValue, []*Value{objectOf(event)}, site{c.site, when + "run"})
	}
	return nil
}

// initCloud is cloud.init. That of uniCloud returns the space it is given.
func initCloud(m *machine, c *call) *Value {
	if c.fn.global == cloudGlobal {
		return m.platformObject(cloudGlobal, "cloud.")
	}
	if env := m.cloudNamed(c.arg(0)); env != "" && !slices.Contains(m.ledger.clouds, env) {
		m.ledger.clouds = append(m.ledger.clouds, env)
	}
	return undefinedValue
}

// cloudNamed is the cloud environment that options name: { env: 'prod' }. It is "" if that
// is not known.
func (m *machine) cloudNamed(options *Value) string {
	if options == nil || len(options.objects) == 0 {
		return ""
	}
	if names, others := m.get(options, "env").keys(); len(names) == 1 && !others && names[0] != "undefined" {
		return names[0]
	}
	return ""
}

// otherCloud makes a client of another cloud environment, with the methods that
// wx.cloud has.
func otherCloud(m *machine, c *call) *Value { return m.platformObject(c.fn.global, "cloud") }

// runTransaction hands its callback a transaction, which has the collections of the database. The promise gives what the
// callback returns, or tells what became of it.
func runTransaction(m *machine, c *call) *Value {
	c.answered = true
	gives := unknownValue
	if callable(c.arg(0)) && !c.arg(0).unknown {
		database := m.platformAbout(c.fn.global, "Database", c.fn.about)
		gives = join(gives, m.await(m.call(c.arg(0), undefinedValue, []*Value{database}, site{c.site, "callback"})))
	}
	return m.promise(site{c.site, "result"}, gives, nil)
}

// objectPrefix begins the path of the platform object that uniCloud.importObject
// returns; the name of the cloud object follows.
const objectPrefix = "CloudObject/"

// objectAPI is the row of the table for methods of cloud objects, whatever their name.
const objectAPI = "CloudObject.*"

// apiPath is the path under which the table knows the API behind o.
func apiPath(o *Object) string {
	switch {
	case strings.HasPrefix(o.path, objectPrefix):
		return objectAPI
	case strings.HasPrefix(o.path, commandPrefix):
		return commandAPI
	}
	return o.path
}

// commandPrefix begins the path of the operators of a database, db.command.set and the
// like, for all of which the table has one row.
const (
	commandPrefix = "Database.command."
	commandAPI    = commandPrefix + "*"
)

// importObject returns the cloud object of a name.
func importObject(m *machine, c *call) *Value {
	names, _ := c.arg(0).keys()
	if len(names) == 0 {
		names = []string{""}
	}
	var out *Value
	for _, n := range names {
		out = join(out, m.platformObject(c.fn.global, objectPrefix+strings.ReplaceAll(n, ".", "/")))
	}
	return out
}

// callObject runs the method of a cloud object that a call names, with _before in
// front of it.
func callObject(m *machine, c *call) *Value {
	name, method, _ := strings.Cut(strings.TrimPrefix(c.fn.path, objectPrefix), ".")
	this := m.cloudExports(name)
	fn := m.get(this, method)
	if method == anyMethod {
		fn = publicMethods(this)
	}
	if !callable(fn) || fn.unknown {
		return nil
	}
	if before := m.get(this, "_before"); callable(before) && !before.unknown {
		m.call(before, this, nil, site{c.site, "before"})
	}
	return m.await(m.call(fn, this, c.args, site{c.site, "main"}))
}

// anyMethod stands for the methods of a cloud object under a name that is computed: user[action](data).
const anyMethod = "*"

// isCloudObject reports whether o is what uniCloud.importObject returns.
func (o *Object) isCloudObject() bool {
	return o.kind == platformObject && strings.HasPrefix(o.path, objectPrefix) && !strings.Contains(o.path, ".")
}

// anyMethodOf is a method of a cloud object under a name that is not known.
func (m *machine) anyMethodOf(o *Object) *Value { return m.platformProperty(o, anyMethod) }

// publicMethods are the methods of a cloud object that clients may call; nil if none is known.
func publicMethods(exports *Value) (fns *Value) {
	for name, v := range exports.properties() {
		if callable(v) && !strings.HasPrefix(name, "_") {
			fns = join(fns, v)
		}
	}
	return fns
}

// hostMark is between the hosts that a connection may be to.
const hostMark = "|"

// subject is what the object that a call of o returns is about: a collection, or the
// hosts that a connection is to.
func (m *machine) subject(api *platform.API, o *Object, args []*Value) string {
	if api.Sink != nil && api.Sink.Host != "" {
		return strings.Join(hostsOf(m.argument(args, api.Sink.Host)), hostMark)
	}
	return m.collectionOf(o, args)
}

// collectionOf is the collection that what o returns is about: the one that
// db.collection('users') names, and then whatever o is about. A database with an
// environment of its own adds that: users@prod. It is "" if that is not known.
func (m *machine) collectionOf(o *Object, args []*Value) string {
	switch {
	case o.path == "cloud.database" && len(args) > 0:
		if env := m.cloudNamed(args[0]); env != "" {
			return environmentMark + env
		}
		return ""
	case !strings.HasSuffix(o.path, ".collection") || len(args) == 0:
		return o.about
	}
	if names, others := args[0].keys(); len(names) == 1 && !others {
		return names[0] + o.about
	}
	return ""
}
