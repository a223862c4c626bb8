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
  const OF_ONE_PAGE = 3;
  const EXCERPT = 150; // characters

  // Words as readers type them, whatever their accents, capitals and Unicode form: “cafe” for “café”, “500” for “$500”.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
  const fold = (text) => {
    const small = text.toLowerCase();
    if (!/[^\x00-\x7f]/.test(small)) return small;
    return small.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter]);
  };
  const split = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  // The same, each letter in its place: what is found there is found in the text.
  const level = (text) => text.replace(/[^\x00-\x7f]/g, (letter) => (fold(letter).length === 1 ? fold(letter) : letter)).toLowerCase();

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

  // How much a kind of page counts. A brief answers; a case or a source is there to support one.
  const KINDS = [
    // The sections of these two say again what the briefs say; the third lists facts that briefs draw on.
    [/^tools\/policy-template\/#/, 0.3], [/^tools\/comments\/#/, 0.4], [/^tools\/platforms\//, 0.6],
    [/^briefs\/$/, 0.6], [/^briefs\//, 2], [/^white-paper\//, 1.1], [/^tools\//, 1.3], [/^course\//, 0.8], [/^law\//, 0.7], [/^glossary\//, 1],
    [/^case-studies\//, 0.6], [/^recommendations\//, 0.5], [/^literature\//, 0.4], [/^linking\//, 0.8], [/^about\//, 0.9], [/^workshop\//, 0.7],
  ];
  const weight = (location) => KINDS.find(([pattern]) => pattern.test(location))?.[1] ?? 1;

  async function prepare() {
    const words = box.dataset.index.replace(/[^/]*$/, "words.js");
    const [data] = await Promise.all([index(), load(box.dataset.minisearch), load(words)]);
    const { stop, synonyms, pages, about } = window.OTR_SEARCH_WORDS;
    const titles = new Map(data.docs.filter((doc) => !doc.location.includes("#")).map((doc) => [doc.location, doc.title]));
    // Some indexes keep tags in their text; they are no words to search for. A page's own entry repeats
    // the text of its sections: there, the title and the opening are enough.
    const hasSections = new Set(data.docs.filter((doc) => doc.location.includes("#")).map((doc) => pageOf(doc.location)));
    const engine = new window.MiniSearch({
      idField: "location",
      fields: ["title", "words", "page", "text"],
      storeFields: ["title", "text"],
      tokenize: split,
      processTerm: (term) => term,
      searchOptions: {
        boost: { title: 4, words: 5, page: 1.5 },
        prefix: (term) => term.length > 2,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        boostDocument: (location) => weight(location),
        combineWith: "OR",
      },
    });
    const docs = data.docs.map((doc) => {
      const text = doc.text.replace(/<[^>]*>/g, " ").trim() || about[doc.location] || "";
      const section = doc.location.includes("#");
      return {
        ...doc,
        text: hasSections.has(doc.location) ? text.slice(0, 400) : text,
        words: section ? "" : pages[doc.location] || "",
        page: section ? titles.get(pageOf(doc.location)) || "" : "",
      };
    });
    const seen = new Set();
    // The lists at the end of a page repeat what stands on it.
    const listed = /#(?:references|law-cited)-title$/;
    await engine.addAllAsync(docs.filter((doc) => !listed.test(doc.location) && !seen.has(doc.location) && seen.add(doc.location)), { chunkSize: 40 });
    const alike = new Map();
    synonyms.forEach((group) => group.forEach((word) => alike.set(fold(word), group.map(fold))));
    return { engine, titles, find: (query) => find(engine, new Set(stop.map(fold)), alike, pages, query) };
  }

  // Each word of the question is sought with the words that mean the same; an entry counts by how many of the
  // question's words it answers. Entries of one page stand together, under the best of them.
  function find(engine, stop, alike, known, query) {
    const asked = split(query);
    const telling = asked.filter((word) => !stop.has(word));
    const groups = (telling.length ? telling : asked).map((word) => {
      const stem = word.replace(/(?:s|ed|ing)$/, "");
      return [word, ...(alike.get(word) || alike.get(stem) || []).filter((other) => other !== word)];
    });
    const total = new Map();
    groups.forEach((group) => {
      const best = new Map();
      group.forEach((word, i) => {
        // A synonym of several words counts where they all stand.
        const options = i ? { prefix: false, fuzzy: false, combineWith: "AND" } : {};
        engine.search(word, options).forEach((hit) => {
          const score = hit.score * (i ? 0.5 : 1);
          if (score > (best.get(hit.id)?.score ?? 0)) best.set(hit.id, { ...hit, score });
        });
      });
      best.forEach((hit, id) => {
        const sum = total.get(id) || { ...hit, score: 0, terms: [], answered: 0 };
        total.set(id, { ...sum, score: sum.score + hit.score, terms: [...sum.terms, ...hit.terms], answered: sum.answered + 1 });
      });
    });
    // A question in the very words by which a page is known is a question for that page.
    const phrase = ` ${asked.join(" ")} `;
    const said = (id) => asked.length > 1 && ` ${split(known[id] || "").join(" ")} `.includes(phrase);
    const hits = [...total.values()].map((hit) => ({ ...hit, score: hit.score * (hit.answered / groups.length) ** 2 * (said(hit.id) ? 3 : 1) }));
    hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    const pages = new Map();
    for (const hit of hits) {
      const page = pageOf(hit.id);
      const entry = pages.get(page) || { hits: [], score: 0 };
      if (entry.hits.length < OF_ONE_PAGE) {
        entry.score += hit.score / 2 ** entry.hits.length;
        entry.hits.push(hit);
      }
      pages.set(page, entry);
    }
    return [...pages.values()].sort((a, b) => b.score - a.score).flatMap((entry) => entry.hits);
  }
  const ready = prepare();

  function excerpt(text, terms) {
    const flat = decode(text).normalize("NFC").replace(/\s+/g, " ").trim();
    const lower = level(flat);
    const hits = terms.map((term) => lower.indexOf(term)).filter((at) => at >= 0);
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
    let at = 0;
    for (const found of level(text).matchAll(new RegExp(pattern, "giu"))) {
      const end = found.index + found[0].length;
      span.append(text.slice(at, found.index), Object.assign(document.createElement("mark"), { textContent: text.slice(found.index, end) }));
      at = end;
    }
    span.append(text.slice(at));
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
      const { titles, find: search } = await ready;
      if (asked !== query) return; // The reader typed on while the index came.
      const hits = search(query);
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
