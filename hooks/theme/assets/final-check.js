// The final check: counts right answers, names the modules to read again, and prints the result. Nothing is sent.
// Without this file the reader counts, in the table of questions by module.
(function () {
  "use strict";

  const one = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  // `answers`: {module, result}, the result "right", "wrong" or "". Per module in order: how many are right, wrong, open, of all.
  const tally = (answers) => {
    const found = new Map();
    answers.forEach(({ module, result }) => {
      const own = found.get(module) || { right: 0, wrong: 0, open: 0, all: 0 };
      own.all += 1;
      own[result === "right" || result === "wrong" ? result : "open"] += 1;
      found.set(module, own);
    });
    return found;
  };
  const cell = ({ right, wrong, open, all }) => (open === all ? `of ${all}` : `${right} of ${all}${open ? `, ${open} open` : ""}${wrong ? "; read again" : ""}`);
  const summary = (found, titles) => {
    const all = [...found.values()];
    const sum = (name) => all.reduce((total, own) => total + own[name], 0);
    if (sum("open") === sum("all")) return "No question is answered yet.";
    const again = [...found].filter(([, own]) => own.wrong).map(([module]) => titles[module]);
    const open = sum("open") ? ` ${one(sum("open"), "question")} not answered.` : "";
    const read = again.length ? ` Read again: ${again.join("; ")}.` : sum("open") ? "" : " There is no module to read again.";
    return `${sum("right")} of ${sum("all")} right.${open}${read}`;
  };

  if (typeof document === "undefined") {
    module.exports = { cell, told: (answers, titles) => summary(tally(answers), titles) };
    return;
  }

  const table = document.getElementById("modules-again");
  const checks = [...document.querySelectorAll(".check[data-module]")];
  if (!table || !checks.length) return;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const rows = [...table.querySelectorAll("tr[data-module]")];
  const titles = Object.fromEntries(rows.map((row) => [row.dataset.module, row.querySelector("th").textContent.trim()]));
  const counted = () => tally(checks.map((check) => ({ module: check.dataset.module, result: check.dataset.result || "" })));

  const status = make("p", { class: "check__result", role: "status" });
  const count = make("button", { type: "button", class: "button check__button" }, "Count my answers");
  const print = make("button", { type: "button", class: "button check__button" }, "Print the result");
  const line = make("p", { class: "result-tools__name" }, "Name: ______________________________  Date: ______________");
  const tools = make("div", { class: "result-tools" }, status, line, count, print);
  // On a narrow screen a table stands in a frame of its own.
  const article = table.closest(".prose") || table.parentElement;
  const frame = [...article.children].find((child) => child.contains(table)) || table;
  frame.after(tools);

  function show() {
    const found = counted();
    rows.forEach((row) => { row.lastElementChild.textContent = cell(found.get(row.dataset.module) || { right: 0, wrong: 0, open: 0, all: 0 }); });
    return summary(found, titles);
  }
  count.addEventListener("click", () => { status.textContent = show(); });
  print.addEventListener("click", () => {
    status.textContent = show();
    const kept = [document.getElementById("result"), frame, tools];
    const left = [...article.children].filter((child) => !kept.includes(child));
    left.forEach((child) => child.classList.add("is-not-printed"));
    // Where the dialog does not wait, the event says when it is over.
    window.addEventListener("afterprint", () => left.forEach((child) => child.classList.remove("is-not-printed")), { once: true });
    window.print();
  });
  ["check:answered", "check:cleared"].forEach((name) => document.addEventListener(name, () => { status.textContent = ""; show(); }));
})();
