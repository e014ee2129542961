// The page that scans in the browser, in a browser:
//   node .ci/web.mjs MODULES PAGE BEIAN OUT [FOLDER…]
// MODULES has puppeteer-core, PAGE is what web/build wrote, BEIAN the command. For each
// folder the answers of the page are those of the command, no request goes anywhere but
// to the page's own files, and after the first visit it works without a network.
// Screenshots and what was downloaded are left in OUT.
import { createRequire } from "node:module"
import { createServer } from "node:http"
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, extname, join, normalize, resolve } from "node:path"
import { performance } from "node:perf_hooks"

const [modules, page, beian, out, ...folders] = process.argv.slice(2)
const puppeteer = createRequire(resolve(modules) + "/")("puppeteer-core")
const browserPath = ["/usr/bin/chromium", "/usr/bin/google-chrome", process.env.CHROME].find(p => p && existsSync(p))
if (!browserPath) throw new Error("no chromium")
mkdirSync(out, { recursive: true })

// A server for static files.
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".gz": "application/octet-stream" }
let served = 0
const server = createServer((request, response) => {
  const name = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)).replace(/^\/+/, "") || "index.html"
  const file = join(page, name)
  served++
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end()
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file))
}).listen(0, "127.0.0.1")
await new Promise(r => server.once("listening", r))
const origin = `http://127.0.0.1:${server.address().port}`

const browser = await puppeteer.launch({ executablePath: browserPath, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] })
const tab = await browser.newPage()
const strangers = [], mistakes = []
tab.on("request", r => { const u = new URL(r.url()); if (u.origin !== origin && !["data:", "blob:", "about:"].includes(u.protocol)) strangers.push(r.url()) })
tab.on("console", m => { if (m.type() === "error") mistakes.push(m.text()) })
tab.on("pageerror", e => mistakes.push(String(e)))
const client = await tab.createCDPSession()
await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: resolve(out) })

const until = async (what, test, patience = 180_000) => {
  for (const end = performance.now() + patience; performance.now() < end;) {
    if (await test()) return
    await new Promise(r => setTimeout(r, 50))
  }
  throw new Error("waited in vain for " + what + "; the page says: " + await tab.evaluate(() => document.body.innerText.slice(0, 500)))
}
const part = () => tab.evaluate(() => document.body.dataset.part)
const scanned = async folder => {
  const start = performance.now()
  await (await tab.$("#folder")).uploadFile(resolve(folder))
  await until("a report of " + folder, async () => await part() === "done" || await tab.evaluate(() => !document.getElementById("error").hidden))
  if (await part() !== "done") throw new Error(folder + ": " + await tab.evaluate(() => document.getElementById("error").textContent))
  return performance.now() - start
}
const taken = async (kind, file) => {
  const path = join(out, file)
  rmSync(path, { force: true })
  await tab.click(`#downloads [data-kind="${kind}"]`)
  await until(file, () => existsSync(path) && !readdirSync(out).some(f => f.endsWith(".crdownload")))
  return readFileSync(path)
}
const plain = text => JSON.stringify({ ...JSON.parse(text), stats: undefined })

await tab.setViewport({ width: 1280, height: 900 })
await tab.goto(origin + "/?lang=zh")
await tab.screenshot({ path: join(out, "empty.png") })
await until("the service worker", () => tab.evaluate(() => !document.getElementById("offline").hidden))
await until("the analyzer", () => tab.evaluate(() => document.body.dataset.ready === ""))
let first = true
const outside = mkdtempSync(join(tmpdir(), "beian-web-")) // of any repository, which is part of fingerprints
for (const original of folders) {
  const folder = join(outside, basename(original))
  cpSync(original, folder, { recursive: true })
  const took = await scanned(folder)
  const own = plain(await taken("json", "beian.json"))
  const begun = performance.now()
  const theirs = plain(execFileSync(beian, ["scan", "--lang", "zh", "--format", "json", "--fail-on", "never", folder], { maxBuffer: 1 << 30 }))
  const native = performance.now() - begun
  if (own !== theirs) throw new Error(folder + ": the page and the command differ")
  console.log(`${basename(folder)}: the same as the command; ${Math.round(took)} ms in the page, ${Math.round(native)} ms as a command`)
  const verdict = () => tab.evaluate(() => document.getElementById("frame").srcdoc)
  if (first) {
    first = false
    await tab.screenshot({ path: join(out, "report.png") })
    // Answers change the report at once.
    const before = await verdict()
    await tab.evaluate(() => { document.getElementById("form").open = true })
    await tab.select("#q-type", "individual")
    await until("another verdict", async () => await verdict() !== before)
    await taken("settings", "beian.yaml")
    if (!/type: individual/.test(readFileSync(join(out, "beian.yaml"), "utf8"))) throw new Error("beian.yaml lacks the answer")
    await tab.screenshot({ path: join(out, "answers.png") })
    for (const [kind, file] of await tab.evaluate(() => [...document.querySelectorAll("#downloads [data-kind]")].map(b => [b.dataset.kind, b.textContent]))) {
      if (kind !== "settings" && kind !== "json") await tab.click(`#downloads [data-kind="${kind}"]`)
    }
    await tab.click("[data-show=dossier-html]")
    await until("the dossier", async () => /备案/.test(await verdict()))
    await tab.click("[data-show=html]")
    // Without a network from here on.
    await tab.setOfflineMode(true)
    served = 0
    server.close()
    server.closeAllConnections()
    await tab.reload()
    const kept = () => tab.evaluate(async () => (await caches.match("beian.wasm"))?.headers.get("content-type"))
    if (await kept() !== "application/wasm") throw new Error("the program is not kept as browsers compile it")
  } else {
    await tab.click("#again")
  }
  if (await part() === "done") await tab.click("#again")
}
await scanned(folders[0])
rmSync(outside, { recursive: true })
await tab.setViewport({ width: 390, height: 844 })
await tab.screenshot({ path: join(out, "phone.png") })
await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }])
await tab.screenshot({ path: join(out, "phone-dark.png") })
const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth)
await browser.close()
if (served > 0) throw new Error(served + " requests after the network was gone")
if (wide) throw new Error("the page is wider than a phone")
if (strangers.length) throw new Error("requests elsewhere: " + strangers.join(" "))
if (mistakes.length) throw new Error("the console says: " + mistakes.join("\n"))
console.log("no request left the page")
