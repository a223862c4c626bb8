// A decision path, one question at a time. The answers given stand in the address, so that “back” works and a result can be
// shared; nothing is kept elsewhere. Without this file the page is the whole path, with links from each answer to what follows.
(function () {
  "use strict";

  // `#path/no/agency`: the answers from the first question on. null if the fragment is none of ours.
  const decode = (fragment) => (/^#?path(\/|$)/.test(fragment) ? fragment.replace(/^#?path\/?/, "").split("/").filter(Boolean) : null);
  const encode = (answers) => ["#path", ...answers].join("/");

  // Follow `answers` from `start` through `steps`: id → answer → id of the next step. What cannot be followed is left off.
  function follow(steps, start, answers) {
    const taken = [];
    let at = start;
    for (const answer of answers) {
      const next = Object.hasOwn(steps[at] || {}, answer) ? steps[at][answer] : null;
      if (!next) return { at, taken, whole: false };
      taken.push({ step: at, answer });
      at = next;
    }
    return { at, taken, whole: true };
  }

  if (typeof document === "undefined") {
    module.exports = { decode, encode, follow };
    return;
  }

  const root = document.getElementById("decision-path");
  if (!root) return;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const groups = [...root.querySelectorAll(".path__group")];
  const sections = [...root.querySelectorAll(".path__step")];
  const heading = (section) => section.querySelector(".path__title");
  const linkOf = (section, answer) => [...section.querySelectorAll(".path__answer")].find((link) => link.dataset.answer === answer);
  const words = (link) => link.firstChild.data.trim();
  const steps = Object.fromEntries(sections.map((section) => [
    section.id,
    Object.fromEntries([...section.querySelectorAll(".path__answer")].map((link) => [link.dataset.answer, link.hash.slice(1)])),
  ]));
  const start = root.dataset.start;

  const status = make("p", { class: "tool__status", role: "status" });
  const trail = make("ol", { class: "path__trail" });
  const trailTitle = make("h2", { id: "answers", class: "path__trail-title" }, "Your answers so far");
  const note = make("p", { class: "notice", hidden: "" });
  const again = make("a", { class: "button", href: "#path" }, "Start over");
  const whole = make("button", { type: "button", class: "button", "aria-pressed": "false" }, "Show the whole path");
  const print = make("button", { type: "button", class: "button" }, "Print");
  const box = make("nav", { class: "path__done", "aria-labelledby": "answers", hidden: "" }, trailTitle, trail);
  groups[0].before(note, box);
  groups[groups.length - 1].after(make("div", { class: "tool__bar path__bar" }, status, again, whole, print));
  sections.forEach((section) => { heading(section).tabIndex = -1; });
  let shown = "";

  function showAll(state) {
    whole.setAttribute("aria-pressed", String(state));
    root.classList.toggle("is-live", !state);
    if (!state) return;
    shown = "";
    box.hidden = note.hidden = true;
    status.textContent = "All questions and outcomes are shown.";
    [...groups, ...sections].forEach((part) => { part.hidden = false; });
    sections.forEach((section) => section.querySelectorAll(".path__answer").forEach((link) => { link.hash = steps[section.id][link.dataset.answer]; }));
  }

  // Show one step; `move` takes the focus to its heading. `answers` is null where the path to it is not known.
  function show(id, taken, answers, move) {
    const section = document.getElementById(id);
    showAll(false);
    groups.forEach((group) => { group.hidden = !group.contains(section); });
    sections.forEach((other) => { other.hidden = other !== section; });
    section.querySelectorAll(".path__answer").forEach((link) => {
      link.hash = answers ? encode([...answers, link.dataset.answer]) : steps[id][link.dataset.answer];
    });
    trail.replaceChildren(...taken.map(({ step, answer }, index) => {
      const question = document.getElementById(step);
      const asked = heading(question).textContent;
      const change = make("a", { href: encode(taken.slice(0, index).map((one) => one.answer)) }, "Change", make("span", { class: "vh" }, ` the answer to: ${asked}`));
      return make("li", {}, make("span", { class: "path__asked" }, asked), " ", make("strong", {}, words(linkOf(question, answer))), " ", change);
    }));
    box.hidden = !taken.length;
    const end = section.classList.contains("path__step--outcome");
    status.textContent = `${end ? "What to do" : taken.length ? "Next question" : "First question"}${taken.length ? `, after ${taken.length} answer${taken.length === 1 ? "" : "s"}` : ""}.`;
    if (move && shown !== id + location.hash) {
      heading(section).focus({ preventScroll: true });
      (taken.length ? box : section).scrollIntoView({ block: "start" });
    }
    shown = id + location.hash;
  }

  function read(move) {
    const fragment = location.hash.slice(1);
    const answers = decode(fragment);
    if (answers) {
      const { at, taken, whole: understood } = follow(steps, start, answers);
      show(at, taken, taken.map((one) => one.answer), move);
      note.textContent = "The address names an answer that this path does not have. It is followed as far as it goes.";
      note.hidden = understood;
    } else if (Object.hasOwn(steps, fragment)) {
      show(fragment, [], fragment === start ? [] : null, move);
      note.textContent = "You came to this step directly: the questions before it have not been asked. Start over to answer them.";
      note.hidden = fragment === start;
    } else if (root.contains(document.getElementById(fragment))) {
      // A heading, or a place inside a step, such as a citation that is returned to from the references.
      showAll(true);
      document.getElementById(fragment).scrollIntoView();
    } else if (!shown && whole.getAttribute("aria-pressed") === "false") {
      show(start, [], [], false);
    }
  }

  whole.addEventListener("click", () => {
    if (whole.getAttribute("aria-pressed") === "true") {
      history.replaceState(null, "", "#path");
      read(true);
    } else {
      showAll(true);
    }
  });
  again.addEventListener("click", () => { if (location.hash === "#path") read(true); });
  print.addEventListener("click", () => window.print());
  addEventListener("hashchange", () => read(true));
  read(location.hash.length > 1);
})();
