package flow

// table is a map that is a pair of slices while it is small, which nearly all
// are: contexts have few children, and most objects few properties.
type table[K comparable, V any] struct {
	keys   []K
	values []V
	index  map[K]int
}

// manyKeys is from where on a table is looked up through a map.
const manyKeys = 12

func (t *table[K, V]) get(k K) (v V, ok bool) {
	if t.index != nil {
		if i, ok := t.index[k]; ok {
			return t.values[i], true
		}
		return v, false
	}
	for i := range t.keys {
		if t.keys[i] == k {
			return t.values[i], true
		}
	}
	return v, false
}

// add puts a key that is not yet there.
func (t *table[K, V]) add(k K, v V) {
	t.keys, t.values = append(t.keys, k), append(t.values, v)
	if t.index != nil {
		t.index[k] = len(t.keys) - 1
	} else if len(t.keys) > manyKeys {
		t.index = make(map[K]int, 4*manyKeys)
		for i, k := range t.keys {
			t.index[k] = i
		}
	}
}
