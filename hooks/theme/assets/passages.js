// Links to single passages. Every passage has a lasting id; this shows it to a reader who wants to link there.
// The pointer finds one link beside the passage it is on. The button shows a link at every passage, for
// keyboards, screen readers and touch: there are hundreds, so they are there only when asked for.
(function () {
  "use strict";

  const prose = document.querySelector("article.prose");
  const button = document.querySelector("[data-passages]");
  if (!prose || !button) return;
  const CANDIDATES = "p[id], li[id], dd[id], figure[id], table[id], h2[id], h3[id], h4[id], section.recommendation[id], section.clause[id], section.letter[id]";
  const places = () => [...prose.querySelectorAll(CANDIDATES)].filter((node) => !node.closest(".footnote, .references, .authorities, .register"));
  // A box has a name of its own. Of others the first words as they stand on the page, where blocks are apart.
  const words = (node) => (node.tagName === "SECTION" && node.getAttribute("aria-label")) || node.innerText.replace(/\s+/g, " ").trim().split(" ").slice(0, 6).join(" ");
  const here = document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];
  const permanent = document.querySelector("#permanent-address a")?.href;
  const report = document.querySelector("a[data-report]");

  function link(node) {
    const anchor = document.createElement("a");
    anchor.href = `#${node.id}`;
    anchor.className = "permalink";
    anchor.textContent = "¶";
    // What is copied: a recommendation has a permanent address of its own, beside that of its publication.
    const ours = node.matches("section.recommendation") && permanent?.match(/^(.*\/id\/)[^/]+\/$/);
    anchor.dataset.address = ours ? `${ours[1]}${node.id}/` : `${here}#${node.id}`;
    return anchor;
  }

  // An error report names the passage: its address stands in the link in place of the publication's.
  function reportAt(id) {
    const base = report.dataset.report;
    return report.dataset.href.replaceAll(encodeURIComponent(base), encodeURIComponent(id ? `${base}#${id}` : base));
  }

  // ---- For the pointer: one link that goes along. Others have the button, so it is hidden from them.
  const beside = document.createElement("div");
  beside.className = "beside-passage web-only";
  beside.setAttribute("aria-hidden", "true");
  beside.hidden = true;
  prose.append(beside);
  const known = new Set(places());
  const hovered = (target) => {
    for (let at = target; at && at !== prose; at = at.parentElement) if (known.has(at)) return at;
    return null;
  };
  prose.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || prose.dataset.links || beside.contains(event.target)) return;
    const node = hovered(event.target);
    if (!node) return;
    const anchor = link(node);
    anchor.tabIndex = -1;
    anchor.title = "Copy the link to this passage";
    beside.replaceChildren(anchor);
    if (report) {
      const mail = Object.assign(document.createElement("a"), { href: reportAt(node.id), className: "permalink", textContent: "!", title: "Report an error here", tabIndex: -1 });
      beside.append(mail);
    }
    beside.hidden = false;
    beside.style.top = `${node.getBoundingClientRect().top - prose.getBoundingClientRect().top}px`;
  });
  prose.addEventListener("pointerleave", () => { beside.hidden = true; });

  // ---- For everyone: a link at every passage, on demand.
  button.addEventListener("click", () => {
    const show = !prose.dataset.links;
    button.setAttribute("aria-pressed", String(show));
    beside.hidden = true;
    if (show) prose.dataset.links = "shown";
    else delete prose.dataset.links;
    prose.querySelectorAll(".permalink--shown").forEach((old) => old.remove());
    if (!show) return;
    // All are read before the first sign is set: each would lay the page out again.
    for (const [node, name] of places().map((place) => [place, words(place)])) {
      const anchor = link(node);
      anchor.classList.add("permalink--shown", "web-only");
      anchor.setAttribute("aria-label", `Link to “${name}”`);
      const nested = [...node.children].find((child) => /^([UO]L|TABLE|P|THEAD)$/.test(child.tagName));
      if (node.tagName === "TABLE") node.before(anchor);
      else if (node.tagName === "FIGURE") (node.querySelector("figcaption p") || node).append(" ", anchor);
      else if (node.tagName === "SECTION") node.querySelector("p").append(" ", anchor);
      else if (nested && nested.tagName === "P") nested.append(" ", anchor);
      else if (nested) nested.before(" ", anchor);
      else node.append(" ", anchor);
    }
  });

  if (report) {
    const follow = () => { report.href = reportAt(location.hash.slice(1)); };
    addEventListener("hashchange", follow);
    follow();
  }
})();
