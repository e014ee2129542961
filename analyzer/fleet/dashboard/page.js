"use strict";
// The table of a fleet. Only the rows that can be seen are elements: with ten thousand
// programs the page stays as quick as with ten.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words, height = 34, spare = 8;
  const $ = id => document.getElementById(id);
  const el = (tag, text, name) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text; if (name) e.className = name; return e; };
  const titled = list => (list || []).map(c => data.categories[c] || c).join("、");
  const host = h => h === "" ? words.unknown : h;

  // One row for each program, one for each folder that was not scanned.
  const all = [], first = new Map();
  for (const line of data.lines) {
    if (line.status === "failed") {
      all.push({ line, entry: line.name, program: "", platform: "", verdict: "failed", collects: "", recipients: "", problems: 0, unread: 0 });
      continue;
    }
    const copyOf = first.get(line.content);
    if (copyOf === undefined) first.set(line.content, line.name);
    for (const p of line.programs || []) {
      const n = p.problems;
      all.push({
        line, p, copyOf, entry: line.name + (p.root === "." ? "" : "/" + p.root), program: p.name, platform: p.platform, verdict: p.verdict,
        collects: titled(p.collects.map(c => c.category)), recipients: p.recipients.map(r => host(r.host)).join(", "),
        problems: Object.values(n).reduce((a, b) => a + b, 0), worst: ["critical", "high", "medium", "low"].find(s => n[s]) || "", unread: p.unread,
      });
    }
  }
  for (const r of all) r.text = [r.entry, r.program, r.p && r.p.appId, r.recipients, r.line.failure && r.line.failure.text].join("\n").toLowerCase();

  // Figures.
  const t = data.totals;
  const tile = (n, text, name) => { const e = el("div", undefined, "tile " + (name || "")); e.append(el("b", String(n)), el("span", text)); $("tiles").append(e); };
  tile(t.entries, words.entries); tile(t.programs, words.programs);
  for (const v of ["triggered", "undetermined", "not-triggered"]) tile(t.verdicts[v] || 0, words[v], v);
  tile(t.entries - t.scanned, words.failed, "failed"); tile(t.copies, words.copies);
  const figure = (table, text, numbers, act) => {
    const tr = el("tr"); tr.append(el("td", text)); for (const n of numbers) tr.append(el("td", n));
    tr.tabIndex = 0; tr.onclick = act; tr.onkeydown = e => { if (e.key === "Enter") act(); };
    (table.tBodies[0] || table.createTBody()).append(tr);
  };
  for (const c of t.categories) figure($("categories"), data.categories[c.category] || c.category,
    [c.programs + "", words.sent + " " + c.sent, words.open + " " + c.open], () => { $("category").value = c.category; filter(); });
  for (const r of t.recipients.slice(0, 200)) figure($("recipients"), host(r.host), [titled(r.categories), r.programs + ""], () => { $("search").value = r.host; filter(); });

  // What changed.
  if (data.changes) {
    $("changes").hidden = false; $("changed").textContent = "(" + data.changes.length + ")";
    for (const c of data.changes.slice(0, 2000)) {
      const parts = [];
      if (c.new) parts.push(words.new);
      if (c.gone) parts.push(words.gone);
      if (c.was) parts.push((words[c.was] || c.was) + " → " + (words[c.verdict] || words.gone));
      if (c.categories) parts.push(words.newCategories + " " + titled(c.categories));
      if (c.recipients) parts.push(words.newRecipients + " " + c.recipients.map(host).join(", "));
      const li = el("li", c.entry + (c.root === "." ? "" : "/" + c.root) + ": " + parts.join("; "));
      if (c.triggered) li.className = "triggered";
      $("changelist").append(li);
    }
  }

  // Filters.
  const option = (select, value, text) => { const o = el("option", text); o.value = value; select.append(o); };
  for (const v of ["triggered", "undetermined", "not-triggered", "failed"]) option($("verdict"), v, words[v]);
  for (const c of t.categories) option($("category"), c.category, data.categories[c.category] || c.category);
  for (const p of Object.keys(t.platforms).sort()) option($("platform"), p, p);
  let shown = all, sort = "entry", down = false, at = -1;
  const order = (a, b) => {
    const x = a[sort], y = b[sort], n = typeof x === "number" ? x - y : x < y ? -1 : x > y ? 1 : 0;
    return (down ? -n : n) || (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0);
  };
  function filter() {
    const q = $("search").value.trim().toLowerCase(), v = $("verdict").value, c = $("category").value, p = $("platform").value;
    shown = all.filter(r => (!q || r.text.includes(q)) && (!v || r.verdict === v) && (!p || r.platform === p) &&
      (!c || r.p && r.p.collects.some(x => x.category === c))).sort(order);
    $("shown").textContent = words.shown.replace("{n}", shown.length).replace("{all}", all.length);
    $("empty").hidden = shown.length > 0;
    $("space").style.height = shown.length * height + "px";
    at = -1; $("rows").scrollTop = 0; draw();
  }
  function draw() {
    const top = $("rows").scrollTop, from = Math.max(0, Math.floor(top / height) - spare);
    const to = Math.min(shown.length, Math.ceil((top + $("rows").clientHeight) / height) + spare);
    const seen = $("seen"); seen.style.top = from * height + "px"; seen.replaceChildren();
    for (let i = from; i < to; i++) {
      const r = shown[i], row = el("div", undefined, i === at ? "row at" : "row");
      row.setAttribute("role", "row"); row.dataset.i = i;
      const cell = (text, name) => { const d = el("div"); d.setAttribute("role", "cell"); d.title = text; d.append(el("span", text, name)); row.append(d); };
      cell(r.entry); cell(r.program); cell(r.platform); cell(words[r.verdict] || r.verdict, r.verdict); cell(r.collects);
      cell(r.line.failure ? r.line.failure.text : r.recipients); cell(r.problems ? r.problems + (r.worst ? " · " + words[r.worst] : "") : ""); cell(r.unread ? r.unread + "" : "");
      seen.append(row);
    }
  }

  // One program.
  function open(r) {
    const about = $("about"), list = el("dl"); about.replaceChildren(el("h2", r.program || r.entry), list);
    const add = (name, text, mark) => { if (text) { list.append(el("dt", name)); const dd = el("dd"); dd.append(el("span", text, mark)); list.append(dd); } };
    add(words.entries, r.entry); add(words.verdict, words[r.verdict] || r.verdict, r.verdict);
    if (r.line.failure) add("", r.line.failure.text);
    if (r.copyOf) add(words.copyOf, r.copyOf);
    if (r.p) {
      const p = r.p, by = a => Object.keys(p.rulebooks).filter(k => p.rulebooks[k] === a).sort().join(", ");
      add("AppID", p.appId); add(words.framework, p.platform + " · " + p.framework); add(words.pages, p.pages + "  (" + words.files + " " + p.files + ")");
      for (const c of p.collects) add(data.categories[c.category] || c.category, c.points + " " + words.points + (c.sent ? "，" + words.sent + " " + c.sent : "") + (c.open ? "，" + words.open + " " + c.open : ""));
      for (const to of p.recipients) add(words.recipients, host(to.host) + ": " + titled(to.categories));
      add(words.rulebooks + " · " + words.required, by("required")); add(words.rulebooks + " · " + words.needs, by("needs-input"));
      add(words.problems, ["critical", "high", "medium", "low"].filter(s => p.problems[s]).map(s => words[s] + " " + p.problems[s]).join(", "));
      add(words.hiding, p.hiding ? p.hiding + "" : "");
    }
    if (r.line.report && data.reports) { const a = el("a", words.report); a.href = data.reports + "/" + r.line.report; a.rel = "noopener"; about.append(a); }
    $("detail").showModal();
  }

  let due = 0;
  $("rows").addEventListener("scroll", () => { if (!due) due = requestAnimationFrame(() => { due = 0; draw(); }); });
  window.addEventListener("resize", draw);
  $("rows").addEventListener("click", e => { const row = e.target.closest(".row"); if (row) { at = +row.dataset.i; draw(); open(shown[at]); } });
  $("rows").addEventListener("keydown", e => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[e.key];
    if (e.key === "Enter" && shown[at]) return open(shown[at]);
    if (!step || !shown.length) return;
    e.preventDefault(); at = Math.max(0, Math.min(shown.length - 1, at + step));
    const y = at * height, box = $("rows");
    if (y < box.scrollTop) box.scrollTop = y; else if (y + height > box.scrollTop + box.clientHeight) box.scrollTop = y + height - box.clientHeight;
    draw();
  });
  $("close").onclick = () => $("detail").close();
  $("filters").addEventListener("submit", e => e.preventDefault());
  for (const id of ["search", "verdict", "category", "platform"]) $(id).addEventListener("input", filter);
  for (const b of document.querySelectorAll("#head button")) b.onclick = () => {
    down = sort === b.dataset.sort ? !down : false; sort = b.dataset.sort;
    for (const o of document.querySelectorAll("#head button")) o.removeAttribute("aria-sort");
    b.setAttribute("aria-sort", down ? "descending" : "ascending"); filter();
  };
  $("export").onclick = () => {
    const quote = s => { s = String(s); if (/^[=+\-@\t\r]/.test(s)) s = "'" + s; return '"' + s.replace(/"/g, '""') + '"'; };
    const keys = ["entry", "program", "platform", "verdict", "collects", "recipients", "problems", "unread"];
    const text = "\ufeff" + [keys].concat(shown.map(r => keys.map(k => r[k]))).map(row => row.map(quote).join(",")).join("\r\n");
    const a = el("a"); a.href = URL.createObjectURL(new Blob([text], { type: "text/csv" })); a.download = "fleet.csv"; a.click(); URL.revokeObjectURL(a.href);
  };
  filter();
})();
