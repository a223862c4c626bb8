// The page “Check my policy”: a form, and what policy-check.js finds in the text. Why, law and clause are taken from the rules on the
// page. The text stays in this page: nothing is sent, and nothing is kept.
(function () {
  "use strict";

  const root = document.getElementById("policy-check");
  const data = window.OTR_CHECK;
  const engine = window.OTRCheck;
  if (!root || !data || !engine) return;

  const here = document.currentScript.src;
  const MOST_SIGNS = 400000;
  const LEVELS = { there: "There", thin: "Thin", missing: "Missing" };
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const button = (label, action, attributes = {}) => {
    const element = make("button", { type: "button", class: "button", ...attributes }, label);
    element.addEventListener("click", action);
    return element;
  };
  const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
  const libraries = new Map();
  function load(file, name) {
    if (!libraries.has(file)) {
      libraries.set(file, new Promise((done, fail) => {
        const script = make("script", { src: new URL(file, here).href });
        script.addEventListener("load", () => done(window[name]));
        script.addEventListener("error", () => { libraries.delete(file); fail(new Error(file)); });
        document.head.append(script);
      }));
    }
    return libraries.get(file);
  }

  // ---- The rules as the page shows them
  const rule = (kind, id) => document.getElementById(`${kind}-${id}`);
  const words = (box, name) => (box.querySelector(`.rule__${name}`)?.textContent || "").replace(/^[^:]*: /, (label) => (name === "instead" ? "" : label)).trim();
  const part = (box, name) => {
    const found = box.querySelector(`.rule__${name}`);
    if (!found) return "";
    const copy = found.cloneNode(true);
    [copy, ...copy.querySelectorAll("[id]")].forEach((node) => node.removeAttribute("id"));
    return copy;
  };
  const title = (box) => box.querySelector(".rule__title").textContent.replace("¶", "").trim();
  const clauses = (box) => [...box.querySelectorAll("[data-clause]")].map((link) => link.dataset.clause);
  const told = {
    ground: (id) => ((box) => ({ title: title(box), why: words(box, "why"), instead: words(box, "instead"), clauses: clauses(box), law: [...box.querySelectorAll(".rule__law > li")].map((item) => item.textContent.replace(/\s+/g, " ").trim()) }))(rule("ground", id)),
    element: (id) => ((box) => ({ title: title(box), missing: words(box, "instead"), clauses: clauses(box) }))(rule("element", id)),
    fact: (id) => ((box) => ({ title: title(box), missing: words(box, "instead"), clauses: clauses(box) }))(rule("fact", id)),
  };

  // ---- The form
  const prepared = engine.prepare(data);
  const field = make("textarea", { id: "policy-text", class: "checker__text", rows: "12", autocomplete: "off", spellcheck: "false", "aria-describedby": "policy-text-help" });
  const file = make("input", { type: "file", id: "policy-file", accept: ".docx,.txt,.md,text/plain,text/markdown" });
  const status = make("p", { class: "tool__status", role: "status" });
  const run = button("Check it", check, { class: "button button--main" });
  const clear = button("Clear", empty);
  const form = make("section", { class: "checker__form", "aria-labelledby": "your-policy" },
    make("h2", { id: "your-policy" }, "Your policy"),
    make("label", { for: "policy-text" }, "Paste its text"),
    field,
    make("p", { id: "policy-text-help", class: "soft" }, "It stays in this page. Nothing is sent or kept: close the page and it is gone."),
    make("p", { class: "checker__open" }, make("label", { for: "policy-file" }, "Or open a Word (.docx) or text file"), " ", file),
    make("div", { class: "tool__bar" }, run, clear, status));
  const heading = make("h2", { id: "findings", tabindex: "-1" }, "What it found");
  const body = make("div", { class: "checker__body" });
  const findings = make("section", { class: "checker__findings", "aria-labelledby": "findings", hidden: "" }, heading, body);
  root.querySelector(".checker__without").hidden = true;
  root.prepend(form, findings);
  root.classList.add("is-running");
  let last = null;

  function say(text) { status.textContent = text; }

  function empty() {
    field.value = file.value = "";
    last = null;
    findings.hidden = true;
    body.replaceChildren();
    root.classList.remove("is-done");
    say("The text is gone.");
    field.focus();
  }

  async function opened() {
    const [chosen] = file.files;
    if (!chosen) return;
    say(`Opening ${chosen.name}.`);
    try {
      field.value = await window.OTRCheckWord.read(new Uint8Array(await chosen.arrayBuffer()), () => load("fflate.js", "fflate"));
      say(`The text of ${chosen.name} stands in the field. Check it.`);
      check();
    } catch (error) {
      file.value = "";
      say(error.said || "The file could not be opened. Copy its text, and paste it.");
      if (!error.said) throw error;
    }
  }

  // ---- The findings
  // The sentence around a match, its words marked.
  function quote(text, one) {
    const cut = (from, to) => text.slice(from, to).replace(/\s+/g, " ");
    const line = make("blockquote", { class: "checker__quote" });
    line.append(cut(one.from, one.start).trimStart(), make("mark", {}, cut(one.start, one.end)), cut(one.end, one.to).trimEnd());
    return line;
  }

  function elementsOf(text, result) {
    const list = make("ul", { class: "checker__elements" });
    result.elements.forEach((one) => {
      const box = rule("element", one.element);
      const item = make("li", { class: `checker__element checker__element--${one.level}` },
        make("p", { class: "checker__head" }, make("strong", {}, title(box)), " ", make("span", { class: "checker__level" }, LEVELS[one.level])));
      const shown = one.found.flatMap((signal) => signal.matches.slice(0, 1).map((match) => ({ says: signal.says, match })));
      if (shown.length) {
        const more = make("details", {}, make("summary", {}, count(shown.length, "passage"), make("span", { class: "vh" }, ` on ${title(box)}`)));
        shown.forEach(({ says, match }) => more.append(make("p", { class: "checker__sign" }, says), quote(text, match)));
        item.append(more);
      }
      if (one.level !== "there") item.append(part(box, "instead"), part(box, "clauses"));
      if (one.level === "missing") item.append(part(box, "trial"));
      list.append(item);
    });
    return list;
  }

  function groundsOf(text, result) {
    if (!result.grounds.length) return [make("p", {}, "None of the phrases on the list was found. That is no finding that the policy is lawful.")];
    const byRule = new Map();
    result.grounds.forEach((one) => byRule.set(one.ground, [...(byRule.get(one.ground) || []), one]));
    return [...byRule].map(([id, found]) => {
      const box = rule("ground", id);
      const quotes = found.map((one) => quote(text, one));
      const law = part(box, "law") || part(box, "practice");
      return make("section", { class: "checker__ground" }, make("h4", {}, title(box)), ...quotes, part(box, "why"), law, part(box, "instead"), part(box, "clauses"));
    });
  }

  function factsOf(text, result) {
    const list = make("ul", { class: "checker__facts" });
    result.facts.forEach((one) => {
      const box = rule("fact", one.fact);
      const item = make("li", { class: `checker__element checker__element--${one.stated ? "there" : "missing"}` },
        make("p", { class: "checker__head" }, make("strong", {}, title(box)), " ", make("span", { class: "checker__level" }, one.stated ? "Found" : "Not found")));
      if (one.stated) item.append(quote(text, one.matches[0]));
      else item.append(part(box, "instead"), part(box, "clauses"));
      list.append(item);
    });
    return list;
  }

  function check() {
    const text = field.value;
    if (!text.trim()) { say("Paste the text of a policy first, or open a file."); field.focus(); return; }
    if (text.length > MOST_SIGNS) { say("This text is longer than a policy of 150 pages. Paste the part on social media."); return; }
    const result = engine.check(prepared, text);
    last = { text, result };
    const levels = Object.keys(LEVELS).map((level) => `${result.elements.filter((one) => one.level === level).length} ${level}`).join(", ");
    const summary = `Of 8 elements, ${levels}. ${count(result.grounds.length, "phrase")} that ${result.grounds.length === 1 ? "has" : "have"} been questioned. ${count(result.facts.filter((one) => !one.stated).length, "other thing")} not found.`;
    body.replaceChildren(
      make("p", {}, `${summary} It compared ${count(result.words, "word")} with rules and understood none of them. `, make("a", { href: "#limits" }, "What it cannot judge"), "."),
      ...(result.words < 60 ? [make("p", { class: "notice" }, "This is a short text. Most of what looks missing may stand elsewhere.")] : []),
      make("div", { class: "tool__bar no-print" }, button("Print this list", () => window.print()), button("Word file of proposed changes", word)),
      make("h3", { id: "found-grounds" }, "Phrases that have been questioned"), ...groundsOf(text, result),
      make("h3", { id: "found-elements" }, "The eight elements"), elementsOf(text, result),
      make("h3", { id: "found-facts" }, "What else it says"), factsOf(text, result));
    findings.hidden = false;
    root.classList.add("is-done");
    say(summary);
    heading.focus();
  }

  // ---- Taking it away
  async function word() {
    say("Making the Word file.");
    try {
      const now = new Date();
      const day = new Intl.DateTimeFormat("en-US", { dateStyle: "long" }).format(now);
      const draft = window.OTRCheckWord.proposals(data, last.text, last.result, told, day);
      const blob = await window.OTRDocx.toBlob(await load("docx.js", "docx"), data, draft, now, day);
      const address = URL.createObjectURL(blob);
      make("a", { href: address, download: "proposed-changes.docx" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      say("The Word file is in your downloads.");
    } catch (error) {
      say("The Word file could not be made. Print the list instead.");
      throw error;
    }
  }

  file.addEventListener("change", opened);
})();
