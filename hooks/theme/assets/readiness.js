// The readiness check: a profile and next steps from the form's answers, which are kept in the address and nowhere else.
// Without this file the form serves on paper: it has every question, why it is asked, and what to do if the answer is no.
(function () {
  "use strict";

  const ANSWERS = "ypnx"; // yes in writing, partly, no, does not apply
  const STAGES = ["basic", "next", "later"];

  // `#v1-a1yc2n`: the version of this notation, then for each question its code of two characters and its answer.
  const encode = (answers) => `v1-${Object.entries(answers).map(([code, answer]) => code + answer).join("")}`;

  // What a fragment says: null if it holds no answers, else {answers, lost, broken}. `lost` counts answers to questions that
  // are not asked (any more), or that cannot be had; `broken` is set if the rest could not be read.
  function decode(fragment, known) {
    const text = fragment.replace(/^#/, "");
    const version = /^v(\d+)-/.exec(text);
    if (!version) return null;
    const found = { answers: {}, lost: 0, broken: version[1] !== "1" };
    if (found.broken) return found;
    const rest = text.slice(version[0].length);
    const whole = /^(?:[a-z][a-z0-9][ypnx])*/.exec(rest)[0];
    found.broken = whole.length < rest.length;
    for (let i = 0; i < whole.length; i += 3) {
      const [code, answer] = [whole.slice(i, i + 2), whole[i + 2]];
      if (known[code]?.includes(answer)) found.answers[code] = answer;
      else found.lost += 1;
    }
    return found;
  }

  // One row a topic, in the order of the questions: how many of each answer, `open` without one, `of` that apply.
  function tally(questions, answers) {
    const rows = new Map();
    questions.forEach(({ code, topic }) => {
      if (!rows.has(topic)) rows.set(topic, { topic, y: 0, p: 0, n: 0, x: 0, open: 0, of: 0 });
      const row = rows.get(topic);
      row[answers[code] || "open"] += 1;
      if (answers[code] !== "x") row.of += 1;
    });
    return [...rows.values()];
  }

  // The questions that are not answered with yes, the most basic first, those with no before those with partly.
  const nextSteps = (questions, answers) => questions
    .map((question, place) => ({ ...question, place, answer: answers[question.code] }))
    .filter(({ answer }) => answer === "n" || answer === "p")
    .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.answer.localeCompare(b.answer) || a.place - b.place);

  if (typeof document === "undefined") {
    module.exports = { encode, decode, tally, nextSteps, ANSWERS };
    return;
  }

  const form = document.getElementById("readiness-form");
  if (!form) return;
  const NAMES = { y: "In writing", p: "Partly", n: "No", open: "Not answered" };
  const HEADS = { basic: "Begin with these", next: "Then", later: "When those are in place" };
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const draw = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

  const items = [...form.querySelectorAll(".check__item")];
  const fields = (item) => [...item.querySelectorAll("input")];
  const questions = items.map((item) => ({
    code: item.dataset.code, stage: item.dataset.stage, topic: item.closest(".check__group").dataset.topic, item,
  }));
  const known = Object.fromEntries(questions.map(({ code, item }) => [code, fields(item).map((field) => field.value).join("")]));
  const given = () => Object.fromEntries(questions.flatMap(({ code, item }) => {
    const chosen = fields(item).find((field) => field.checked);
    return chosen ? [[code, chosen.value]] : [];
  }));

  // ---- What the script adds: the state of the form, the buttons, the profile.
  const status = make("p", { class: "tool__status", role: "status" });
  const toProfile = make("button", { type: "button", class: "button button--main" }, "Show my profile");
  const reset = make("button", { type: "reset", class: "button" }, "Clear all answers");
  const note = make("p", { class: "notice", hidden: "" });
  form.prepend(note);
  form.append(make("div", { class: "tool__bar" }, status, toProfile, reset));
  const title = make("h2", { id: "profile-title", tabindex: "-1" }, "Your profile");
  const body = make("div", {});
  const profile = make("section", { id: "profile", class: "profile", "aria-labelledby": "profile-title", hidden: "" }, title, body);
  form.after(profile);
  document.getElementById("readiness").classList.add("is-live");

  function bar(row) {
    const parts = ["y", "p", "n", "open"].filter((key) => row[key]);
    const words = row.of ? parts.map((key) => `${row[key]} ${NAMES[key].toLowerCase()}`).join(", ") : "does not apply";
    const svg = draw("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", class: "profile__bar" });
    const name = draw("title", {});
    name.textContent = `${row.topic}: ${words}.`;
    svg.append(name);
    let from = 0;
    parts.forEach((key) => {
      const width = (row[key] / row.of) * 100;
      svg.append(draw("rect", { x: from, y: 0, width, height: 10, class: `profile__part profile__part--${key}`, "vector-effect": "non-scaling-stroke" }));
      // Stripes tell “partly” from the others without color.
      for (let x = from + 2; key === "p" && x < from + width; x += 4) svg.append(draw("rect", { x, y: 0, width: Math.min(1.6, from + width - x), height: 10, class: "profile__stripe" }));
      from += width;
    });
    return svg;
  }

  function chart(rows) {
    const list = make("ul", { class: "profile__chart" });
    rows.forEach((row) => list.append(make("li", {}, make("span", { class: "profile__topic", "aria-hidden": "true" }, row.topic), bar(row))));
    const key = make("p", { class: "profile__key", "aria-hidden": "true" });
    Object.entries(NAMES).forEach(([name, label]) => key.append(make("span", { class: `profile__sample profile__sample--${name}` }), `${label} `));
    return make("figure", { class: "profile__figure" }, make("figcaption", { id: "profile-chart" }, "How far each element and theme is in place. The table below says the same."), key, list);
  }

  function table(rows) {
    const columns = ["y", "p", "n", "x", "open"];
    const head = make("tr", {}, ...["Element or theme", "In writing", "Partly", "No", "Does not apply", "Not answered"].map((text) => make("th", { scope: "col" }, text)));
    const lines = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.topic), ...columns.map((key) => make("td", {}, String(row[key])))));
    const sum = (key) => String(rows.reduce((total, row) => total + row[key], 0));
    lines.push(make("tr", {}, make("th", { scope: "row" }, "All"), ...columns.map((key) => make("td", {}, sum(key)))));
    const made = make("table", { class: "profile__table" }, make("caption", {}, "Your answers by element and theme"), make("thead", {}, head), make("tbody", {}, ...lines));
    return make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Your answers by element and theme" }, made);
  }

  function steps(answers) {
    const found = nextSteps(questions, answers);
    if (!found.length) return [make("p", {}, "Of the questions that you have answered, none asks for a next step.")];
    return STAGES.flatMap((stage) => {
      const here = found.filter((step) => step.stage === stage);
      if (!here.length) return [];
      const list = make("ol", { class: "profile__steps" });
      here.forEach(({ item, answer }) => {
        const text = item.querySelector("legend").textContent;
        const link = make("a", { href: `#${item.id}` }, text);
        link.addEventListener("click", (event) => {
          event.preventDefault(); // The address keeps the answers.
          (fields(item).find((field) => field.checked) || fields(item)[0]).focus();
        });
        const advice = item.querySelector(".check__steps").cloneNode(true);
        list.append(make("li", {}, make("p", { class: "profile__asked" }, link, ` ${answer === "n" ? "No." : "Partly."}`), advice));
      });
      return [make("h4", {}, HEADS[stage]), list];
    });
  }

  function show() {
    const answers = given();
    const done = Object.keys(answers).length;
    status.textContent = `${done} of ${questions.length} answered.`;
    profile.hidden = done === 0;
    toProfile.disabled = done === 0;
    if (!done) return body.replaceChildren();
    const rows = tally(questions, answers);
    const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
    const summary = `Of ${count(questions.length, "question")}, ${sum("y")} in writing, ${sum("p")} partly, ${sum("n")} no`
      + `${sum("x") ? `, ${sum("x")} not applicable` : ""}${sum("open") ? `, ${sum("open")} not answered yet` : ""}. `
      + "A count is no grade: one missing copy of your records can weigh more than five missing lines.";
    return body.replaceChildren(make("p", {}, summary), chart(rows), table(rows), make("h3", { id: "next-steps" }, "Next steps"), ...steps(answers), share());
  }

  function share() {
    const address = location.href.split("#")[0] + (Object.keys(given()).length ? `#${encode(given())}` : "");
    const field = make("input", { type: "text", readonly: "", id: "profile-address", class: "profile__address" });
    field.value = address;
    field.addEventListener("focus", () => field.select());
    const said = make("span", { role: "status", class: "soft" });
    const copy = make("button", { type: "button", class: "button" }, "Copy the address");
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address);
        said.textContent = " Copied.";
      } catch {
        field.select();
        said.textContent = " Selected. Copy it with the keyboard.";
      }
    });
    const print = make("button", { type: "button", class: "button" }, "Print");
    print.addEventListener("click", () => window.print());
    const label = make("label", { for: "profile-address" }, "This address holds your answers. Whoever has it can read them.");
    return make("div", { class: "profile__share" }, make("h3", {}, "Keep or share it"), label, field, make("p", { class: "tool__bar" }, copy, print, said));
  }

  function keep() {
    const answers = given();
    history.replaceState(null, "", Object.keys(answers).length ? `#${encode(answers)}` : location.href.split("#")[0]);
    show();
  }

  // The answers that the address holds; a place on the page is none and changes nothing.
  function read() {
    const found = decode(location.hash, known);
    if (found) {
      questions.forEach(({ code, item }) => fields(item).forEach((field) => { field.checked = found.answers[code] === field.value; }));
      const parts = [];
      if (found.broken) parts.push("The address could not be read to its end; check that it was copied whole.");
      if (found.lost) parts.push(`${count(found.lost, "answer")} in the address ${found.lost === 1 ? "belongs" : "belong"} to no question that is asked now.`);
      note.textContent = parts.join(" ");
      note.hidden = !parts.length;
    }
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", keep);
  form.addEventListener("reset", () => setTimeout(() => { note.hidden = true; keep(); fields(items[0])[0].focus(); }));
  toProfile.addEventListener("click", () => title.focus());
  addEventListener("hashchange", read);
  read();
})();
