// Progress in the course: what was read, done and answered. It is kept in the reader's browser only if asked. Nothing is sent.
// Without this file nothing of it is shown.
(function () {
  "use strict";

  const KEY = "otr-course-progress";
  const FINAL = "final-check";
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isName = (value) => typeof value === "string" && /^[a-z0-9-]{1,80}$/.test(value);

  // What was kept, as far as it is of the shape that this file writes; null where it is nothing of the kind.
  const cleaned = (value) => {
    if (!isRecord(value) || !isRecord(value.modules)) return null;
    const modules = {};
    Object.entries(value.modules).forEach(([slug, own]) => {
      if (!isName(slug) || !isRecord(own)) return;
      const checks = Object.entries(isRecord(own.checks) ? own.checks : {}).filter(([id, result]) => isName(id) && (result === "right" || result === "wrong"));
      modules[slug] = { read: own.read === true, exercises: (Array.isArray(own.exercises) ? own.exercises : []).filter(isName), checks: Object.fromEntries(checks) };
    });
    const at = isRecord(value.at) && isName(value.at.module) && isName(value.at.place) && typeof value.at.label === "string";
    return { at: at ? { module: value.at.module, place: value.at.place, label: value.at.label.slice(0, 120) } : null, modules };
  };
  const said = (own, exercises, checks) => {
    const right = Object.values(own.checks).filter((result) => result === "right").length;
    const answered = Object.keys(own.checks).length;
    return [
      own.read ? "Lesson read" : "Lesson not read",
      `${own.exercises.length} of ${exercises} exercises done`,
      `${answered} of ${checks} questions answered, ${right} right`,
    ].join("; ");
  };

  if (typeof document === "undefined") {
    module.exports = { cleaned, said };
    return;
  }

  const head = document.querySelector(".objectives[data-module]");
  const rows = [...document.querySelectorAll("tr[data-module][data-exercises]")];
  const finalCheck = document.querySelector(".check[data-module]");
  const slug = head ? head.dataset.module : finalCheck ? FINAL : "";
  if (!slug && !rows.length) return;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const fresh = () => ({ at: null, modules: {} });
  let kept = fresh();

  // ---- What every page of the course gets: the choice, and what is said of it.
  const keep = make("input", { type: "checkbox", id: "keep-progress", autocomplete: "off" });
  const forget = make("button", { type: "button", class: "button button--small", hidden: "" }, "Forget it");
  const next = make("p", { class: "progress__next", hidden: "" });
  const status = make("p", { class: "progress__status", role: "status" });
  const choice = make("p", { class: "progress__keep" }, keep, " ", make("label", { for: "keep-progress" }, "Keep my progress in this browser"), " ", forget);
  const box = make("section", { class: "progress", "aria-label": "Your progress" }, choice, next, status);
  const note = document.querySelector(".prose .check__note");
  const table = rows.length ? rows[0].closest("table") : null;
  if (head) head.after(box);
  else if (table) [...table.closest(".prose").children].find((child) => child.contains(table)).before(box);
  else if (note) note.after(box);
  else return;

  const say = (text) => { status.textContent = text; };
  const mine = () => {
    kept.modules[slug] = kept.modules[slug] || { read: false, exercises: [], checks: {} };
    return kept.modules[slug];
  };
  function read() {
    try {
      return cleaned(JSON.parse(localStorage.getItem(KEY)));
    } catch {
      return null; // Refused, or not ours to read: the reader begins anew.
    }
  }
  function store() {
    if (!keep.checked) return false;
    try {
      const text = JSON.stringify(kept);
      localStorage.setItem(KEY, text);
      if (localStorage.getItem(KEY) === text) return true;
    } catch { /* Said below. */ }
    keep.checked = false;
    show();
    say("This browser does not let the page keep anything. Nothing is stored.");
    return false;
  }
  function drop() {
    keep.checked = false;
    kept = fresh();
    try {
      localStorage.removeItem(KEY);
      say("Forgotten. Nothing of your progress is kept in this browser.");
    } catch {
      say("This browser does not let the page keep anything. Nothing is stored.");
    }
    show();
  }
  function begin() {
    kept = read() || fresh();
    if (!store()) return;
    const disk = location.protocol === "file:" ? " You read this from a disk: some browsers keep it for this page alone, or until you close them." : "";
    say(`Your progress is kept in this browser, and nowhere else. Whoever uses this browser can see it.${disk}`);
    show();
  }

  // ---- On a module: a mark for the lesson and for each exercise; answers are noted by themselves.
  const marks = [];
  function mark(place, id, label, isOn, set) {
    const input = make("input", { type: "checkbox", id: `progress-${id}`, autocomplete: "off" });
    const line = make("p", { class: "progress__mark" }, input, " ", make("label", { for: input.id }, label));
    place(line);
    marks.push({ line, input, isOn });
    input.addEventListener("change", () => { set(input.checked); store(); });
  }
  if (head) {
    const exercises = document.getElementById("exercises");
    const lesson = document.getElementById("lesson");
    if (lesson && exercises) {
      mark((line) => exercises.before(line), "lesson", "I have read the lesson", () => mine().read, (on) => {
        mine().read = on;
        kept.at = { module: slug, place: on ? "exercises" : "lesson", label: on ? "Exercises" : "Lesson" };
      });
    }
    document.querySelectorAll("section.exercise[id]").forEach((section) => {
      const title = section.querySelector("h3").textContent.trim();
      const name = title.split(".").slice(0, 2).join(".");
      mark((line) => section.append(line), section.id, `${name} is done`, () => mine().exercises.includes(section.id), (on) => {
        mine().exercises = [...mine().exercises.filter((id) => id !== section.id), ...(on ? [section.id] : [])];
        kept.at = { module: slug, place: section.id, label: title };
      });
    });
  }
  const answered = new Map();
  if (slug) {
    document.querySelectorAll(".check[id] > .check__label").forEach((label) => {
      const note = make("span", { class: "progress__answered" });
      label.append(note);
      answered.set(label.parentElement.id, note);
    });
    document.addEventListener("check:answered", ({ target, detail }) => {
      if (!keep.checked || !target.id) return;
      mine().checks[target.id] = detail.right ? "right" : "wrong";
      kept.at = { module: slug, place: target.id, label: target.getAttribute("aria-label") };
      if (store()) show();
    });
  }

  function show() {
    const on = keep.checked;
    forget.hidden = !on;
    marks.forEach(({ line, input, isOn }) => {
      line.hidden = !on;
      input.checked = on && isOn();
    });
    answered.forEach((note, id) => {
      const result = on ? mine().checks[id] : "";
      note.textContent = result ? ` · Answered, ${result === "right" ? "right" : "not right"}` : "";
    });
    rows.forEach((row) => {
      const old = row.querySelector(".progress__row");
      if (old) old.remove();
      const own = on ? kept.modules[row.dataset.module] : null;
      if (own) row.querySelector("th").append(make("p", { class: "progress__row" }, `${said(own, row.dataset.exercises, row.dataset.checks)}.`));
    });
    next.hidden = true;
    const { at } = kept;
    const row = at && rows.find((one) => one.dataset.module === at.module);
    const link = row ? row.querySelector("th a") : at && at.module === FINAL ? document.querySelector("a[data-final-check]") : null;
    if (on && rows.length && link) {
      const name = row ? link.textContent.trim() : "Final check";
      next.replaceChildren("Continue where you left: ", make("a", { href: `${link.getAttribute("href")}#${at.place}` }, `${name}, ${at.label}`));
      next.hidden = false;
    }
  }

  keep.addEventListener("change", () => { if (keep.checked) begin(); else drop(); });
  forget.addEventListener("click", drop);
  const before = read();
  if (before) {
    kept = before;
    keep.checked = true;
  }
  show();
})();
