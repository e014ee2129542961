package source

// Encoding is how a file's text is stored on disk.
type Encoding uint8

// The encodings that Decode recognises.
const (
	UTF8 Encoding = iota + 1
	UTF8BOM
	GBK
)
