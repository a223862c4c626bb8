// The page of results: everything that is found for `?q=`, in groups, each result with whole sentences of what it says.
(function () {
  "use strict";

  const place = document.querySelector("[data-results]");
  const status = document.querySelector("[data-results-status]");
  const subjects = document.querySelector("[data-subjects]");
  const box = document.querySelector(".search[data-script]");
  const query = (new URLSearchParams(location.search).get("q") || "").trim();
  if (!place || !box || !query) return;

  const OF_A_GROUP = 5;
  const NEAREST = 3;
  const script = document.createElement("script");
  Object.assign(script, { src: box.dataset.script, onload: show, onerror: fail });
  box.querySelector("input").value = query;
  document.head.append(script);

  function fail() {
    status.textContent = "Search is not available here. The subjects below lead to the pages.";
  }

  // The texts come in parts; a part is fetched once.
  const parts = new Map();
  async function sentences(engine, id) {
    const [part, nth] = engine.text(id);
    if (!parts.has(part)) parts.set(part, window.OTR_PANEL.load(`${window.OTR_PANEL.root}search/text-${part}.js`));
    await parts.get(part);
    return window.OTR_SEARCH_TEXT[part][nth].split("\n");
  }

  async function row(engine, hit, asked) {
    const { link, make } = window.OTR_PANEL;
    let said = [];
    try {
      said = engine.excerpt(await sentences(engine, hit.id), asked, hit.group);
    } catch {
      // The title and the address are there all the same.
    }
    return make("li", "results__item", link(engine, hit, asked, said));
  }

  async function rows(engine, hits, asked) {
    return window.OTR_PANEL.make("ol", "results__list", ...await Promise.all(hits.map((hit) => row(engine, hit, asked))));
  }

  async function group(engine, label, hits, asked) {
    const { make } = window.OTR_PANEL;
    const heading = make("h2", "results__group", `${label} (${hits.length})`);
    const list = await rows(engine, hits.slice(0, OF_A_GROUP), asked);
    const section = make("section", "results__section", heading, list);
    const rest = hits.slice(OF_A_GROUP);
    if (rest.length) {
      const button = Object.assign(make("button", "button", `Show ${rest.length} more: ${label.toLowerCase()}`), { type: "button" });
      button.addEventListener("click", async () => {
        const more = await rows(engine, rest, asked);
        const first = more.querySelector("a");
        list.append(...more.children);
        button.remove();
        first.focus();
      }, { once: true });
      section.append(button);
    }
    return section;
  }

  async function show() {
    const { ready, make, many } = window.OTR_PANEL;
    let engine;
    try {
      engine = await ready;
    } catch {
      fail();
      return;
    }
    const found = engine.find(query);
    const sections = [];
    let message;
    if (found.covered) {
      const of = new Map();
      found.hits.forEach((hit) => of.set(hit.group, [...(of.get(hit.group) || []), hit]));
      message = `${many(found.hits.length)} for “${query}”`;
      sections.push(...await Promise.all([...of].map(([slug, hits]) => group(engine, engine.label(slug), hits, found.asked))));
    } else {
      const nearest = found.hits.slice(0, NEAREST);
      message = nearest.length ? `Not covered here: “${query}”. The nearest ${nearest.length === 1 ? "page" : `${nearest.length} pages`}:` : `Not covered here: “${query}”.`;
      if (nearest.length) sections.push(await rows(engine, nearest, found.asked));
      subjects.before(place); // Below the nearest, the subjects stay.
    }
    if (place.dataset.suggest) {
      const suggest = make("a", "", found.covered ? "Tell us what was missing" : "Suggest that we cover it");
      suggest.href = place.dataset.suggest.replaceAll("QUERY", encodeURIComponent(query));
      sections.push(make("p", "results__suggest", suggest, ". A message opens with your words filled in; nothing is sent until you send it."));
    }
    document.title = `${query} · ${document.title}`;
    place.replaceChildren(...sections);
    place.hidden = false;
    subjects.hidden = found.covered;
    status.textContent = message;
  }
})();
