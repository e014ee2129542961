package finding

import "net"

// LocalHost reports whether a host, with or without a port, is the developer's own machine
// or one in the same private network, which no published program reaches.
func LocalHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()))
}
