package finding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLocalHost(t *testing.T) {
	for _, host := range []string{"localhost", "localhost:3000", "127.0.0.1", "127.0.0.1:80", "192.168.1.9:8080", "10.0.0.1", "0.0.0.0:80", "::1", "[::1]:80", "::ffff:127.0.0.1", "[fd00::1]:80"} {
		require.True(t, LocalHost(host), host)
	}
	for _, host := range []string{"", "example.com", "localhost.example.com", "example.com:80", "8.8.8.8:53", "[2001:db8::1]:80", "172.32.0.1", "1270.0.0.1"} {
		require.False(t, LocalHost(host), host)
	}
}
