// Search over the index that the build writes. Loaded by site.js when the field is first focused.
// A list of ordinary links in a panel: arrows move, Escape closes, a status line tells the count.
(function () {
  "use strict";

  const box = document.querySelector(".search[data-script]");
  const field = box.querySelector("input");
  const panel = box.querySelector(".search__panel");
  const count = box.querySelector(".search__count");
  const list = box.querySelector(".search__list");
  const status = box.querySelector("[data-search-status]");
  const root = box.dataset.root.replace(/\/*$/, "/");
  const MOST = 12;
  const EXCERPT = 150; // characters

  const load = (src) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });

  // Pages opened from a disk may not fetch; the same index is written as a script for them.
  async function index() {
    if (location.protocol !== "file:") {
      try {
        const answer = await fetch(box.dataset.index);
        if (answer.ok) return await answer.json();
      } catch {
        // Fall through to the script.
      }
    }
    await load(box.dataset.index.replace(/\.json(?=$|\?)/, ".js"));
    return window.OTR_SEARCH_INDEX;
  }

  const pageOf = (location) => location.split("#")[0];
  const decode = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

  async function prepare() {
    const [data] = await Promise.all([index(), load(box.dataset.minisearch)]);
    const titles = new Map(data.docs.filter((doc) => !doc.location.includes("#")).map((doc) => [doc.location, doc.title]));
    // Some indexes keep tags in their text; they are no words to search for. A page's own entry repeats
    // the text of its sections: there, the title and the opening are enough.
    const hasSections = new Set(data.docs.filter((doc) => doc.location.includes("#")).map((doc) => pageOf(doc.location)));
    const engine = new window.MiniSearch({
      idField: "location",
      fields: ["title", "text"],
      storeFields: ["title", "text"],
      searchOptions: { boost: { title: 4 }, prefix: (term) => term.length > 1, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: "AND" },
    });
    const docs = data.docs.map((doc) => {
      const text = doc.text.replace(/<[^>]*>/g, " ");
      return { ...doc, text: hasSections.has(doc.location) ? text.slice(0, 400) : text };
    });
    const seen = new Set();
    await engine.addAllAsync(docs.filter((doc) => !seen.has(doc.location) && seen.add(doc.location)), { chunkSize: 40 });
    return { engine, titles };
  }
  const ready = prepare();

  function excerpt(text, terms) {
    const flat = decode(text).replace(/\s+/g, " ").trim();
    const lower = flat.toLowerCase();
    const hits = terms.map((term) => lower.indexOf(term.toLowerCase())).filter((at) => at >= 0);
    const start = Math.max(0, (hits.length ? Math.min(...hits) : 0) - 40);
    const from = start ? flat.indexOf(" ", start) + 1 : 0;
    const rest = flat.slice(from);
    const cut = rest.length > EXCERPT ? `${rest.slice(0, rest.lastIndexOf(" ", EXCERPT))} …` : rest;
    return `${from ? "… " : ""}${cut}`;
  }

  // The words found stand out in weight; the text is never parsed as markup.
  function marked(text, terms) {
    const span = document.createElement("span");
    span.className = "search__text";
    const pattern = terms.map((term) => term.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|");
    if (!pattern) return Object.assign(span, { textContent: text });
    text.split(new RegExp(`(${pattern})`, "giu")).forEach((piece, i) => {
      span.append(i % 2 ? Object.assign(document.createElement("mark"), { textContent: piece }) : piece);
    });
    return span;
  }

  function row(hit, titles) {
    const link = document.createElement("a");
    link.href = root + hit.id;
    link.append(Object.assign(document.createElement("span"), { className: "search__title", textContent: decode(hit.title) }));
    const page = titles.get(pageOf(hit.id));
    if (page && page !== hit.title) {
      link.append(" ", Object.assign(document.createElement("span"), { className: "search__in", textContent: `in ${decode(page)}` }));
    }
    if (hit.text) link.append(marked(excerpt(hit.text, hit.terms), hit.terms));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  const close = () => { panel.hidden = true; };
  const links = () => [...list.querySelectorAll("a")];
  let asked = "";

  async function ask() {
    const query = field.value.trim();
    asked = query;
    if (query.length < 2) {
      close();
      status.textContent = "";
      return;
    }
    let message;
    let rows = [];
    try {
      const { engine, titles } = await ready;
      if (asked !== query) return; // The reader typed on while the index came.
      let hits = engine.search(query);
      if (!hits.length) hits = engine.search(query, { combineWith: "OR" });
      rows = hits.slice(0, MOST).map((hit) => row(hit, titles));
      message = hits.length > MOST ? `The best ${MOST} of ${hits.length} results` : `${hits.length || "No"} ${hits.length === 1 ? "result" : "results"}`;
    } catch {
      message = "Search is not available here.";
    }
    list.replaceChildren(...rows);
    count.textContent = message;
    panel.hidden = false;
    // Told once the reader pauses, so that each letter does not interrupt the last message.
    clearTimeout(ask.timer);
    ask.timer = setTimeout(() => { status.textContent = message; }, 600);
  }

  field.addEventListener("input", () => {
    clearTimeout(ask.delay);
    ask.delay = setTimeout(ask, 120);
  });
  field.addEventListener("focus", () => { if (field.value.trim() && list.children.length) panel.hidden = false; });

  box.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at < 0 ? null : 0, End: at < 0 ? null : all.length - 1 }[event.key];
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      field.focus();
      close();
    } else if (event.key === "Enter" && document.activeElement === field && all.length && !panel.hidden) {
      event.preventDefault();
      all[0].focus();
    } else if (step !== undefined && step !== null && all.length && !panel.hidden) {
      event.preventDefault();
      (all[step] || (step < 0 ? field : all[at]))?.focus();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target)) close(); });

  if (field.value) ask();
})();
