// Speaks with `beian lsp` through the client library that editors use:
//
//   node .ci/lsp-client.mjs MODULES BEIAN PROGRAM
//
// MODULES is a node_modules directory with vscode-jsonrpc and
// vscode-languageserver-protocol, PROGRAM a mini program that collects a phone number.

import { spawn } from 'node:child_process'
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [modules, beian, program] = process.argv.slice(2).map((p) => resolve(p))
const require = createRequire(pathToFileURL(modules + '/'))
const lsp = require('vscode-languageserver-protocol/node')

const server = spawn(beian, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
const connection = lsp.createProtocolConnection(
  new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin))
connection.onError(([error]) => { throw error })

/** Resolves to the diagnostics of the first file for which wanted holds. */
let waiting = []
function diagnostics(wanted) {
  return new Promise((done) => waiting.push({ wanted, done }))
}
connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => {
  waiting.filter((w) => w.wanted(p)).forEach((w) => w.done(p))
  waiting = waiting.filter((w) => !w.wanted(p))
})
connection.onNotification(lsp.LogMessageNotification.type, (p) => console.error(p.message))
let watched = 0
connection.onRequest(lsp.RegistrationRequest.type, (p) => { watched += p.registrations.length })
const shown = new Promise((done) => connection.onRequest(lsp.ShowDocumentRequest.type, (p) => { done(p); return { success: true } }))
const told = new Promise((done) => connection.onNotification('beian/status', (s) => s.state === 'done' && done(s)))
connection.listen()

const timer = setTimeout(() => { console.error('the language server does not answer'); process.exit(1) }, 30_000)
const hasPhone = (p) => p.uri.endsWith('.wxml') && p.diagnostics.some((d) => d.code === 'field/phone')

const first = diagnostics(hasPhone)
const { capabilities } = await connection.sendRequest(lsp.InitializeRequest.type, {
  processId: process.pid, locale: 'zh-cn', rootUri: null,
  workspaceFolders: [{ uri: pathToFileURL(program).href, name: 'program' }],
  capabilities: {
    experimental: { beianStatus: true },
    window: { showDocument: { support: true } },
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    textDocument: { hover: { contentFormat: ['markdown', 'plaintext'] } },
  },
})
assert.equal(capabilities.hoverProvider, true)
assert.equal(capabilities.textDocumentSync.change, lsp.TextDocumentSyncKind.Incremental)
await connection.sendNotification(lsp.InitializedNotification.type, {})

// On start: the whole workspace.
const { uri, diagnostics: found } = await first
const phone = found.find((d) => d.code === 'field/phone')
assert.ok(lsp.Diagnostic.is(phone) && lsp.Range.is(phone.range))

// On open and change: what is on the screen.
const textDocument = { uri }
const text = readFileSync(fileURLToPath(uri), 'utf8')
const opened = diagnostics((p) => hasPhone(p) && p.uri === uri && p.version === 1)
await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'wxml', version: 1, text } })
await opened
const changed = diagnostics((p) => hasPhone(p) && p.uri === uri && p.version === 2)
await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
  textDocument: { uri, version: 2 }, contentChanges: [{ range: lsp.Range.create(0, 0, 0, 0), text: '<!-- 一 -->\n' }],
})
const moved = (await changed).diagnostics.find((d) => d.code === 'field/phone')
assert.equal(moved.range.start.line, phone.range.start.line + 1)

// Hover and actions, with the time that they take.
const position = moved.range.start
const begun = performance.now()
const hover = await connection.sendRequest(lsp.HoverRequest.type, { textDocument, position })
const took = performance.now() - begun
assert.ok(lsp.Hover.is(hover) && hover.contents.kind === 'markdown')
assert.match(hover.contents.value, /field\/phone/)
const actions = await connection.sendRequest(lsp.CodeActionRequest.type, {
  textDocument, range: { start: position, end: position }, context: { diagnostics: [moved] },
})
assert.ok(actions.length >= 2 && actions.every((a) => lsp.CodeAction.is(a)))
const [edit] = actions.find((a) => a.edit).edit.changes[uri]
assert.ok(lsp.TextEdit.is(edit))
assert.match(edit.newText, /^<!-- beian-accept field\/phone: -->/)
const { command } = actions.find((a) => a.command)
await connection.sendRequest(lsp.ExecuteCommandRequest.type, command)
assert.match((await shown).uri, /docs\/rules\/field\/phone/)

// Lenses, the list of points, the report.
const lenses = await connection.sendRequest(lsp.CodeLensRequest.type, { textDocument })
assert.ok(lenses.every((l) => lsp.CodeLens.is(l) && lsp.Command.is(l.command)))
assert.match(lenses.find((l) => l.range.start.line === position.line).command.title, /手机号/)
const [points] = await connection.sendRequest('beian/points')
const point = points.programs.flatMap((p) => p.points).find((p) => p.location.uri === uri && p.location.range.start.line === position.line)
assert.ok(lsp.Location.is(point.location) && point.flows.every((f) => f.steps.length > 0))
assert.deepEqual(point.location.range, moved.range)
const report = await connection.sendRequest(lsp.ExecuteCommandRequest.type, { command: 'beian.openReport', arguments: [uri, 'json'] })
assert.equal(JSON.parse(report).schemaVersion, 1)
assert.equal((await told).status, 'triggered')

// A fix mends app.json as it is on the screen; an analysis begins 250 ms after the change.
const config = program + '/miniprogram/app.json'
const app = { uri: pathToFileURL(config).href }
const appText = readFileSync(config, 'utf8').replace('{', '{ /* 😀 */ "__usePrivacyCheck__": true,')
const obsolete = (p) => p.diagnostics.find((d) => d.code === 'config/use-privacy-check-obsolete')
const appOpened = diagnostics((p) => p.uri === app.uri && p.version === 1 && obsolete(p))
await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: { ...app, languageId: 'json', version: 1, text: appText } })
const complaint = obsolete(await appOpened)
const [fix] = await connection.sendRequest(lsp.CodeActionRequest.type, {
  textDocument: app, range: complaint.range, context: { diagnostics: [complaint], only: [lsp.CodeActionKind.QuickFix] },
})
assert.ok(lsp.CodeAction.is(fix) && fix.isPreferred && lsp.WorkspaceEdit.is(fix.edit))
const [{ range, newText }] = fix.edit.changes[app.uri]
const mended = diagnostics((p) => p.uri === app.uri && p.version === 2 && !obsolete(p))
const typed = performance.now()
await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
  textDocument: { ...app, version: 2 }, contentChanges: [{ range, text: newText }],
})
await mended
const followed = performance.now() - typed
await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: app })

// Positions are UTF-16 units, as of what is on the screen: an emoji before the
// element moves it by two.
const emoji = diagnostics((p) => p.uri === uri && p.version === 3 && hasPhone(p))
await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
  textDocument: { uri, version: 3 }, contentChanges: [{ range: { start: position, end: position }, text: '<text>😀号</text>' }],
})
const wide = (await emoji).diagnostics.find((d) => d.code === 'field/phone' && d.range.start.line === position.line)
assert.equal(wide.range.start.character, position.character + '<text>😀号</text>'.length)

// A second folder joins; its files change on disk, are renamed and deleted.
const second = mkdtempSync(join(tmpdir(), 'beian 第二个 '))
const page = (name) => join(second, 'pages/我 的', name)
mkdirSync(page('.'), { recursive: true })
writeFileSync(join(second, 'app.json'), '{ "pages": ["pages/我 的/页"] }')
writeFileSync(page('页.js'), 'Page({ onPhone(e) { this.setData({ phone: e.detail.value }) } })\n')
writeFileSync(page('页.wxml'), '<view />\n')
const folder = { uri: pathToFileURL(second).href, name: 'second' }
await connection.sendNotification(lsp.DidChangeWorkspaceFoldersNotification.type, { event: { added: [folder], removed: [] } })
const watched2 = (...changes) => connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type, {
  changes: changes.map(([name, type]) => ({ uri: pathToFileURL(name).href, type })),
})
const about = (name, wanted) => diagnostics((p) => fileURLToPath(p.uri) === name && wanted(p))
const written = about(page('页.wxml'), hasPhone)
writeFileSync(page('页.wxml'), '<input placeholder="请输入手机号" bindinput="onPhone" />\n')
await watched2([page('页.wxml'), lsp.FileChangeType.Changed])
await written
const gone = about(page('页.wxml'), (p) => p.diagnostics.length === 0)
const there = about(page('首.wxml'), hasPhone)
for (const kind of ['js', 'wxml']) renameSync(page('页.' + kind), page('首.' + kind))
writeFileSync(join(second, 'app.json'), '{ "pages": ["pages/我 的/首"] }')
await watched2([page('页.wxml'), lsp.FileChangeType.Deleted], [page('首.wxml'), lsp.FileChangeType.Created], [join(second, 'app.json'), lsp.FileChangeType.Changed])
await Promise.all([gone, there])
const cleared = about(page('首.wxml'), (p) => p.diagnostics.length === 0)
await connection.sendNotification(lsp.DidChangeWorkspaceFoldersNotification.type, { event: { added: [], removed: [folder] } })
await cleared
rmSync(second, { recursive: true })

// A file outside of every folder is nobody's.
const outside = { uri: pathToFileURL(join(tmpdir(), 'outside.wxml')).href }
await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: { ...outside, languageId: 'wxml', version: 1, text: '<input placeholder="手机号" />' } })
assert.equal(await connection.sendRequest(lsp.HoverRequest.type, { textDocument: outside, position: { line: 0, character: 1 } }), null)
await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: outside })

// Errors are answers.
await assert.rejects(connection.sendRequest('textDocument/unknown', {}), { code: lsp.ErrorCodes.MethodNotFound })
const source = new lsp.CancellationTokenSource()
const late = connection.sendRequest(lsp.HoverRequest.type, { textDocument, position }, source.token)
source.cancel()
await late.catch((error) => assert.equal(error.code, lsp.LSPErrorCodes.RequestCancelled))

// Closed and gone, with status 0.
await connection.sendNotification(lsp.DidSaveTextDocumentNotification.type, { textDocument })
await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument })
await connection.sendRequest(lsp.ShutdownRequest.type)
const exited = new Promise((done) => server.on('exit', done))
await connection.sendNotification(lsp.ExitNotification.type)
assert.equal(await exited, 0)
assert.equal(watched, 1)

// An editor that asks for diagnostics itself is pushed none.
{
  const server = spawn(beian, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = lsp.createProtocolConnection(
    new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin))
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => { throw new Error('pushed ' + p.uri) })
  let refreshed
  const refresh = new Promise((done) => { refreshed = done })
  connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => refreshed())
  connection.listen()
  const { capabilities } = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid, rootUri: null, workspaceFolders: [{ uri: pathToFileURL(program).href, name: 'program' }],
    capabilities: { workspace: { diagnostics: { refreshSupport: true } }, textDocument: { diagnostic: {} } },
  })
  assert.equal(capabilities.diagnosticProvider.workspaceDiagnostics, true)
  await connection.sendNotification(lsp.InitializedNotification.type, {})
  const pull = (previousResultId) => connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument, previousResultId })
  const full = await pull()
  assert.ok(full.kind === lsp.DocumentDiagnosticReportKind.Full && full.items.every((d) => lsp.Diagnostic.is(d)))
  assert.ok(full.items.some((d) => d.code === 'field/phone'))
  await refresh
  assert.deepEqual(await pull(full.resultId), { kind: lsp.DocumentDiagnosticReportKind.Unchanged, resultId: full.resultId })
  const { items } = await connection.sendRequest(lsp.WorkspaceDiagnosticRequest.type, { previousResultIds: [{ uri, value: full.resultId }] })
  assert.equal(items.find((i) => i.uri === uri).kind, lsp.DocumentDiagnosticReportKind.Unchanged)
  assert.ok(items.some((i) => i.uri.endsWith('/app.json') && i.items.length > 0))
  // With no news, the next one waits until it is cancelled.
  const source = new lsp.CancellationTokenSource()
  const previousResultIds = items.map((i) => ({ uri: i.uri, value: i.resultId }))
  const waits = connection.sendRequest(lsp.WorkspaceDiagnosticRequest.type, { previousResultIds }, source.token)
  source.cancel()
  await assert.rejects(waits, { code: lsp.LSPErrorCodes.RequestCancelled })
  await connection.sendRequest(lsp.ShutdownRequest.type)
  const exited = new Promise((done) => server.on('exit', done))
  await connection.sendNotification(lsp.ExitNotification.type)
  assert.equal(await exited, 0)
}

// What is no message ends a server, not in silence and not with 0.
const confused = spawn(beian, ['lsp'], { stdio: ['pipe', 'pipe', 'pipe'] })
let said = ''
confused.stderr.on('data', (data) => { said += data })
confused.stdin.end('no header\r\n\r\n{}')
const status = await new Promise((done) => confused.on('exit', done))
assert.notEqual(status, 0)
assert.match(said, /framing|协议/)
clearTimeout(timer)
console.log(`language server: a hover took ${took.toFixed(1)} ms, diagnostics followed a change after ${followed.toFixed(0)} ms`)
process.exit(0)
