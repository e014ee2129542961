// What the extension does on the desktop and in the browser alike. node.ts and web.ts only start the server.
import * as vscode from "vscode"
import type { CommonLanguageClient, ExecuteCommandSignature, LanguageClientOptions, StaticFeature } from "vscode-languageclient"
import { openPage, save } from "./pages"
import { PointsView } from "./points"
import type { Folder, Point, Program, Status } from "./protocol"
import { StatusBar } from "./status"
import { showSteps } from "./steps"
import { language, say } from "./words"

/** What differs between the desktop and the browser. */
export type Server = {
  options: Partial<LanguageClientOptions>
  start(options: LanguageClientOptions): Promise<CommonLanguageClient>
}

const settings = () => vscode.workspace.getConfiguration("beian")

export async function run(context: vscode.ExtensionContext, server: Server): Promise<{ ready(): Promise<void>; points(): Folder[] }> {
  const view = new PointsView(() => settings().get("groupBy") ?? "page")
  const bar = new StatusBar()
  let client: CommonLanguageClient | undefined
  let folders: Folder[] = []

  const uri = (text: string) => client!.protocol2CodeConverter.asUri(text)
  const refresh = async () => {
    folders = (await client?.sendRequest<Folder[]>("beian/points")) ?? []
    view.show(folders, uri)
  }
  const point = (fingerprint: string): Point | undefined =>
    folders.flatMap(f => f.programs).flatMap(p => p.points).find(p => p.fingerprint === fingerprint)

  const ask = (command: string, ...args: string[]) => client!.sendRequest<string>("workspace/executeCommand", { command, arguments: args })
  const report = async () => {
    const folder = await chooseFolder(folders)
    if (folder) openPage("report", say("report"), await ask("beian.openReport", folder.uri, "html"))
  }
  const dossier = async () => {
    const chosen = await chooseProgram(folders)
    if (!chosen) return
    const { folder, program } = chosen
    openPage("dossier", `${say("dossier")} ${program.name}`, await ask("beian.openReport", folder.uri, "dossier-html", program.root))
  }
  const steps = (p: Point) => showSteps(p, uri)

  /** Commands of the server that the editor shows in its own way. */
  const executeCommand = (command: string, args: string[], next: ExecuteCommandSignature) => {
    const shown = command === "beian.showFlow" ? point(args[1]) : undefined
    if (shown) return steps(shown)
    return command === "beian.openReport" ? report() : next(command, args)
  }

  const options = (): LanguageClientOptions => ({
    ...server.options,
    outputChannelName: "beian",
    initializationOptions: { lang: settings().get("lang") === "auto" ? language() : settings().get("lang") },
    middleware: {
      executeCommand,
      provideCodeLenses: (document, token, next) => (settings().get("codeLens") ? next(document, token) : []),
    },
  })

  const start = async () => {
    if (!settings().get("enable")) return bar.hide()
    try {
      client = await server.start(options())
      client.registerFeature(takesStatus)
      context.subscriptions.push(client.start())
      await client.onReady()
      client.onNotification("beian/status", (s: Status) => {
        bar.show(s)
        if (s.state !== "analyzing") void refresh()
      })
      await refresh()
    } catch (e) {
      client = undefined
      bar.fail(e instanceof Error ? e.message : String(e))
    }
  }
  const restart = async () => {
    await client?.stop()
    client = undefined
    folders = []
    view.show(folders, uri)
    await start()
  }

  const register = vscode.commands.registerCommand
  context.subscriptions.push(
    bar, vscode.window.createTreeView("beian.points", { treeDataProvider: view, showCollapseAll: true }),
    register("beian.report", report), register("beian.dossier", dossier), register("beian.restart", restart),
    register("beian.save", save), register("beian.steps", (item: { point: Point }) => steps(item.point)),
    register("beian.groupBy", () => chooseGroups()),
    vscode.workspace.onDidChangeConfiguration(e => {
      if (e.affectsConfiguration("beian.groupBy")) view.refresh()
      if (["beian.lang", "beian.path", "beian.enable", "beian.codeLens"].some(s => e.affectsConfiguration(s))) void restart()
    }),
    { dispose: () => void client?.stop() },
  )
  const started = start()
  return { ready: () => started, points: () => folders }
}

/** Tells the server that it may send beian/status. */
const takesStatus: StaticFeature = {
  fillClientCapabilities: capabilities => { capabilities.experimental = { beianStatus: true } },
  initialize: () => {},
  dispose: () => {},
}

async function chooseFolder(folders: Folder[]): Promise<Folder | undefined> {
  const all = folders.filter(f => f.programs.length > 0)
  if (all.length > 1) return choose(all, f => f.programs.map(p => p.name).join(", "))
  if (all.length === 0) void vscode.window.showInformationMessage("beian: " + (folders[0]?.failure ?? say("noProgram")))
  return all[0]
}

async function chooseProgram(folders: Folder[]): Promise<{ folder: Folder; program: Program } | undefined> {
  const all = folders.flatMap(folder => folder.programs.map(program => ({ folder, program })))
  if (all.length > 1) return choose(all, c => `${c.program.name} (${c.program.root})`)
  return all.length === 1 ? all[0] : void await chooseFolder(folders)
}

async function choose<T>(all: T[], label: (one: T) => string): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(all.map(one => ({ label: label(one), one })), { placeHolder: say("choose") })
  return picked?.one
}

async function chooseGroups() {
  const groups = (["page", "category", "recipient"] as const).map(group => ({ label: say(group), group }))
  const picked = await vscode.window.showQuickPick(groups)
  if (picked) await settings().update("groupBy", picked.group, vscode.ConfigurationTarget.Global)
}
