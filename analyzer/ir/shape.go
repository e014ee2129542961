package ir

// operand tells whether an operation has a register operand.
type operand uint8

const (
	no  operand = iota
	opt         // may be None
	yes
)

// shape tells which operands an operation has.
type shape struct {
	text         string // how Dump writes it
	dst, a, b, c operand
	name, num    bool // it has a Name, a Num
	variable, fn bool // it has an Ext.Var, an Ext.Func
	args         bool // it may have Ext.Args
	blocks       int  // length of Ext.Blocks
}

// shapes has the shape of every operation.
var shapes = [...]shape{
	Undef:    {text: "undefined", dst: yes},
	Null:     {text: "null", dst: yes},
	Bool:     {text: "bool", dst: yes, num: true},
	Number:   {text: "number", dst: yes, num: true},
	String:   {text: "string", dst: yes, name: true},
	Regexp:   {text: "regexp", dst: yes},
	Global:   {text: "global", dst: yes, name: true},
	This:     {text: "this", dst: yes},
	Args:     {text: "arguments", dst: yes},
	Meta:     {text: "meta", dst: yes, name: true},
	Load:     {text: "load", dst: yes, variable: true},
	Store:    {text: "store", a: yes, variable: true},
	Declare:  {text: "declare", variable: true},
	Move:     {text: "move", dst: yes, a: yes},
	Closure:  {text: "closure", dst: yes, fn: true},
	Param:    {text: "param", dst: yes, num: true},
	RestArgs: {text: "rest", dst: yes, num: true},

	Object:    {text: "object", dst: yes},
	Array:     {text: "array", dst: yes},
	Get:       {text: "get", dst: yes, a: yes, name: true},
	GetKey:    {text: "getkey", dst: yes, a: yes, b: yes},
	Set:       {text: "set", a: yes, b: yes, name: true},
	SetKey:    {text: "setkey", a: yes, b: yes, c: yes},
	Getter:    {text: "getter", a: yes, b: yes, name: true},
	GetterKey: {text: "getterkey", a: yes, b: yes, c: yes},
	Setter:    {text: "setter", a: yes, b: yes, name: true},
	SetterKey: {text: "setterkey", a: yes, b: yes, c: yes},
	Delete:    {text: "delete", dst: yes, a: yes, name: true},
	DeleteKey: {text: "deletekey", dst: yes, a: yes, b: yes},
	Copy:      {text: "copy", a: yes, b: yes},
	Omit:      {text: "omit", dst: yes, a: yes, args: true},
	Append:    {text: "append", a: yes, b: yes},
	Extend:    {text: "extend", a: yes, b: yes},
	Tail:      {text: "tail", dst: yes, a: yes, num: true},
	Elem:      {text: "elem", dst: yes, a: yes, num: true},
	ClassDef:  {text: "class", dst: yes, a: opt, fn: true},
	Proto:     {text: "prototype", dst: yes, a: yes},

	Unary:    {text: "unary", dst: yes, a: yes, name: true},
	Binary:   {text: "binary", dst: yes, a: yes, b: yes, name: true},
	Template: {text: "template", dst: yes, args: true},

	Call:      {text: "call", dst: yes, a: yes, b: opt, args: true},
	New:       {text: "new", dst: yes, a: yes, args: true},
	Super:     {text: "super", args: true},
	SuperGet:  {text: "superget", dst: yes, a: opt, name: true},
	Import:    {text: "import", dst: yes, name: true, args: true},
	Export:    {text: "export", a: yes, name: true},
	ExportAll: {text: "exportall", a: yes},

	If:       {text: "if", a: yes, blocks: 2},
	Loop:     {text: "loop", blocks: 2},
	ForOf:    {text: "forof", dst: yes, a: yes, blocks: 1},
	ForIn:    {text: "forin", dst: yes, a: yes, blocks: 1},
	Try:      {text: "try", dst: yes, blocks: 3},
	Block:    {text: "block", blocks: 1},
	Break:    {text: "break", num: true},
	Continue: {text: "continue", num: true},
	Return:   {text: "return", a: opt},
	Throw:    {text: "throw", a: yes},
	Await:    {text: "await", dst: yes, a: yes},
	Yield:    {text: "yield", dst: yes, a: opt, num: true},
}
