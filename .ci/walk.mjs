// Walks through a document as its reader would:
//
//   node .ci/walk.mjs DOCUMENT DIRECTORY [--update]
//
// In DIRECTORY, the commands of its ```console blocks are run one by one and print
// what stands below each; a line … stands for any lines. What a ```diff block says is
// done to the files. --update writes what was printed into the document, but for
// commands whose output was as said.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const [file, directory, update] = process.argv.slice(2)
let status = 0 // of the last command
let wrong = 0

function run(command, input) {
  const shell = spawnSync('bash', ['-c', `(exit ${status}); ${command}`], { cwd: directory, input, encoding: 'utf8' })
  status = shell.status
  return (shell.stdout + shell.stderr).replace(/\n$/, '')
}

/** Whether lines are as said, where … stands for any lines. */
function fits(said, lines) {
  if (said.length === 0) return lines.length === 0
  if (said[0] !== '…') return said[0] === lines[0] && fits(said.slice(1), lines.slice(1))
  return fits(said.slice(1), lines) || (lines.length > 0 && fits(said, lines.slice(1)))
}

const split = (text) => (text === '' ? [] : text.split('\n'))

function session(block) {
  return block.replace(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm, (whole, command, text) => {
    const blank = text.match(/\n*$/)[0].length > 1 ? '\n' : ''
    const printed = run(command + ' 2>&1')
    if (fits(split(text.replace(/\n+$/, '')), split(printed))) return whole
    wrong++
    if (!update) console.error(`$ ${command}\nprinted\n${printed}\ninstead of\n${text}`)
    return `$ ${command}\n${printed === '' ? '' : printed + '\n'}${blank}`
  })
}

const text = readFileSync(file, 'utf8').replace(/^```(console|diff)\n([\s\S]*?)^```$/gm, (whole, kind, block) => {
  if (kind === 'console') return '```console\n' + session(block) + '```'
  const said = run('git apply -v - 2>&1', block)
  if (status !== 0) {
    wrong++
    console.error(said)
  }
  return whole
})
if (update) writeFileSync(file, text)
else process.exit(wrong > 0 ? 1 : 0)
