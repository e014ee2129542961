// Builds the npm packages into dist/npm: one for each platform, which holds the
// program, and the thin package `beian`, which depends on all of them optionally.
//
//   node npm/build.mjs               all platforms
//   node npm/build.mjs linux-x64 …   some; `host` is this one
//
// Publish the platforms first, then `beian`.

import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile, platforms, programName, top, version, wanted } from './platforms.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(top, 'dist', 'npm')
const notices = 'THIRD_PARTY_NOTICES.txt'

const main = JSON.parse(readFileSync(join(here, 'beian/package.json'), 'utf8'))

function write(folder, manifest) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2) + '\n')
  cpSync(join(top, 'LICENSE'), join(folder, 'LICENSE'))
}

function buildPlatform(platform) {
  const folder = join(out, platform)
  const program = join(folder, 'bin', programName(platform))
  compile(platform, program)
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
    files: ['bin', notices],
    preferUnplugged: true,
  })
  cpSync(join(top, notices), join(folder, notices))
  console.log(`${platform}  ${(statSync(program).size / 1e6).toFixed(1)} MB`)
}

function buildMain() {
  const folder = join(out, 'beian')
  cpSync(join(here, 'beian'), folder, { recursive: true })
  const optional = Object.keys(platforms).map((p) => ['@beian/' + p, version()])
  write(folder, { ...main, version: version(), optionalDependencies: Object.fromEntries(optional) })
}

const chosen = wanted(process.argv.slice(2))
const unknown = chosen.filter((p) => !platforms[p])
if (unknown.length > 0) {
  console.error(`no such platform: ${unknown.join(', ')}; there are ${Object.keys(platforms).join(', ')}`)
  process.exit(2)
}
rmSync(out, { recursive: true, force: true })
for (const platform of chosen) buildPlatform(platform)
buildMain()
