// Builds the extension into dist/vscode: one folder for each package, and a .vsix beside it.
//
//   node editors/vscode/build.mjs                   all platforms and the browser
//   node editors/vscode/build.mjs linux-x64 web …   some; `host` is this platform
//   node editors/vscode/build.mjs --folder web      only the folder, without a .vsix
//
// For each platform there is a second package, beian-wechat-…: WeChat developer tools are
// built on VS Code 1.52, before it knew packages for one platform.
//
// Needs Go, and npm ci in editors/vscode.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { compile, platforms, programName, top, version, wanted } from '../../npm/platforms.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(top, 'dist', 'vscode')

/** Bundles a script of src into dist of the package. Returns the folders of the npm packages that it took in. */
async function bundle(name, folder, options) {
  const { metafile } = await build({
    metafile: true, absWorkingDir: here,
    entryPoints: [join(here, 'src', name + '.ts')], outfile: join(folder, 'dist', name + '.js'), bundle: true, minify: true,
    format: 'cjs', target: 'es2020', charset: 'utf8', external: ['vscode'], logLevel: 'warning', legalComments: 'none', ...options,
  })
  return Object.keys(metafile.inputs).map((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean)
}

/** The texts that the licences of the npm packages in these folders want to be passed on. */
function notices(folders) {
  return [...new Set(folders)].sort().map((folder) => {
    const { name } = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'))
    const files = readdirSync(join(here, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    if (files.length === 0) throw new Error(`${name} has no licence`)
    const texts = files.map((file) => readFileSync(join(here, folder, file), 'utf8').trim() + '\n\n')
    return `${'='.repeat(79)}\n\n${name}\n\n${texts.join('')}`
  }).join('')
}

/** The desktop: the program of the platform. */
async function desktop(platform, folder) {
  compile(platform, join(folder, 'bin', programName(platform)))
  return bundle('node', folder, { platform: 'node', target: 'node12' })
}

/** The browser: the program as WebAssembly, and the worker that runs it. */
async function web(folder) {
  const env = { ...process.env, GOOS: 'js', GOARCH: 'wasm', GOFLAGS: '' }
  const go = (...args) => execFileSync('go', args, { cwd: top, env, encoding: 'utf8' })
  const glue = join(go('env', 'GOROOT').trim(), 'lib', 'wasm', 'wasm_exec.js')
  const bundled = await bundle('web', folder, { platform: 'browser' })
  bundled.push(...await bundle('server', folder, { platform: 'browser', format: 'iife', alias: { wasm_exec: glue } }))
  const program = join(folder, 'beian.wasm')
  go('build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w -buildid= -X main.version=' + version(), '-o', program, './web/lsp')
  const packed = gzipSync(readFileSync(program), { level: 9 })
  packed[9] = 255 // the system that packed it: unknown, so that the bytes are the same everywhere
  writeFileSync(join(folder, 'dist', 'beian.wasm.gz'), packed)
  rmSync(program)
  return bundled
}

async function pack(target, withPackage) {
  const folder = join(out, target)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const file of ['README.md', 'media', 'package.nls.json', 'package.nls.zh-cn.json']) {
    cpSync(join(here, file), join(folder, file), { recursive: true })
  }
  for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(top, file), join(folder, file))
  const all = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
  const { devDependencies, dependencies, scripts, main, browser, ...manifest } = all
  if (target === 'web') manifest.files = manifest.files.filter((f) => f !== 'bin') // vsce takes no pattern without files
  // Not every file system of the browser can be searched before it is needed, so the files are looked at by the extension.
  const entry = target === 'web' ? { browser, activationEvents: ['onStartupFinished'] } : { main }
  const write = (more) => {
    const text = JSON.stringify({ ...manifest, version: version(), ...entry, ...more }, null, 2)
    writeFileSync(join(folder, 'package.json'), text + '\n')
  }
  const bundled = await (target === 'web' ? web(folder) : desktop(target, folder))
  const file = 'THIRD_PARTY_NOTICES.txt'
  writeFileSync(join(folder, file), readFileSync(join(top, file), 'utf8') + notices(bundled))
  if (target !== 'web') {
    write({ engines: { vscode: '^1.52.0' } })
    if (withPackage) vsce(folder, `beian-wechat-${target}-${version()}.vsix`)
  }
  write()
  if (withPackage) vsce(folder, `beian-${target}-${version()}.vsix`, '--target', target)
}

function vsce(folder, name, ...args) {
  const file = join(out, name)
  execFileSync(join(here, 'node_modules/.bin/vsce'), ['package', ...args, '--no-dependencies', '-o', file], {
    cwd: folder, stdio: ['ignore', 'ignore', 'inherit'],
  })
  console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB  ${file}`)
}

const args = process.argv.slice(2)
const names = args.filter((a) => a !== '--folder')
const targets = names.length > 0 ? wanted(names) : [...Object.keys(platforms), 'web']
const unknown = targets.filter((t) => t !== 'web' && !platforms[t])
if (unknown.length > 0) {
  console.error(`no such platform: ${unknown.join(', ')}; there are ${[...Object.keys(platforms), 'web'].join(', ')}`)
  process.exit(2)
}
for (const target of targets) await pack(target, !args.includes('--folder'))
