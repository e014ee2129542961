package flow

// table is a map that is a slice while it is small, which nearly all are:
// contexts have few children.
type table[K comparable, V any] struct {
	rows  []row[K, V]
	index map[K]int32
}

type row[K comparable, V any] struct {
	key   K
	value V
}

// manyKeys is the size from which a table uses a map.
const manyKeys = 12

func (t *table[K, V]) get(k K) (v V, ok bool) {
	if t.index != nil {
		if i, ok := t.index[k]; ok {
			return t.rows[i].value, true
		}
		return v, false
	}
	for i := range t.rows {
		if t.rows[i].key == k {
			return t.rows[i].value, true
		}
	}
	return v, false
}

// add puts a key that is not yet there.
func (t *table[K, V]) add(k K, v V) {
	t.rows = append(t.rows, row[K, V]{k, v})
	if t.index != nil {
		t.index[k] = int32(len(t.rows) - 1)
	} else if len(t.rows) > manyKeys {
		t.index = make(map[K]int32, 4*manyKeys)
		for i := range t.rows {
			t.index[t.rows[i].key] = int32(i)
		}
	}
}
