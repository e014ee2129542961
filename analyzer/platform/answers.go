package platform

import (
	"fmt"
	"strings"
	"sync"
)

// TellsOfCall reports whether a member of this name of an answer tells of the call, or identifies what it is about, and is
// nothing that the call was given: token, errMsg, _id.
func TellsOfCall(name string) bool { return loadAnswers()[plainName(name)] }

// plainName is a name as it is compared: error_code and errorCode are one.
func plainName(name string) string {
	return strings.ToLower(withoutDashes.Replace(name))
}

var withoutDashes = strings.NewReplacer("_", "", "-", "")

var loadAnswers = sync.OnceValue(func() map[string]bool { return must(parseAnswers(answersText)) })

func parseAnswers(text string) (map[string]bool, error) {
	names := map[string]bool{}
	for number, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0][0] == '#' || words[0] == "@" {
			continue
		}
		for _, name := range words {
			if names[plainName(name)] {
				return nil, fmt.Errorf("answers.txt, line %d: %s is given twice", number+1, name)
			}
			names[plainName(name)] = true
		}
	}
	return names, nil
}
