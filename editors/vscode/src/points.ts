// The view 收集点: what the programs collect, by page, category or recipient; below each point its flows, step by step.
import * as vscode from "vscode"
import type { Location } from "vscode-languageclient"
import type { Flow, Folder, Point, Program } from "./protocol"
import { openAt, place } from "./places"
import { say } from "./words"

export type Grouping = "page" | "category" | "recipient"

type ToUri = (text: string) => vscode.Uri

/** A line of the view. Its children are made when they are asked for. */
class Item extends vscode.TreeItem {
  constructor(label: string, readonly children: () => Item[] = () => [], open = false) {
    super(label, vscode.TreeItemCollapsibleState[open ? "Expanded" : "Collapsed"])
  }
}

class PointItem extends Item {
  contextValue = "point"
  constructor(readonly point: Point, label: string, children: () => Item[]) { super(label, children) }
}

export class PointsView implements vscode.TreeDataProvider<Item> {
  private readonly changed = new vscode.EventEmitter<undefined>()
  readonly onDidChangeTreeData = this.changed.event
  private folders: Folder[] = []
  private uri: ToUri = vscode.Uri.parse

  constructor(private readonly grouping: () => Grouping) {}

  show(folders: Folder[], uri: ToUri) {
    this.folders = folders
    this.uri = uri
    this.refresh()
  }

  refresh() { this.changed.fire(undefined) }
  getTreeItem(item: Item) { return item }

  getChildren(item?: Item): Item[] {
    if (item) return item.children()
    const programs = this.folders.flatMap(f => f.programs)
    return programs.length === 1 ? this.groups(programs[0]) : programs.map(p => this.program(p))
  }

  private program(p: Program): Item {
    const item = new Item(p.name, () => this.groups(p), true)
    item.description = say(p.status)
    item.tooltip = `${p.headline}\n${p.article}`
    item.iconPath = new vscode.ThemeIcon("package")
    return item
  }

  private groups(p: Program): Item[] {
    const groups = new Map<string, Point[]>()
    const grouping = this.grouping()
    for (const point of p.points) {
      for (const key of new Set(keys[grouping](point))) groups.set(key, [...(groups.get(key) ?? []), point])
    }
    return [...groups].map(([label, points]) => {
      const item = new Item(label, () => points.map(point => this.point(point, grouping)), true)
      item.description = String(points.length)
      item.iconPath = new vscode.ThemeIcon(icons[grouping])
      return item
    })
  }

  private point(p: Point, grouping: Grouping): Item {
    const subject = p.subject ? `${p.title}：${p.subject}` : p.title
    const item = new PointItem(p, grouping === "category" ? p.subject || p.title : subject, () => this.flows(p))
    const notes = [p.accepted && say("accepted"), p.confidence === "low" && say("low")].filter(Boolean)
    item.description = [place(this.uri(p.location.uri), p.location), ...notes].join(" · ")
    item.tooltip = `${p.message}\n${p.rule}`
    item.iconPath = new vscode.ThemeIcon(p.flows.some(f => f.leaves) ? "arrow-up" : "symbol-field")
    item.command = this.jump(p.location)
    return item
  }

  private flows(p: Point): Item[] {
    const items = p.flows.map(f => this.flow(f))
    if (p.note || items.length === 0) items.push(leaf(p.note || say("nowhere"), "info"))
    return items
  }

  private flow(f: Flow): Item {
    const item = new Item(f.text, () => f.steps.map((step, i) => {
      const one = leaf(`${i + 1}. ${step.text}`, "debug-step-over")
      if (step.location) {
        one.description = place(this.uri(step.location.uri), step.location)
        one.command = this.jump(step.location)
      }
      return one
    }))
    item.iconPath = new vscode.ThemeIcon(f.leaves ? "cloud-upload" : "database")
    return item
  }

  private jump(l: Location): vscode.Command {
    return { title: "", command: "vscode.open", arguments: [this.uri(l.uri), openAt(l)] }
  }
}

function leaf(label: string, icon: string): Item {
  const item = new Item(label)
  item.collapsibleState = vscode.TreeItemCollapsibleState.None
  item.iconPath = new vscode.ThemeIcon(icon)
  return item
}

const icons: Record<Grouping, string> = { page: "browser", category: "tag", recipient: "server" }

const keys: Record<Grouping, (p: Point) => string[]> = {
  page: p => [[p.pageTitle, p.page].filter(Boolean).join("  ") || say("noPage")],
  category: p => [p.title],
  recipient: p => (p.flows.length > 0 ? p.flows.map(f => f.recipient) : [say("nowhere")]),
}
