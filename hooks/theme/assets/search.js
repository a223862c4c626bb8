// The search field's panel: the best of what is found, while a reader types. Loaded by site.js when the field is first focused, and by the
// page of results. A list of ordinary links: arrows move, Escape closes, Enter leads to the page of results, a status line tells the count.
(function () {
  "use strict";

  const box = document.querySelector(".search[data-script]");
  const field = box.querySelector("input");
  const panel = box.querySelector(".search__panel");
  const count = box.querySelector(".search__count");
  const list = box.querySelector(".search__list");
  const all = box.querySelector(".search__all");
  const status = box.querySelector("[data-search-status]");
  const root = box.dataset.root.replace(/\/*$/, "/");
  const MOST = 8;

  // Scripts load from a disk as well, where nothing can be fetched.
  const load = (src) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });

  async function prepare() {
    await Promise.all([load(box.dataset.words), load(box.dataset.index)]);
    return window.OTR_WORDS.open(window.OTR_SEARCH);
  }
  const ready = prepare();
  ready.catch(() => {}); // Told where it is asked for.

  const make = (tag, className, ...parts) => {
    const node = Object.assign(document.createElement(tag), { className });
    node.append(...parts);
    return node;
  };

  // The words found stand out in weight; a text is never parsed as markup.
  const marked = (pieces) => pieces.map(([text, found]) => (found ? make("mark", "", text) : text));

  // A result's link: what it is called, what it is part of, and what it says, if that is known.
  function link(engine, hit, asked, sentences = []) {
    const { address, title, where, group } = engine.passage(hit.id);
    const words = engine.marks(asked);
    const node = make("a", "", make("span", "search__title", ...marked(engine.pieces(title, words))));
    node.href = root + address;
    const named = group === "answer" ? `Answer: ${where}` : where;
    if (named !== title) node.append(" ", make("span", "search__in", named));
    sentences.forEach((sentence) => node.append(" ", make("span", "search__text", ...marked(engine.pieces(sentence, words)))));
    return node;
  }

  const many = (number) => (number === 1 ? "1 result" : `${number} results`);
  window.OTR_PANEL = { ready, load, make, link, many, root, field };

  const close = () => { panel.hidden = true; };
  const links = () => [...panel.querySelectorAll("a:not([hidden])")];
  let asked = "";

  async function ask() {
    const query = field.value.trim();
    asked = query;
    if (!query) {
      close();
      status.textContent = "";
      return;
    }
    let message;
    let rows = [];
    let more = false;
    try {
      const engine = await ready;
      if (asked !== query) return; // The reader typed on while the index came.
      const found = engine.find(query);
      const best = found.covered ? MOST : 3;
      rows = found.hits.slice(0, best).map((hit) => make("li", "", link(engine, hit, found.asked)));
      more = found.hits.length > best;
      const shown = more ? `The best ${best} of ${many(found.hits.length)}` : many(found.hits.length);
      message = found.covered ? shown : found.hits.length ? `Not covered here. The nearest ${rows.length}` : "Not covered here";
    } catch {
      message = "Search is not available here.";
    }
    list.replaceChildren(...rows);
    count.textContent = message;
    all.hidden = !more;
    all.href = `${box.action.split(/[?#]/)[0]}?q=${encodeURIComponent(query)}`;
    panel.hidden = false;
    // Told once the reader pauses, so that each letter does not interrupt the last message.
    clearTimeout(ask.timer);
    ask.timer = setTimeout(() => { status.textContent = message; }, 600);
  }

  field.addEventListener("input", () => {
    clearTimeout(ask.delay);
    ask.delay = setTimeout(ask, 20);
  });
  field.addEventListener("focus", () => { if (field.value.trim() && list.children.length) panel.hidden = false; });

  box.addEventListener("submit", (event) => {
    if (field.value.trim()) return;
    event.preventDefault();
  });
  box.addEventListener("keydown", (event) => {
    const there = links();
    const at = there.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at < 0 ? null : 0, End: at < 0 ? null : there.length - 1 }[event.key];
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      field.focus();
      close();
    } else if (step !== undefined && step !== null && there.length && !panel.hidden) {
      event.preventDefault();
      (there[step] || (step < 0 ? field : there[at]))?.focus();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target)) close(); });

  if (field.value && document.activeElement === field) ask();
})();
