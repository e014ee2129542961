package flow

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A host is told whole or not at all.
func TestHostOfAddress(t *testing.T) {
	for address, c := range map[string]struct {
		goesOn bool
		want   string
	}{
		"https://a.example.com/add":   {false, "a.example.com"},
		"https://a.example.com":       {true, "a.example.com"}, // what goes on is a path
		"http://192.168.7.9:8080/add": {false, "192.168.7.9:8080"},
		"http://192.168.7.9:":         {true, "192.168.7.9"},
		"http://192.168.7.9:/add":     {false, "192.168.7.9"},
		"http://:8080/add":            {false, ""},
		"http://:":                    {true, ""},
		"http:///add":                 {false, ""},
		"http://undefined/add":        {false, ""},
		"http://undefined:8080/add":   {false, ""},
		"http://null/add":             {false, ""},
		"https://nullable.example/":   {false, "nullable.example"},
		"https://api.":                {true, ""},
		"https://api./add":            {false, ""},
		"https://a.example-":          {true, ""},
		"http://192.168.":             {true, ""},
		"http://localhost":            {true, ""},
		"/add":                        {false, ""},
	} {
		require.Equal(t, c.want, hostIn(address, c.goesOn), address)
	}
}
