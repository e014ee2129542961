package lang

import "errors"

// Error is an error with a message in both languages. Error() is the English
// text.
type Error interface {
	error
	Text() Text
}

// Fault is an error that has only a text.
type Fault Text

// Error returns the text in English.
func (f *Fault) Error() string { return f.EN }

// Text returns the text in both languages.
func (f *Fault) Text() Text { return Text(*f) }

// Of returns the text of err. In Chinese it is that of the first Error in its chain;
// an err without one says the same in both languages. In English it is the whole
// message, with what callers added around that Error.
func Of(err error) Text {
	text := Same(err.Error())
	var told Error
	if errors.As(err, &told) {
		text.ZH = told.Text().ZH
	}
	return text
}
