// Builds the npm packages into dist/npm: one for each platform, which holds the
// program, and the thin package `beian`, which depends on all of them optionally.
//
//   node npm/build.mjs               all platforms
//   node npm/build.mjs linux-x64 …   some; `host` is this one
//
// Publish the platforms first, then `beian`.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const top = dirname(here)
const out = join(top, 'dist', 'npm')

// Platforms as Node names them, with GOOS and GOARCH. Programs are static: one for
// every libc.
const platforms = {
  'darwin-arm64': ['darwin', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-x64': ['linux', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
}

/** The version stands in one place, the command. */
function version() {
  const source = readFileSync(join(top, 'cmd/beian/command.go'), 'utf8')
  return source.match(/^const version = "([^"]+)"$/m)[1]
}

const main = JSON.parse(readFileSync(join(here, 'beian/package.json'), 'utf8'))

function write(folder, manifest) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2) + '\n')
  cpSync(join(top, 'LICENSE'), join(folder, 'LICENSE'))
}

function buildPlatform(platform) {
  const [GOOS, GOARCH] = platforms[platform]
  const folder = join(out, platform)
  const program = join(folder, 'bin', GOOS === 'windows' ? 'beian.exe' : 'beian')
  execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', program, './cmd/beian'], {
    cwd: top, stdio: 'inherit', env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0' },
  })
  const [os, cpu] = platform.split('-')
  write(folder, {
    name: '@beian/' + platform,
    version: version(),
    description: 'The program of beian for ' + platform,
    homepage: main.homepage,
    repository: main.repository,
    license: main.license,
    os: [os],
    cpu: [cpu],
    files: ['bin'],
    preferUnplugged: true,
  })
  console.log(`${platform}  ${(statSync(program).size / 1e6).toFixed(1)} MB`)
}

function buildMain() {
  const folder = join(out, 'beian')
  cpSync(join(here, 'beian'), folder, { recursive: true })
  const optional = Object.keys(platforms).map((p) => ['@beian/' + p, version()])
  write(folder, { ...main, version: version(), optionalDependencies: Object.fromEntries(optional) })
}

const wanted = process.argv.slice(2).map((p) => (p === 'host' ? process.platform + '-' + process.arch : p))
const unknown = wanted.filter((p) => !platforms[p])
if (unknown.length > 0) {
  console.error(`no such platform: ${unknown.join(', ')}; there are ${Object.keys(platforms).join(', ')}`)
  process.exit(2)
}
rmSync(out, { recursive: true, force: true })
for (const platform of wanted.length > 0 ? wanted : Object.keys(platforms)) buildPlatform(platform)
buildMain()
