package finding

import (
	"net/netip"
	"strings"
)

// LocalHost reports whether a host, with or without a port, is the developer's own machine
// or one in the same private network, which no published program reaches.
func LocalHost(host string) bool {
	ip, err := netip.ParseAddr(host)
	if at, wrong := netip.ParseAddrPort(host); wrong == nil {
		ip, err = at.Addr(), nil
	}
	if err != nil {
		name, _, _ := strings.Cut(host, ":")
		return name == "localhost"
	}
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()
}
