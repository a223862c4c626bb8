// Marks on recommendations: done, open, not for us. They are kept in the reader's browser only if asked, and go out and come back as CSV.
// Without this file the list is there to read and to mark on paper.
(function () {
  "use strict";

  const STATES = { done: "Done", open: "Open", "not-for-us": "Not for us" };
  const COLUMNS = ["id", "number", "recommendation", "who", "when", "state"];
  const MOST_SIGNS = 2000000;

  // A cell that begins with a sign would be run as a formula by spreadsheet programs, so it gets an apostrophe, as in recommendations.csv.
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  // RFC 4180, with the mark by which spreadsheet programs know UTF-8.
  const toCsv = (items, marks) => `\ufeff${[COLUMNS, ...items.map((item) => [item.id, item.number, item.text, item.who, item.when, STATES[marks[item.id]] || ""])]
    .map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

  // Rows of cells; null if a quotation mark is left open. The separator is a comma, or what the first line has most of.
  function rows(text) {
    const first = text.slice(0, text.search(/[\r\n]|$/));
    const separator = [",", ";", "\t"].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best));
    const found = [[]];
    let own = "";
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const sign = text[i];
      if (quoted) {
        if (sign === '"' && text[i + 1] === '"') { own += '"'; i += 1; } else if (sign === '"') quoted = false;
        else own += sign;
      } else if (sign === '"' && own === "") quoted = true;
      else if (sign === separator || sign === "\n" || sign === "\r") {
        found[found.length - 1].push(own);
        own = "";
        if (sign !== separator) {
          if (sign === "\r" && text[i + 1] === "\n") i += 1;
          found.push([]);
        }
      } else own += sign;
    }
    if (quoted) return null;
    found[found.length - 1].push(own);
    return found.filter((row) => row.some((one) => one.trim()));
  }

  const folded = (text) => text.trim().replace(/^'/, "").toLowerCase();

  // What a CSV says: {marks} by id, `unknown` ids and `unread` states by line, or {error}, a sentence for the reader.
  function fromCsv(text, known) {
    if (text.length > MOST_SIGNS) return { error: "This file is too large to be a list of recommendations." };
    if (text.includes("\u0000")) return { error: "This is no CSV file. In a spreadsheet program, save the list as CSV." };
    const table = rows(text.replace(/^\ufeff/, ""));
    if (table === null) return { error: "This CSV cannot be read: a quotation mark is opened and not closed." };
    if (!table.length) return { error: "This file is empty." };
    const head = table[0].map(folded);
    const [id, state] = [head.indexOf("id"), head.indexOf("state")];
    if (id < 0 || state < 0) return { error: "The first line must name the columns “id” and “state”. Download the list as CSV to see how." };
    const states = Object.fromEntries(Object.entries(STATES).flatMap(([key, label]) => [[key, key], [label.toLowerCase(), key]]));
    const found = { marks: {}, unknown: [], unread: [] };
    table.slice(1).forEach((row, index) => {
      const name = folded(row[id] || "");
      const said = folded(row[state] || "");
      if (!known.includes(name)) found.unknown.push(name || `row ${index + 2}`);
      else if (said && !Object.hasOwn(states, said)) found.unread.push(name);
      else if (said) found.marks[name] = states[said];
    });
    return found;
  }

  if (typeof document === "undefined") {
    module.exports = { toCsv, fromCsv, rows, STATES };
    return;
  }

  const root = document.getElementById("rec-marks");
  if (!root) return;
  const KEY = "otr-readiness-marks";
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const button = (label, action) => {
    const element = make("button", { type: "button", class: "button button--small" }, label);
    element.addEventListener("click", action);
    return element;
  };
  const some = (list) => `${list.slice(0, 5).join(", ")}${list.length > 5 ? ` and ${list.length - 5} more` : ""}`;
  const words = (item, name) => item.querySelector(`.marks__${name}`).textContent.trim();
  const items = [...root.querySelectorAll("[data-rec]")].map((item) => ({
    item, id: item.dataset.rec, number: item.dataset.number, text: words(item, "text"), who: item.dataset.who, when: item.dataset.when,
  }));
  const known = items.map(({ id }) => id);
  let marks = {};

  // ---- What the script adds: a choice at each recommendation, counts, and what can be done with the whole.
  items.forEach((entry) => {
    const name = `mark-${entry.id}`;
    entry.choice = make("select", { id: name, class: "marks__choice" }, make("option", { value: "" }, "Not marked"),
      ...Object.entries(STATES).map(([value, label]) => make("option", { value }, label)));
    entry.choice.addEventListener("change", () => { set({ ...marks, [entry.id]: entry.choice.value }); say(counts()); });
    entry.item.append(make("p", { class: "marks__mark" }, make("label", { for: name }, "Mark", make("span", { class: "vh" }, ` Recommendation ${entry.number}`)), " ", entry.choice));
  });
  const status = make("p", { class: "tool__status", role: "status" });
  const keep = make("input", { type: "checkbox", id: "keep-marks" });
  const file = make("input", { type: "file", id: "marks-file", accept: ".csv,text/csv" });
  const bar = make("div", { class: "marks__tools" },
    make("p", { class: "marks__keep" }, keep, " ", make("label", { for: "keep-marks" }, "Keep my marks in this browser"), " ", button("Forget them", forget)),
    make("p", { class: "tool__bar" }, button("Download as CSV", download), button("Clear all marks", () => { set({}); say("All marks are cleared."); })),
    make("p", { class: "marks__open" }, make("label", { for: "marks-file" }, "Or take marks from a CSV"), " ", file),
    status);
  root.querySelector(".marks__intro").after(bar);
  root.classList.add("is-live");

  function say(text) { status.textContent = text; }
  function counts() {
    const of = (state) => items.filter(({ id }) => marks[id] === state).length;
    const marked = items.filter(({ id }) => marks[id]).length;
    return `${of("done")} done, ${of("open")} open, ${of("not-for-us")} not for us, ${items.length - marked} not marked.`;
  }
  function set(now) {
    marks = Object.fromEntries(Object.entries(now).filter(([id, state]) => known.includes(id) && Object.hasOwn(STATES, state)));
    items.forEach(({ id, choice }) => { choice.value = marks[id] || ""; });
    root.querySelectorAll(".marks__group").forEach((group) => {
      const own = items.filter(({ item }) => group.contains(item));
      group.querySelector(".marks__done").textContent = ` ${own.filter(({ id }) => marks[id] === "done").length} of ${own.length} done`;
    });
    store();
  }
  function store() {
    try {
      if (keep.checked) localStorage.setItem(KEY, JSON.stringify(marks));
      else localStorage.removeItem(KEY);
    } catch {
      keep.checked = false;
      say("This browser does not let the page keep anything. Download the list instead.");
    }
  }
  function forget() {
    keep.checked = false;
    store();
    say("Nothing of your marks is kept in this browser. What you see here goes when you close the page.");
  }
  function download() {
    const address = URL.createObjectURL(new Blob([toCsv(items, marks)], { type: "text/csv;charset=utf-8" }));
    make("a", { href: address, download: "recommendations-marked.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    say("The list is in your downloads.");
  }
  async function opened() {
    const [chosen] = file.files;
    if (!chosen) return;
    const found = chosen.size > MOST_SIGNS ? { error: "This file is too large to be a list of recommendations." } : fromCsv(await chosen.text(), known);
    file.value = "";
    if (found.error) { say(`${found.error} Your marks are as they were.`); return; }
    set(found.marks);
    say([
      `Taken from ${chosen.name}: ${counts()}`,
      found.unknown.length ? `No recommendation is called ${some(found.unknown)}.` : "",
      found.unread.length ? `The state of ${some(found.unread)} is none of done, open and not for us.` : "",
    ].filter(Boolean).join(" "));
  }

  keep.addEventListener("change", () => { store(); if (keep.checked) say("Your marks are kept in this browser, and nowhere else."); else forget(); });
  file.addEventListener("change", opened);
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(KEY)); } catch { /* Refused, or not ours to read: the reader begins anew. */ }
  if (kept && typeof kept === "object" && !Array.isArray(kept)) { keep.checked = true; set(kept); } else set({});
  say(counts());
})();
