// Writes the programs in a folder anew with Babel, TypeScript and Prettier, each into a
// folder of its own, for TestRewritten: node rewrite.mjs NODE_MODULES PROGRAMS OUT
import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'

const [modules, programs, out] = process.argv.slice(2)
const require = createRequire(path.resolve(modules) + '/x.js')
const babel = require('@babel/core')
const ts = require('typescript')
const prettier = require('prettier')

const at = name => require.resolve(name)
const withBabel = (targets, moduleForm) => (name, text) => {
  const typed = /\.tsx?$/.test(name)
  return babel.transformSync(text, {
    filename: path.resolve(name), babelrc: false, configFile: false, sourceType: 'unambiguous',
    presets: [[at('@babel/preset-env'), { targets, modules: moduleForm }], ...(typed ? [[at('@babel/preset-typescript'), { onlyRemoveTypeImports: true }]] : [])],
    plugins: /x$/.test(name) ? [at('@babel/plugin-syntax-jsx')] : [],
  }).code
}
const tools = {
  'Babel ES5': withBabel('ie 11', false),
  'Babel ES5 CommonJS': withBabel('ie 11', 'commonjs'),
  'Babel ES2015': withBabel('chrome 51', false),
  'TypeScript ES5': (name, text) => ts.transpileModule(text, {
    fileName: name, compilerOptions: { target: 'ES5', module: 'ESNext', jsx: 'preserve', allowJs: true, downlevelIteration: true, ignoreDeprecations: '5.0' },
  }).outputText,
  'TypeScript ES2017 CommonJS': (name, text) => ts.transpileModule(text, {
    fileName: name, compilerOptions: { target: 'ES2017', module: 'CommonJS', jsx: 'preserve', allowJs: true },
  }).outputText,
  Prettier: (name, text) => prettier.format(text, { filepath: name, semi: true, singleQuote: false, printWidth: 60 }),
}

// configuration says what the program is, and tools read it as it is written.
const configuration = /config|\.d\.ts$/
for (const [tool, write] of Object.entries(tools)) {
  for (const name of fs.readdirSync(programs, { recursive: true })) {
    const from = path.join(programs, name)
    if (!fs.statSync(from).isFile()) continue
    const to = path.join(out, tool, name)
    let text = fs.readFileSync(from)
    if (/\.(js|ts|jsx|tsx)$/.test(name) && !configuration.test(path.basename(name))) {
      try {
        text = await write(name, text.toString())
      } catch (e) {
        console.error(`${tool}: ${name} stays as it is: ${String(e.message).split('\n')[0]}`)
      }
    }
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.writeFileSync(to, text)
  }
}
