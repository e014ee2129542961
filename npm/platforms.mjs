// The platforms that packages are made for, as Node names them, and how the program is
// compiled for one. Programs are static: one for every libc.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const top = dirname(dirname(fileURLToPath(import.meta.url)))

/** GOOS and GOARCH by platform. */
export const platforms = {
  'darwin-arm64': ['darwin', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-x64': ['linux', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
}

/** The platforms named on the command line; `host` is this one, none means all. */
export function wanted(names) {
  const all = names.map((p) => (p === 'host' ? process.platform + '-' + process.arch : p))
  return all.length > 0 ? all : Object.keys(platforms)
}

/** The version stands in one place, the command. */
export function version() {
  const source = readFileSync(join(top, 'cmd/beian/command.go'), 'utf8')
  return source.match(/^const version = "([^"]+)"$/m)[1]
}

/** What the program is called on a platform. */
export const programName = (platform) => (platform.startsWith('win32') ? 'beian.exe' : 'beian')

/** Compiles the program for a platform, the same bytes from the same source wherever it is done. */
export function compile(platform, file) {
  const [GOOS, GOARCH] = platforms[platform]
  execFileSync('go', ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w -buildid=', '-o', file, './cmd/beian'], {
    cwd: top, stdio: 'inherit', env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0' },
  })
}
