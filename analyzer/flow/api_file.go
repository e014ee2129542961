package flow

import "github.com/beian/beian/analyzer/platform"

// Files of the device that the program names itself:
//
//	files.writeFileSync(`${wx.env.USER_DATA_PATH}/card.txt`, number)
//	wx.uploadFile({ filePath: `${wx.env.USER_DATA_PATH}/card.txt`, … })
//
// A path is like a key of the storage: what is written under it is what is read under it.

// keepFiles puts what api writes into files.
func (m *machine) keepFiles(api *platform.API, args []*Value) {
	for _, k := range api.Keeps {
		v, name := m.opened(api, args, k.From), m.argument(args, k.To)
		if v != nil && isPath(name) && len(deepTaints(v)) > 0 {
			m.putStored(m.api.files, name, join(v, m.getStored(m.api.files, name)))
		}
	}
}

// opened is the argument of api at a path, with what is in the file that it names.
func (m *machine) opened(api *platform.API, args []*Value, path string) *Value {
	v := m.argument(args, path)
	for _, p := range api.Opens {
		if p == path && isPath(v) {
			return join(v, m.getStored(m.api.files, v).known())
		}
	}
	return v
}

// isPath reports whether v is a path of which something is known.
func isPath(v *Value) bool {
	return v != nil && len(v.consts) > 0 && len(v.taints()) == 0 && !v.unknown
}
