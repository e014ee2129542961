package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/lang"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// Encoding is how a file's text is stored on disk.
type Encoding uint8

// The encodings that Decode recognises.
const (
	UTF8    Encoding = iota + 1
	UTF8BOM          // UTF-8 with byte order mark
	GBK              // GBK or its superset GB18030
	UTF16            // UTF-16 of either byte order, with byte order mark
)

// String returns the name of e as editors write it.
func (e Encoding) String() string {
	switch e {
	case UTF8:
		return "UTF-8"
	case UTF8BOM:
		return "UTF-8 with BOM"
	case GBK:
		return "GBK"
	case UTF16:
		return "UTF-16"
	}
	return "unknown"
}

// maxFile keeps every offset, and one past it, within an int32.
const maxFile = 1 << 30

// Errors that Decode wraps; their text tells how to mend the file.
var (
	ErrBinary = error(&lang.Fault{
		ZH: "这是二进制数据而不是文本：可能经过加密，或不是源码；加密的请改为扫描源码，本应是文本的请另存为 UTF-8",
		EN: "this is binary data, not text: it may be ciphered, or no source; if it is ciphered, scan its source; if it is meant to be text, save it as UTF-8",
	})
	ErrEncoding = error(&lang.Fault{ZH: "文本编码既不是 UTF-8 也不是 GBK，请另存为 UTF-8", EN: "the text is neither UTF-8 nor GBK; save the file as UTF-8"})
	ErrTooLarge = error(&lang.Fault{ZH: "文件超过 1 GiB", EN: "the file is larger than 1 GiB"})
)

// Decode turns the bytes of a file into a File. It accepts UTF-8, UTF-8 and
// UTF-16 with a byte order mark, and, if the bytes are not valid UTF-8, the GBK
// of older Chinese editors. The mark is not part of the text. Anything else is
// an error that wraps ErrBinary, ErrEncoding or ErrTooLarge.
func Decode(path string, raw []byte) (*File, error) {
	text, enc, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f := NewFile(path, text)
	f.Encoding = enc
	return f, nil
}

func decode(raw []byte) (string, Encoding, error) {
	switch {
	case len(raw) > maxFile:
		return "", 0, ErrTooLarge
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		// ExpectBOM: the mark decides the byte order and is consumed.
		text, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM).NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return "", 0, ErrEncoding
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return "", 0, ErrBinary
		}
		return string(text), UTF16, nil
	case bytes.IndexByte(raw, 0) >= 0:
		return "", 0, ErrBinary
	}
	if rest, ok := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); ok {
		if !utf8.Valid(rest) {
			return "", 0, ErrEncoding
		}
		return string(rest), UTF8BOM, nil
	}
	if utf8.Valid(raw) {
		return string(raw), UTF8, nil
	}
	if bytes.IndexFunc(raw, inNoText) >= 0 {
		return "", 0, ErrBinary
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || !looksChinese(text) {
		return "", 0, ErrEncoding
	}
	return string(text), GBK, nil
}

// inNoText reports whether r is a control character that stands in no text, whatever its encoding: none that parts
// lines, none that other encodings switch their sets with (ISO 2022), no end of file of DOS.
func inNoText(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\b\t\n\v\f\r\x0e\x0f\x1a\x1b", r)
}

// symbols are what occurs in Chinese texts without a Chinese character beside it.
const symbols = "×÷·—…“”‘’→←↑↓￥"

// looksChinese tells text in GBK from other bytes read as GBK: nothing
// undecodable, no private-use character, and some Chinese in it, or punctuation as it
// is used in Chinese. In Latin-1 that would be two accented letters or signs in a row: "¡Á"
// for "×".
func looksChinese(text []byte) bool {
	chinese := false
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Co, r):
			return false
		case unicode.Is(unicode.Han, r), strings.ContainsRune(symbols, r), fullWidth(r):
			chinese = true
		}
		text = text[size:]
	}
	return chinese
}

// fullWidth reports whether r is a full-width form, such as ，（１.
func fullWidth(r rune) bool { return r >= '\uff00' && r <= '\uffef' }
