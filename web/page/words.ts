// The texts of the page, in Chinese and English.
export const words = {
  zh: {
    title: "小程序备案检查", lead: "小程序收集了哪些个人信息、发往何处、是否触发备案。全部在这个浏览器里完成，不上传任何内容。",
    drop: "把小程序的文件夹或 zip 拖到这里", pick: "选择文件夹", zip: "选择 zip", other: "English",
    hint: "整个项目的文件夹即可：原生、uni-app、Taro、mpx、wepy 都能读取。",
    listing: "正在列出文件……", reading: "正在读取 {n} / {of}", loading: "正在载入分析程序（约 8 MB，只需一次）……", working: "正在分析……",
    failed: "没有完成", again: "检查另一个",
    pages: "页", collects: "处收集", problems: "个问题", unread: "项未读", files: "个文件",
    answers: "代码看不出的事实", answersHint: "回答会立即改变结论和材料；只留在这个页面里。", unknown: "未回答", yes: "是", no: "否",
    take: "下载", settings: "把回答存为 beian.yaml", report: "报告", dossier: "备案材料", offline: "已可离线使用",
    notice: "结论是来自代码的工程证据，不是法律意见。", empty: "里面没有文件",
  },
  en: {
    title: "Filing check for mini programs", lead: "Which personal information a mini program collects, where it goes, and whether filing (备案) is triggered. All of it happens in this browser; nothing is uploaded.",
    drop: "Drop the folder or a zip of the mini program here", pick: "Choose a folder", zip: "Choose a zip", other: "中文",
    hint: "The folder of the whole project: native, uni-app, Taro, mpx and wepy can be read.",
    listing: "Listing the files …", reading: "Reading {n} of {of}", loading: "Loading the analyzer (about 8 MB, once) …", working: "Analyzing …",
    failed: "It was not finished", again: "Check another",
    pages: "pages", collects: "places that collect", problems: "problems", unread: "things unread", files: "files",
    answers: "What code does not show", answersHint: "Answers change the verdict and the papers at once. They stay in this page.", unknown: "not answered", yes: "yes", no: "no",
    take: "Take away", settings: "Save the answers as beian.yaml", report: "Report", dossier: "Dossier", offline: "works offline now",
    notice: "The verdict is engineering evidence from the code, not legal advice.", empty: "There are no files in it",
  },
} as const
export type Lang = keyof typeof words
export type Word = keyof typeof words.zh
