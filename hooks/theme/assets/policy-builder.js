// The policy builder's page: a form made of the questions, the blanks, and the draft as it grows. See policy-draft.js.
(function () {
  "use strict";

  const root = document.getElementById("policy-builder");
  const data = window.OTR_POLICY;
  const model = window.OTRDraft;
  if (!root || !data || !model) return;

  const KEY = "otr-policy-draft";
  const here = document.currentScript.src;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    });
    element.append(...children);
    return element;
  };
  const button = (label, action, attributes = {}) => {
    const element = make("button", { type: "button", class: "button", ...attributes }, label);
    element.addEventListener("click", action);
    return element;
  };
  const part = (name) => root.querySelector(`.builder__${name}`);

  // The short policy is what most readers need: it is chosen until they choose.
  const start = () => ({ ...model.empty(), answers: { form: ["short"] } });
  let state = start();
  let draft = null;

  // ---- Keeping the draft in this browser, if asked to
  const keep = make("input", { type: "checkbox", id: "keep-draft" });
  const forget = button("Forget it", () => {
    keep.checked = false;
    store();
    say("Nothing of this draft is kept in this browser. What you see here goes when you close the page.");
  }, { class: "button button--small" });
  function store() {
    try {
      if (keep.checked) localStorage.setItem(KEY, JSON.stringify(state));
      else localStorage.removeItem(KEY);
    } catch {
      keep.checked = false;
      say("This browser does not let the page keep anything.");
    }
    forget.disabled = !keep.checked;
  }
  function restore() {
    let text = null;
    try { text = localStorage.getItem(KEY); } catch { /* Storage is refused: there is nothing to take up. */ }
    if (!text) return;
    try {
      const kept = JSON.parse(text);
      const known = new Set(data.clauses.map((clause) => clause.id));
      const lists = (items) => (Array.isArray(items) ? items.filter((id) => known.has(id)) : []);
      const answers = Object.entries(kept.answers || {}).filter(([, chosen]) => Array.isArray(chosen));
      const values = Object.entries(kept.values || {}).filter(([, value]) => value === null || typeof value === "string");
      state = { answers: Object.fromEntries(answers), values: Object.fromEntries(values), out: lists(kept.out), more: lists(kept.more) };
      keep.checked = true;
    } catch { /* What is kept cannot be read: the reader begins anew. */ }
  }

  // ---- Speaking to those who do not see the counts
  const voice = make("p", { class: "vh", role: "status" });
  let waiting = 0;
  function say(text) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { voice.textContent = text; }, 400);
  }

  // ---- Questions: each list of options becomes a group of controls
  function form() {
    root.querySelectorAll(".question").forEach((section) => {
      const question = data.questions.find((q) => q.id === section.dataset.question);
      const title = section.querySelector(".question__title");
      const several = section.querySelector(".question__several");
      const why = section.querySelector(".question__why");
      why.id = `${title.id}-why`;
      const group = make("fieldset", { class: "question__group", "aria-describedby": why.id });
      const legend = make("legend", { class: "question__legend" });
      title.replaceWith(group);
      legend.append(title);
      group.append(legend, why);
      if (several) group.append(several);
      section.querySelectorAll("[data-option]").forEach((item) => {
        const id = `${title.id}-${item.dataset.option}`;
        const input = make("input", { type: question.several ? "checkbox" : "radio", name: question.id, value: item.dataset.option, id });
        const means = item.querySelector(".question__means");
        if (means) {
          means.id = `${id}-means`;
          input.setAttribute("aria-describedby", means.id);
        }
        const label = make("label", { class: "choice__label", for: id }, item.querySelector(".question__label").textContent);
        const row = make("div", { class: "choice", "data-option": item.dataset.option }, input, label);
        if (means) row.append(means);
        group.append(row);
      });
      section.querySelector(".question__options").remove();
      const more = section.querySelector(".question__more");
      const details = make("details", { class: "question__more" }, make("summary", {}, "What this decides, and what to read"));
      details.append(...more.childNodes);
      more.replaceWith(details);
      group.addEventListener("change", () => {
        state.answers[question.id] = [...group.querySelectorAll("input:checked")].map((input) => input.value);
        update();
      });
    });
  }

  function showAnswers() {
    root.querySelectorAll(".question").forEach((section) => {
      const question = data.questions.find((q) => q.id === section.dataset.question);
      section.hidden = !(question.id in draft.answers);
      const chosen = draft.answers[question.id] || [];
      section.querySelectorAll(".choice").forEach((row) => {
        const option = question.options.find((o) => o.id === row.dataset.option);
        row.hidden = !model.holds(option.when, draft.answers);
        row.querySelector("input").checked = chosen.includes(option.id);
      });
    });
  }

  // ---- Blanks
  const byId = new Map(data.fields.map((field) => [field.id, field]));
  const fieldId = (key) => `blank-${key.replace(/[^\w-]/g, "_")}`;
  // Whether a blank is in the form of the clause that this draft has.
  const stands = (field, id) => {
    const clause = draft.clauses.find((item) => item.id === id);
    return model.textsOf(clause, draft.form).some((block) => block.runs.some((run) => run.f === field && (run.p === undefined || model.holds(clause.parts[run.p], draft.answers))));
  };
  const inUse = () => {
    const there = new Set(draft.clauses.map((clause) => clause.id));
    return data.fields.filter((field) => field.id === model.AGENCY || field.places.some((id) => there.has(id) && stands(field.id, id)));
  };
  const current = (key, clause) => {
    const value = state.values[key];
    if (value !== undefined) return value;
    return key.includes("@") || key.includes("/") ? undefined : model.filling(data, draft.answers, key, clause);
  };
  function set(key, value) {
    if (value === undefined || value === "") delete state.values[key];
    else state.values[key] = value;
  }

  const rolesInUse = () => data.roles.filter((role) => (draft.form === "full" ? role.means : (role.does || []).some((duty) => model.holds(duty.when, draft.answers))));

  // A label that says where the blank stands, for those that are asked clause by clause.
  function wording(field) {
    if (field.label) return [field.label];
    return [`${field.before} `.trimStart(), make("span", { class: "blank" }, `[${field.words}]`), /^[\s.,;:’')]/.test(field.after) ? field.after : ` ${field.after}`];
  }

  function control(key, label, { help = "", offers = [], value = "", described = "" } = {}) {
    const id = fieldId(key);
    const input = make("input", { type: "text", id, class: "fill__input", autocomplete: "off", spellcheck: "true", "aria-describedby": help ? `${id}-help` : undefined, "data-key": key });
    input.value = value || "";
    if (described) input.placeholder = described;
    input.addEventListener("input", () => { set(key, input.value.trim()); update({ typing: true }); });
    input.addEventListener("change", () => update());
    const box = make("div", { class: "fill" }, make("label", { class: "fill__label", for: id }, ...label));
    if (help) box.append(make("p", { class: "fill__help", id: `${id}-help` }, help));
    box.append(input);
    const own = offers.filter((offer) => offer !== input.value);
    if (own.length) {
      const row = make("div", { class: "fill__offers" });
      own.forEach((offer) => row.append(button(make("span", {}, make("span", { class: "vh" }, "Use "), offer), () => {
        set(key, offer);
        update();
        document.getElementById(id)?.focus();
      }, { class: "offer" })));
      box.append(row);
    }
    return box;
  }

  function choice(field) {
    const id = fieldId(field.id);
    const value = current(field.id);
    const box = make("div", { class: "fill", role: "group", "aria-labelledby": `${id}-label`, id, tabindex: "-1" }, make("p", { class: "fill__label", id: `${id}-label` }, ...(field.label ? [field.label] : wording(field))));
    if (field.label) box.append(make("p", { class: "fill__help" }, `“${field.words}”`));
    const row = make("div", { class: "fill__offers" });
    const press = (words, next, pressed) => row.append(button(words, () => {
      if (pressed) set(field.id, undefined);
      else state.values[field.id] = next;
      update();
      document.getElementById(id)?.querySelector(`[data-choice="${words}"]`)?.focus();
    }, { class: "offer", "aria-pressed": String(pressed), "data-choice": words }));
    press("Keep these words", field.words, Boolean(value));
    press("Strike them", null, value === null || value === "");
    box.append(row);
    return box;
  }

  // The blanks that a filling holds in its turn.
  function inner(field) {
    return draft.blanks.filter((blank) => blank.key.startsWith(`${field.id}/`)).map((blank) => blank.key)
      .concat(Object.keys(state.values).filter((key) => key.startsWith(`${field.id}/`)))
      .filter((key, index, all) => all.indexOf(key) === index).sort();
  }
  function innerControls(field) {
    const value = current(field.id) || "";
    const words = model.splitBlanks(value);
    return inner(field).flatMap((key) => {
      const word = words[Number(key.split("/").pop()) * 2 + 1];
      return word === undefined ? [] : [control(key, [`${field.label || field.words}: `, make("span", { class: "blank" }, `[${word}]`)], { value: state.values[key] })];
    });
  }

  function fieldBox(field) {
    if (field.optional) return [choice(field), ...innerControls(field)];
    const decided = model.filling(data, draft.answers, field.id);
    const help = [field.help, decided && state.values[field.id] === undefined ? "Filled by your answers; write here to change it." : ""].filter(Boolean).join(" ");
    const box = control(field.id, wording(field), { help, offers: field.offers, value: current(field.id) });
    const there = draft.clauses.filter((clause) => field.places.includes(clause.id));
    if (field.shared && there.length > 1 && field.id !== model.AGENCY) {
      const details = make("details", { class: "fill__places", "data-key": `places:${field.id}` }, make("summary", {}, `Another in one of ${there.length} clauses`));
      there.forEach((clause) => {
        const key = `${field.id}@${clause.id}`;
        details.append(control(key, [`${draft.numbers[clause.id]} ${clause.title}`], { value: state.values[key], described: "the same" }));
      });
      box.append(details);
    }
    return [box, ...innerControls(field)];
  }

  const blanksBox = make("div", { class: "fills" });
  let shape = {};
  // Made anew only when other blanks are there, or when a value came from elsewhere than the keyboard.
  function showBlanks(typing) {
    const used = inUse();
    const structure = JSON.stringify([used.map((field) => field.id), rolesInUse().map((role) => role.id), draft.sections.map((section) => section.clauses.map((clause) => clause.id)), used.flatMap(inner), draft.blanks.filter((b) => b.key.startsWith("ref:")).map((b) => b.key)]);
    const values = JSON.stringify([used.map((field) => current(field.id)), rolesInUse().map((role) => current(`role:${role.id}`)), state.values]);
    const same = structure === shape.structure && (typing || values === shape.values);
    shape = { structure, values };
    if (same) return;
    const focused = document.activeElement?.id;
    const opened = new Set([...blanksBox.querySelectorAll("details[open]")].map((details) => details.dataset.key));
    const groups = [];
    const once = (field) => field.id === model.AGENCY || (field.shared && !field.optional);
    const shared = used.filter(once).sort((a, b) => (b.id === model.AGENCY) - (a.id === model.AGENCY));
    const first = make("div", { class: "fills__group" }, make("h3", { class: "fills__title" }, "Asked once"));
    const roles = rolesInUse().map((role) => {
      const key = `role:${role.id}`;
      const decided = model.filling(data, draft.answers, key);
      const help = [role.means && `Who ${role.means}`, role.help, decided && state.values[key] === undefined ? "A start, by the kind of agency: write another title, or a name, a comma and the title." : ""];
      return control(key, [role.label], { help: help.filter(Boolean).join(" "), offers: role.offers, value: current(key) });
    });
    const name = shared.filter((field) => field.id === model.AGENCY);
    first.append(...name.flatMap(fieldBox), ...roles, ...shared.filter((field) => !name.includes(field)).flatMap(fieldBox));
    groups.push(first);
    draft.sections.forEach((section) => {
      const ids = section.clauses.map((clause) => clause.id);
      const own = used.filter((field) => !once(field) && ids.includes(field.places.find((id) => draft.numbers[id])));
      if (!own.length) return;
      const details = make("details", { class: "fills__group", "data-key": section.id }, make("summary", {}, `${section.number}. ${section.label}`, make("span", { class: "fills__count" })));
      section.clauses.forEach((clause) => {
        const mine = own.filter((field) => field.places.find((id) => draft.numbers[id]) === clause.id);
        if (mine.length) details.append(make("h4", { class: "fills__clause" }, `${draft.numbers[clause.id]} ${clause.title}`), ...mine.flatMap(fieldBox));
      });
      groups.push(details);
    });
    blanksBox.replaceChildren(...groups);
    blanksBox.querySelectorAll("details").forEach((details) => { if (opened.has(details.dataset.key)) details.open = true; });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  function countBlanks() {
    const open = new Set(draft.blanks.map((blank) => blank.key));
    blanksBox.querySelectorAll("details.fills__group").forEach((details) => {
      const left = [...details.querySelectorAll(".fill")].filter((box) => open.has(box.querySelector("[data-key]")?.dataset.key || [...byId.keys()].find((id) => fieldId(id) === box.id))).length;
      details.querySelector(".fills__count").textContent = left ? ` ${left} open` : " done";
    });
    blanksBox.querySelectorAll(".fill__input").forEach((input) => input.classList.toggle("is-open", open.has(input.dataset.key)));
  }
  // ---- The draft
  const paper = make("article", { class: "paper-draft", "aria-label": "Your draft" });
  function runNodes(runs) {
    return runs.map((run) => {
      let node = document.createTextNode(run.text);
      if (run.mark) node = make(run.mark, {}, node);
      if (run.blank) node = byId.has(run.blank) || run.blank.startsWith("role:") || run.blank.includes("/") ? make("a", { class: "blank", href: `#${fieldId(run.blank)}` }, node) : make("span", { class: "blank" }, node);
      if (run.href) node = make("a", { href: run.href }, node);
      return node;
    });
  }
  function nodes(blocks, extra) {
    const out = [];
    const lists = [];
    blocks.forEach((block, index) => {
      if (block.kind === "li") {
        if (block.first || !lists[block.level]) {
          const element = make(block.list);
          lists.length = block.level;
          if (block.level) lists[block.level - 1].lastElementChild.append(element);
          else out.push(element);
          lists[block.level] = element;
        }
        lists.length = block.level + 1;
        lists[block.level].append(make("li", {}, ...runNodes(block.runs)));
      } else {
        lists.length = 0;
        const tag = { title: "h3", h1: "h4", h2: "h5", p: "p", np: "p" }[block.kind];
        const number = block.number ? [make("span", { class: "paper-draft__number" }, `${block.number} `)] : [];
        out.push(make(tag, { class: `paper-draft__${block.style || block.kind}`, id: block.id && `draft-${block.id}`, "data-clause": block.clause?.id }, ...number, ...runNodes(block.runs)));
      }
      const next = blocks[index + 1];
      if (block.of && (!next || next.of !== block.of)) out.push(extra(block.of));
    });
    return out;
  }

  function reason(clause) {
    const found = model.because(data, clause, draft.answers);
    if (found.length) return `Because you answered ${model.list(found.map((item) => `“${item.question}” with “${item.answers.join("” and “")}”`))}.`;
    return state.more.includes(clause.id) ? "You put it in." : "It stands in every draft.";
  }
  function about(id) {
    const clause = data.clauses.find((item) => item.id === id);
    const details = make("details", { class: "paper-draft__why no-print", "data-key": id }, make("summary", {}, "Why it is here", make("span", { class: "vh" }, ` (${clause.title})`)));
    details.append(make("p", {}, clause.note.replace(/([^.?!])$/, "$1."), " ", reason(clause), clause.why ? ` ${clause.why}` : ""));
    details.append(make("p", {}, make("a", { href: clause.page }, `${clause.label} in ${clause.source.title}`), `, law as of ${clause.source.law}.`));
    details.append(button(make("span", {}, "Leave it out", make("span", { class: "vh" }, ` ${clause.title}`)), () => {
      state.more = state.more.filter((other) => other !== id);
      if (model.holds(clause.when, draft.answers)) state.out.push(id);
      update();
      say(`Left out: ${clause.title}.`);
      leftBox.querySelector("summary")?.focus();
    }, { class: "offer" }));
    return details;
  }

  const leftBox = make("details", { class: "left-out no-print", "data-key": "left" });
  function showLeft() {
    leftBox.hidden = !draft.left.length;
    leftBox.replaceChildren(make("summary", {}, `${draft.left.length} ${draft.left.length === 1 ? "clause" : "clauses"} not in this draft`));
    const list = make("ul");
    draft.left.forEach((clause) => {
      const would = model.wanted(data, clause).map((alternative) => model.list(alternative.map((item) => `“${item.question}” ${item.answers.map((answer) => `“${answer}”`).join(" or ")}`)));
      const why = state.out.includes(clause.id) ? "You left it out." : `It comes with the answer to ${would.join(", or to ")}.`;
      const item = make("li", {}, make("a", { href: clause.page }, `${clause.title} (${clause.label})`), `. ${clause.note.replace(/([^.?!])$/, "$1.")} ${why} `);
      item.append(button(make("span", {}, "Put it in", make("span", { class: "vh" }, ` ${clause.title}`)), () => {
        state.out = state.out.filter((other) => other !== clause.id);
        if (!model.holds(clause.when, draft.answers)) state.more.push(clause.id);
        update();
        say(`Put in: ${clause.title}.`);
        const heading = document.getElementById(`draft-${clause.id}`);
        heading.tabIndex = -1;
        heading.focus();
      }, { class: "offer" }));
      list.append(item);
    });
    leftBox.append(list);
  }

  function showDraft() {
    const opened = new Set([...paper.querySelectorAll("details[open]")].map((details) => details.dataset.key));
    paper.replaceChildren(...nodes([...draft.blocks, ...draft.closing], about));
    paper.querySelectorAll("details").forEach((details) => { details.open = opened.has(details.dataset.key); });
  }

  // A blank of the draft leads to its field, wherever that is folded away.
  function goTo(event) {
    const link = event.target.closest("a.blank");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    for (let details = target.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  // ---- One person in two roles that check each other
  const warnings = make("div", { class: "builder__warnings", role: "status" });
  function showConflicts() {
    const text = draft.conflicts.map((found) => `${found.holder} is named as “${found.labels[0]}” and as “${found.labels[1]}”. ${found.why} ${found.instead}`);
    if (warnings.dataset.said === text.join("\n")) return;
    warnings.dataset.said = text.join("\n");
    warnings.replaceChildren(...text.map((line) => make("p", { class: "builder__warning" }, make("strong", {}, "Check: "), line)));
  }

  // ---- Counts
  const counts = make("p", { class: "builder__counts" });
  function countText() {
    const answered = model.asked(data, draft.answers).filter((q) => !q.several && draft.answers[q.id].length).length;
    const all = model.expected(data, draft.answers);
    const blanks = draft.blanks.length;
    const questions = answered < all ? `${answered} of ${all} questions answered` : "All questions answered";
    return `${questions}. ${draft.clauses.length} clauses. ${blanks ? `${blanks} ${blanks === 1 ? "blank" : "blanks"} open, in ${draft.places} ${draft.places === 1 ? "place" : "places"}` : "No blank open"}.`;
  }

  function update({ typing = false, quiet = false } = {}) {
    draft = model.assemble(data, state);
    showAnswers();
    showBlanks(typing);
    countBlanks();
    showDraft();
    showLeft();
    showConflicts();
    counts.textContent = countText();
    if (!quiet && !typing) say(counts.textContent);
    if (keep.checked) store();
  }

  // ---- Taking it away
  function download(blob, name) {
    const address = URL.createObjectURL(blob);
    const link = make("a", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }
  const today = (now) => new Intl.DateTimeFormat("en-US", { dateStyle: "long" }).format(now);
  let library = null;
  function load() {
    library = library || new Promise((done, fail) => {
      const script = make("script", { src: new URL("docx.js", here).href });
      script.addEventListener("load", () => done(window.docx));
      script.addEventListener("error", () => { library = null; fail(new Error("docx.js")); });
      document.head.append(script);
    });
    return library;
  }
  async function word() {
    say("Making the Word file.");
    try {
      const now = new Date();
      download(await window.OTRDocx.toBlob(await load(), data, draft, now, today(now)), "social-media-policy-draft.docx");
      say("The Word file is in your downloads.");
    } catch (error) {
      say("The Word file could not be made. The Markdown file has the same text.");
      throw error;
    }
  }
  function markdown() {
    download(new Blob([model.toMarkdown(draft, today(new Date()))], { type: "text/markdown;charset=utf-8" }), "social-media-policy-draft.md");
    say("The Markdown file is in your downloads.");
  }

  function reset() {
    state = start();
    update();
    say("Everything is empty again.");
    root.querySelector(".question input")?.focus();
  }

  // ---- Setting up
  part("without").hidden = true;
  part("sources").hidden = true;
  part("asked").hidden = true;
  ["forms", "papers"].filter(part).forEach((name) => { part(name).hidden = true; });
  data.notes.forEach((note, index) => {
    const links = [...root.querySelectorAll(`[data-note="${index}"] a`)];
    note.links = links.map((link) => ({ text: link.textContent, href: new URL(link.getAttribute("href"), data.page).href }));
  });
  form();
  part("blanks").append(
    make("p", {}, "What is asked once goes into every clause that has it. The rest stands under its section. A blank that you leave stays in its brackets and is listed at the end of the draft."),
    warnings,
    blanksBox,
  );
  const actions = make("div", { class: "builder__actions" }, button("Word file", word, { class: "button button--main" }), button("Markdown", markdown), button("Print", () => window.print()), button("Start again", reset));
  const keeping = make("p", { class: "builder__keep" }, keep, make("label", { for: "keep-draft" }, "Keep my draft in this browser"), forget);
  const keepingNote = make("p", { class: "builder__note" }, "Unless you tick this, the draft is gone when you close the page. It never leaves your browser.");
  part("draft").append(make("div", { class: "builder__tools no-print" }, counts, actions, keeping, keepingNote, leftBox), paper, voice);
  root.classList.add("is-running");
  keep.addEventListener("change", () => {
    store();
    if (keep.checked) say("This draft is kept in this browser until you forget it.");
  });
  paper.addEventListener("click", goTo);
  restore();
  update({ quiet: true });
  forget.disabled = !keep.checked;
})();
