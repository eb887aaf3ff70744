// The portal page: sample questions, the plans at a glance, the line to embed. Every question is asked in the widget.

import { button, element, fill, strings } from "./page.js";

const $ = (id) => document.getElementById(id);

function ask(question) {
  document.dispatchEvent(new CustomEvent("sauro:open", { detail: question }));
}

function titled(tag, className, title, ...content) {
  const node = element(tag, className);
  node.append(element("h3", "", title), ...content);
  return node;
}

function samples() {
  for (const [audience, questions] of strings.samples) {
    const list = element("ul");
    for (const question of questions) {
      const item = element("li");
      item.append(button(question, "sample", () => ask(question)));
      list.append(item);
    }
    $("samples").append(titled("div", "card", audience, list));
  }
  for (const [title, text] of strings.can) $("can").append(titled("li", "card", title, element("p", "", text)));
}

// Rows of a chart: a name, a bar as long as the count, the count. A row with a question is a button that asks it.
function bars(className, rows) {
  const most = Math.max(...rows.map((row) => row.count));
  const list = element("ul", className);
  for (const { name, count, question } of rows) {
    const bar = element("span", "bar-line");
    bar.style.setProperty("--share", String(count / most));
    const row = question ? button("", "row", () => ask(question)) : element("div", "row");
    row.append(element("span", "row-name", name), bar, element("span", "row-count", count));
    if (question) row.setAttribute("aria-label", `${name}: ${count} ${strings.tasks}`);
    const item = element("li");
    item.append(row);
    list.append(item);
  }
  return list;
}

function yearOf({ timeframe }) {
  if (timeframe.due) return timeframe.due.slice(0, 4);
  return timeframe.recurring ? strings.yearly : strings.undated;
}

function counted(tasks, group) {
  const counts = new Map();
  for (const task of tasks) counts.set(group(task), (counts.get(group(task)) ?? 0) + 1);
  return counts;
}

function plan(about, tasks) {
  const sections = counted(tasks, (task) => task.section);
  const bySection = about.sections.map(({ item, title }) => ({
    name: `${item}. ${title.text}`,
    count: sections.get(item) ?? 0,
    question: fill(strings.ask_section, { plan: about.short, section: item }),
  }));
  const byYear = [...counted(tasks, yearOf)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([year, count]) => ({ name: year, count, question: /^\d+$/.test(year) && fill(strings.ask_year, { plan: about.short, year }) }));
  const numbers = element("p", "numbers");
  for (const [count, word] of [[about.tasks, strings.tasks], [about.targets, strings.targets]]) {
    const number = element("span");
    number.append(element("strong", "", count), ` ${word}`);
    numbers.append(number);
  }
  const charts = [titled("div", "", strings.by_section, bars("rows", bySection)), titled("div", "", strings.by_year, bars("rows years", byYear))];
  for (const chart of charts) chart.firstChild.replaceWith(element("h4", "", chart.firstChild.textContent));
  return titled("article", "card plan", about.short, element("p", "soft", about.title), numbers, ...charts);
}

async function glance() {
  try {
    const [plans, tasks] = await Promise.all(
      ["/api/plans", "/api/tasks"].map(async (path) => {
        const response = await fetch(path);
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
      }),
    );
    $("plans").append(...plans.map((p) => plan(p, tasks.filter((task) => task.plan === p.id))));
  } catch {
    $("plans").append(element("p", "notice", strings.not_loaded));
  }
}

function theme() {
  const root = document.documentElement;
  const widget = document.querySelector("sauro-widget");
  if (root.dataset.theme && widget) widget.dataset.theme = root.dataset.theme;
  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    if (widget) widget.dataset.theme = root.dataset.theme;
    try {
      localStorage.setItem("sauro-theme", root.dataset.theme);
    } catch {
      // Storage is closed to this page: the choice lasts until it is left.
    }
  });
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  ask($("question").value);
  $("question").value = "";
});
$("embed").textContent = `<script src="${location.origin}/widget.js" defer></script>`;
$("copy").addEventListener("click", async () => {
  await navigator.clipboard?.writeText($("embed").textContent).catch(() => undefined);
  getSelection()?.selectAllChildren($("embed"));
  $("copy").textContent = strings.copied;
});
if ($("contact").dataset.contact) $("contact").textContent = `${strings.contact_label}: ${$("contact").dataset.contact}`;
samples();
theme();
await glance();
