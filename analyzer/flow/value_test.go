package flow

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// world makes values at random, always the same for the same seed.
type world struct {
	rand    *rand.Rand
	machine *machine
	objects []*Object
	arrays  []*Object
	cells   []*cell
	origins []*origin
}

func newWorld(seed int64) *world {
	m := newMachine(&project.Program{}, standard)
	w := &world{rand: rand.New(rand.NewSource(seed)), machine: m}
	for range 3 {
		w.objects = append(w.objects, w.machine.newObject(plainObject))
		w.arrays = append(w.arrays, w.machine.newObject(arrayObject))
		w.cells = append(w.cells, &cell{})
		w.origins = append(w.origins, m.origin(&Uses{}, project0))
	}
	return w
}

// value is a join of a few things.
func (w *world) value() *Value {
	var v *Value
	for range 1 + w.rand.Intn(3) {
		v = join(v, w.single())
	}
	return v
}

func (w *world) single() *Value {
	switch w.rand.Intn(9) {
	case 0:
		return undefinedValue
	case 1:
		return unknownValue
	case 2:
		return boolOf(w.rand.Intn(2) == 0)
	case 3:
		return numberOf(float64(w.rand.Intn(3)))
	case 4:
		return textOf(string(rune('a' + w.rand.Intn(3))))
	case 5:
		return objectOf(w.objects[w.rand.Intn(len(w.objects))])
	case 6:
		return objectOf(w.arrays[w.rand.Intn(len(w.arrays))])
	case 7:
		return (&Value{}).tainted(nil, []*origin{w.origins[w.rand.Intn(len(w.origins))]})
	default:
		return w.origins[w.rand.Intn(len(w.origins))].value()
	}
}

// alike reports whether two values have the same possibilities.
func alike(a, b *Value) bool { return a.covers(b) && b.covers(a) }

func TestJoinLaws(t *testing.T) {
	w := newWorld(1)
	for range 2000 {
		a, b, c := w.value(), w.value(), w.value()
		both := join(a, b)
		require.True(t, both.covers(a) && both.covers(b), "covers: %+v %+v", a, b)
		require.Same(t, a, join(a, a), "idempotent")
		require.Same(t, both, join(both, a), "absorbing: what adds nothing makes no new value")
		require.True(t, alike(both, join(b, a)), "commutative: %+v %+v", a, b)
		require.True(t, alike(join(both, c), join(a, join(b, c))), "associative")
		require.Same(t, a, join(a, nil))
		require.Same(t, a, join(nil, a))
	}
}

// Whatever is beyond the limits of a value becomes "something else"; collected
// data are never dropped.
func TestJoinLimits(t *testing.T) {
	w := newWorld(2)
	var v *Value
	for i := range 3 * maxConsts {
		v = join(v, textOf(fmt.Sprint(i)))
	}
	require.Len(t, v.consts, maxConsts)
	require.True(t, v.unknown)
	require.True(t, v.covers(textOf("anything else")))

	v = nil
	for range 3 * maxObjects {
		v = join(v, objectOf(w.machine.newObject(plainObject)))
	}
	require.Len(t, v.objects, maxObjects)
	require.True(t, v.unknown)

	v = nil
	for range 200 {
		v = join(v, w.machine.origin(&Uses{}, project0).value())
	}
	require.Len(t, v.taints(), 200)

	require.Nil(t, widen(nil))
	v = nil
	for i := range maxNumbers {
		v = join(v, numberOf(float64(i)))
	}
	require.Same(t, v, widen(v))
	v = join(v, join(numberOf(99), textOf("kept")))
	wide := widen(v)
	require.True(t, wide.covers(v), "giving up exact numbers loses no possibility")
	require.True(t, wide.covers(numberOf(12345)))
	require.True(t, wide.hasConst(&constant{kind: text, str: "kept"}))
}

func TestTruth(t *testing.T) {
	w := newWorld(3)
	for range 2000 {
		a, b := w.value(), w.value()
		trueA, falseA := a.truth()
		trueB, falseB := b.truth()
		isTrue, isFalse := join(a, b).truth()
		require.Equal(t, trueA || trueB, isTrue)
		require.Equal(t, falseA || falseB, isFalse)
		require.True(t, trueA || falseA)
	}
}

func TestConcat(t *testing.T) {
	w := newWorld(4)
	phone := w.origins[0]
	require.True(t, alike(textOf("ab"), concat(textOf("a"), textOf("b"))))
	require.True(t, alike(textOf("1true"), concat(numberOf(1), trueValue)))

	either := concat(join(textOf("a"), textOf("b")), textOf("c"))
	require.True(t, alike(join(textOf("ac"), textOf("bc")), either))

	mixed := concat(textOf("tel:"), phone.value())
	require.True(t, mixed.has(phone))
	require.Equal(t, "tel:", mixed.consts[0].prefix())

	// Text that grows round by round ends as something unknown, with its data.
	grown := phone.value()
	for range 4 * maxParts {
		grown = concat(grown, concat(textOf("-"), unknownValue))
	}
	require.True(t, grown.unknown)
	require.True(t, grown.has(phone))
}

func TestHostOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://api.example.cn/a/b?c=d": "api.example.cn",
		"http://127.0.0.1:8080":          "127.0.0.1:8080",
		"wss://push.example.cn/socket":   "push.example.cn",
		"https://a.example.cn?x=1":       "a.example.cn",
		"https://a.example.cn#top":       "a.example.cn",
		"/relative/path":                 "",
		"api/users":                      "",
		"":                               "",
		"https://":                       "",
	} {
		require.Equal(t, want, hostOf(textOf(address)), address)
	}
	something := unknownValue
	for _, c := range []struct {
		name  string
		value *Value
		want  string
	}{
		{"nothing", nil, ""},
		{"no text", unknownValue, ""},
		{"a known beginning", concat(textOf("https://api.example.cn/users/"), something), "api.example.cn"},
		{"a host cut off in its middle", concat(textOf("https://"), something), ""},
		{"a host that may go on", concat(textOf("https://api"), something), ""},
		{"one of two", concat(join(textOf("https://a.example.cn"), textOf("https://b.example.cn")), concat(textOf("/x/"), something)), "a.example.cn"},
		{"a developer's machine first", concat(join(textOf("http://127.0.0.1:8080"), textOf("https://b.example.cn")), textOf("/x")), "b.example.cn"},
		{"a developer's machine alone", join(textOf("http://localhost:80"), textOf("http://192.168.1.5")), "localhost:80"},
		{"a slash that may be missing", concat(textOf("https://a.example.cn"), concat(join(textOf(""), textOf("/")), textOf("api"))), "a.example.cn"},
		{"unknown before", concat(something, textOf("https://api.example.cn/")), ""},
		{"a config that may be absent", join(undefinedValue, textOf("https://api.example.cn")), "api.example.cn"},
	} {
		require.Equal(t, c.want, hostOf(c.value), c.name)
	}
}

func TestQueryOf(t *testing.T) {
	w := newWorld(5)
	phone := w.origins[0].value()
	known := func(s string) *constant { return &constant{kind: text, str: s} }
	pieces := func(vs ...*Value) *constant {
		v := vs[0]
		for _, next := range vs[1:] {
			v = concat(v, next)
		}
		require.Len(t, v.consts, 1)
		return v.consts[0]
	}
	for _, c := range []struct {
		address *constant
		want    []string // "name", "name=", "name=text", "name=*" if it holds the phone
	}{
		{known("/pages/a/a"), nil},
		{known("/pages/a/a?"), []string{""}},
		{known("/pages/a/a?x=1"), []string{"x=1"}},
		{known("/pages/a/a?x=1&y=2"), []string{"x=1", "y=2"}},
		{known("/pages/a/a?flag&y=2"), []string{"flag", "y=2"}},
		{known("/pages/a/a?x=a=b"), []string{"x=a=b"}},
		{pieces(textOf("/pages/a/a?tel="), phone), []string{"tel=*"}},
		{pieces(textOf("/pages/a/a?x=1&tel="), phone, textOf("&y=2")), []string{"x=1", "tel=*", "y=2"}},
		{pieces(textOf("/pages/a/a?tel=+86"), phone), []string{"tel=*"}},
		{pieces(textOf("/pages/a/a?"), phone), []string{"", "=*"}},
	} {
		var got []string
		for _, p := range queryOf(c.address) {
			s := p.name
			switch {
			case p.value == nil:
			case p.value.has(w.origins[0]):
				s += "=*"
			default:
				k, ok := p.value.only()
				require.True(t, ok)
				s += "=" + k.String()
			}
			got = append(got, s)
		}
		require.Equal(t, c.want, got, "%+v", c.address)
	}
}
