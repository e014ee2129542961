// The page: files in, report out. It talks to no server but its own, and only for its own
// files; the policy in index.html forbids everything else.
import { words, type Lang, type Word } from "./words"

type Picked = { path: string; file: File }
type Program = { root: string; name: string; platform: string; status: string; title: string; article: string; pages: number; collects: number; problems: number; unread: number }
type Summary = { name: string; status: string; programs: Program[]; files: number; bytes: number }
type Question = { key: string; kind: "yes" | "choice" | "number" | "text"; text: string; choices?: { value: string; text: string }[] }

const $ = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const make = <K extends keyof HTMLElementTagNameMap>(tag: K, text = "", name = "") => {
  const e = document.createElement(tag)
  e.textContent = text
  e.className = name
  return e
}

let lang: Lang = /[?&]lang=en/.test(location.search) || !/^zh/i.test(navigator.language) && !/[?&]lang=zh/.test(location.search) ? "en" : "zh"
let answers: Record<string, unknown> = {}
let files: Picked[] = []
let chosen = 0
let shown: "html" | "dossier-html" = "html"
const say = (w: Word) => words[lang][w]

// The worker: one call after another, each with an answer.
const worker = new Worker("worker.js")
const waiting = new Map<number, (value: any) => void>()
let calls = 0
worker.onmessage = e => {
  if (e.data.progress) return reading(e.data.progress, e.data.of)
  waiting.get(e.data.id)?.(e.data.value)
  waiting.delete(e.data.id)
}
worker.onerror = e => fail(e.message)
const raw = (call: string, args: unknown[], list?: Picked[]) => new Promise<any>(done => {
  waiting.set(++calls, done)
  worker.postMessage({ id: calls, call, args, files: list })
})
async function ask<T>(call: string, args: unknown[], list?: Picked[]): Promise<T> {
  const result = JSON.parse(await raw(call, args, list))
  if (result.error !== undefined) throw new Error(result.error)
  return result.value
}

// While it works on what it has read, the worker says nothing.
let quiet: ReturnType<typeof setTimeout> | undefined
function reading(n: number, of: number) {
  status(say("reading").replace("{n}", String(n)).replace("{of}", String(of)), n / of)
  clearTimeout(quiet)
  quiet = setTimeout(() => status(say("working")), 300)
}

// What is seen: the start, the work, or the report.
function show(part: "start" | "work" | "done") {
  document.body.dataset.part = part
}
function status(text: string, part?: number) {
  $("status").textContent = text
  const bar = $<HTMLProgressElement>("bar")
  if (part === undefined) bar.removeAttribute("value")
  else bar.value = part
}
function fail(text: string) {
  show("start")
  const e = $("error")
  e.textContent = say("failed") + (lang === "zh" ? "：" : ": ") + text
  e.hidden = false
}

function write() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en"
  document.title = say("title")
  for (const e of document.querySelectorAll<HTMLElement>("[data-word]")) e.textContent = say(e.dataset.word as Word)
}

async function scan(list: Picked[]) {
  files = list
  chosen = 0
  $("error").hidden = true
  if (list.length === 0) return fail(say("empty"))
  show("work")
  status(say("loading"))
  try {
    const summary = await ask<Summary>("scan", [JSON.stringify(answers), lang], list)
    await form()
    await downloads()
    await render(summary)
    show("done")
    $("verdict").focus()
  } catch (e) {
    fail((e as Error).message)
  }
}

async function render(summary: Summary) {
  const v = $("verdict")
  v.className = summary.status
  $("headline").textContent = summary.programs[0].title
  const choice = $<HTMLSelectElement>("program")
  choice.hidden = summary.programs.length < 2
  choice.replaceChildren(...summary.programs.map((p, i) => new Option(p.name + " (" + p.root + ")", String(i), false, i === chosen)))
  const list = $("programs")
  list.replaceChildren()
  for (const p of summary.programs) {
    const facts = [`${p.pages} ${say("pages")}`, `${p.collects} ${say("collects")}`, `${p.problems} ${say("problems")}`, `${p.unread} ${say("unread")}`]
    const li = make("li")
    li.append(make("b", p.name), make("span", facts.join(" · ")), make("p", p.article))
    list.append(li)
  }
  await frame()
}

// The report and the dossier are pages of their own, without any right in this one.
async function frame() {
  const bytes = await raw("write", [shown, chosen])
  if (!(bytes instanceof Uint8Array)) return fail(JSON.parse(bytes).error)
  $<HTMLIFrameElement>("frame").srcdoc = new TextDecoder().decode(bytes)
  for (const b of document.querySelectorAll<HTMLButtonElement>("[data-show]")) b.setAttribute("aria-pressed", String(b.dataset.show === shown))
}

async function form() {
  const box = $("questions")
  box.replaceChildren()
  for (const q of await ask<Question[]>("questions", [lang])) {
    const label = make("label", q.text)
    let input: HTMLInputElement | HTMLSelectElement
    if (q.kind === "yes" || q.kind === "choice") {
      input = make("select")
      const choices = q.kind === "yes" ? [{ value: "true", text: say("yes") }, { value: "false", text: say("no") }] : q.choices ?? []
      for (const c of [{ value: "", text: say("unknown") }, ...choices]) {
        const o = make("option", c.text)
        o.value = c.value
        input.append(o)
      }
    } else {
      input = make("input")
      input.type = q.kind === "number" ? "number" : "text"
      if (q.kind === "number") input.min = "0"
    }
    input.value = String(answers[q.key] ?? "")
    input.id = "q-" + q.key
    input.addEventListener("change", async () => {
      const value = input.value.trim()
      if (value === "") delete answers[q.key]
      else answers[q.key] = q.kind === "yes" ? value === "true" : q.kind === "number" ? Number(value) : value
      try {
        await render(await ask<Summary>("answer", [JSON.stringify(answers)]))
      } catch (e) {
        fail((e as Error).message)
      }
    })
    label.append(input)
    box.append(label)
  }
}

function save(name: string, data: BlobPart, type = "application/octet-stream") {
  const a = make("a")
  a.href = URL.createObjectURL(new Blob([data], { type }))
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000)
}

async function downloads() {
  const box = $("downloads")
  box.replaceChildren()
  const button = (text: string, act: () => void) => {
    const b = make("button", text)
    b.type = "button"
    b.onclick = act
    box.append(b)
    return b
  }
  for (const d of await ask<{ kind: string; file: string; title: string }[]>("documents", [lang])) {
    button(d.title, async () => {
      const bytes = await raw("write", [d.kind, chosen])
      if (bytes instanceof Uint8Array) save(d.file, bytes as BlobPart)
      else fail(JSON.parse(bytes).error)
    }).dataset.kind = d.kind
  }
  button(say("settings"), async () => save("beian.yaml", await ask<string>("settings", [JSON.stringify(answers)]), "text/yaml")).dataset.kind = "settings"
}

// Files: dropped, or picked.
async function dropped(items: DataTransferItemList): Promise<Picked[]> {
  const out: Picked[] = []
  const entries = [...items].map(i => i.webkitGetAsEntry()).filter(e => e !== null)
  const walk = async (entry: FileSystemEntry): Promise<void> => {
    const path = entry.fullPath.replace(/^\//, "")
    if (entry.isFile) {
      out.push({ path, file: await new Promise<File>((ok, no) => (entry as FileSystemFileEntry).file(ok, no)) })
    } else if (entry.name !== ".git") {
      const reader = (entry as FileSystemDirectoryEntry).createReader()
      for (;;) {
        const some = await new Promise<FileSystemEntry[]>((ok, no) => reader.readEntries(ok, no))
        if (some.length === 0) break
        for (const e of some) await walk(e)
      }
    }
    if (out.length % 500 === 0) status(say("listing") + " " + out.length)
  }
  for (const e of entries) await walk(e)
  return out
}

function picked(input: HTMLInputElement): Picked[] {
  return [...(input.files ?? [])].map(file => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(f => !/(^|\/)\.git\//.test(f.path))
}

for (const id of ["folder", "archive"]) {
  const input = $<HTMLInputElement>(id)
  input.onchange = () => { void scan(picked(input)); input.value = "" }
}
$("pick").onclick = () => $("folder").click()
$("zip").onclick = () => $("archive").click()
addEventListener("dragover", e => { e.preventDefault(); document.body.classList.add("over") })
addEventListener("dragleave", e => { if (!e.relatedTarget) document.body.classList.remove("over") })
addEventListener("drop", async e => {
  e.preventDefault()
  document.body.classList.remove("over")
  if (!e.dataTransfer) return
  show("work")
  status(say("listing"))
  try {
    await scan(await dropped(e.dataTransfer.items))
  } catch (err) {
    fail(String(err))
  }
})
$("again").onclick = () => { answers = {}; show("start") }
$("lang").onclick = () => {
  lang = lang === "zh" ? "en" : "zh"
  write()
  if (document.body.dataset.part === "done") void scan(files)
}
$("program").onchange = () => { chosen = Number($<HTMLSelectElement>("program").value); void frame() }
for (const b of document.querySelectorAll<HTMLButtonElement>("[data-show]")) b.onclick = () => { shown = b.dataset.show as typeof shown; void frame() }

write()
show("start")
// The analyzer is loaded, compiled and tried while a person still chooses files. The service
// worker fetches it first, or it would come twice.
async function prepare() {
  if ("serviceWorker" in navigator && location.protocol !== "file:") {
    try {
      await navigator.serviceWorker.register("sw.js")
      await navigator.serviceWorker.ready
      $("offline").hidden = false
    } catch { /* the page works without it, but not offline */ }
  }
  await ask("load", [])
  document.body.dataset.ready = ""
}
prepare().catch(() => {}) // the first scan tries again, and says what is wrong
