package sandbox

import "syscall"

// hold limits what may be written of this process' memory: what the runtime has only
// reserved does not count (setrlimit(2), RLIMIT_DATA, since Linux 4.7).
func hold(bytes uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
