// What the extension itself says. Findings, verdicts and reports are in the words of the server.
import { env, workspace } from "vscode"

const words = {
  analyzing: ["正在分析", "analyzing"],
  triggered: ["触发备案", "filing triggered"],
  "not-triggered": ["仍须备案，未见四类信息", "still to be filed; none of the four categories seen"],
  undetermined: ["无法判定", "undetermined"],
  failed: ["没有结果", "no result"],
  noProgram: ["工作区里没有小程序", "there is no mini program in the workspace"],
  points: ["收集点", "collection points"],
  accepted: ["已接受", "accepted"],
  low: ["把握小", "unsure"],
  nowhere: ["没有已知的去向", "no known recipient"],
  stepsTitle: ["数据的去向，逐步", "where the value goes, step by step"],
  report: ["beian 报告", "beian report"],
  dossier: ["备案材料", "filing dossier"],
  choose: ["选择一个小程序", "choose a mini program"],
  save: ["保存", "Save"],
  saved: ["已保存", "saved"],
  page: ["按页面", "by page"],
  category: ["按类别", "by category"],
  recipient: ["按接收方", "by recipient"],
  noPage: ["（不属于任何页面）", "(of no page)"],
  noServer: [
    "没有找到 beian 程序。请安装适合本机的扩展包，或在设置 beian.path 中写明它在哪里。",
    "The program beian is not here. Install the package of the extension for this machine, or name the program in the setting beian.path.",
  ],
  left: ["网页版只读取前 64 MB，其余没有分析", "In the browser, 64 MB are read and no more; the rest was left out"],
} satisfies Record<string, [string, string]>

export type Word = keyof typeof words

/** The language of the setting, else that of the editor. */
export function language(): "zh" | "en" {
  const said = workspace.getConfiguration("beian").get<string>("lang")
  if (said === "zh" || said === "en") return said
  return /^zh/i.test(env.language) ? "zh" : "en"
}

export const say = (word: Word): string => words[word][language() === "zh" ? 0 : 1]
