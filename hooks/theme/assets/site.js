// What the pages add when scripts run. Every page is complete without this file.
(function () {
  "use strict";

  const make = (tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };
  const main = document.querySelector("main");

  // A live region has to be on the page before it speaks.
  const voice = make("p", { class: "vh web-only", role: "status" });
  main.append(voice);
  const say = (text) => {
    voice.textContent = "";
    setTimeout(() => { voice.textContent = text; }, 50);
  };

  // ---- Colors. A choice equal to the system's setting is forgotten: the page follows the system again.
  function scheme() {
    const button = document.querySelector("[data-scheme-toggle]");
    if (!button) return;
    const system = matchMedia("(prefers-color-scheme: dark)");
    const root = document.documentElement;
    const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const dark = !isDark();
      if (dark === system.matches) delete root.dataset.scheme;
      else root.dataset.scheme = dark ? "dark" : "light";
      show();
      try {
        if (root.dataset.scheme) localStorage.setItem("otr-scheme", root.dataset.scheme);
        else localStorage.removeItem("otr-scheme");
      } catch { /* Storage is refused: the choice holds for this page. */ }
    });
    system.addEventListener("change", show);
    show();
  }

  // ---- Contents: folded on narrow screens, marking the current section on wide ones.
  function contents() {
    const nav = document.querySelector(".toc");
    if (!nav) return;
    const toggle = nav.querySelector(".toc__toggle");
    const open = (state) => toggle.setAttribute("aria-expanded", String(state));
    toggle.addEventListener("click", () => open(toggle.getAttribute("aria-expanded") !== "true"));
    nav.addEventListener("click", (event) => { if (event.target.closest("a")) open(false); });
    nav.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checkVisibility() || toggle.getAttribute("aria-expanded") !== "true") return;
      open(false);
      toggle.focus();
    });

    const links = [...nav.querySelectorAll("a")];
    const marks = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = () => {
      let current = 0;
      const atEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
      marks.forEach((target, i) => {
        if (target && (target.getBoundingClientRect().top < innerHeight * 0.3 || (atEnd && i === marks.length - 1))) current = i;
      });
      links.forEach((link, i) => (i === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px", threshold: [0, 1] });
    marks.forEach((target) => target && watch.observe(target));
  }

  // ---- Tables: one that is wider than its column becomes a region that a keyboard can scroll.
  function tables() {
    const used = new Map();
    const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => {
      const wide = target.scrollWidth > target.clientWidth + 1;
      for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", target.dataset.label]]) {
        if (wide) target.setAttribute(name, value);
        else target.removeAttribute(name);
      }
    }));
    document.querySelectorAll(".prose table").forEach((table) => {
      const caption = table.closest("figure")?.querySelector("figcaption") || table.querySelector("caption")
        || table.closest(".letter")?.querySelector(".letter__label");
      let heading = caption;
      for (let at = table; !heading && at && at !== main; at = at.previousElementSibling || at.parentElement) {
        if (/^H[1-4]$/.test(at.tagName)) heading = at;
      }
      const name = (heading ? heading.textContent : document.title).replace("¶", "").trim();
      const count = (used.get(name) || 0) + 1;
      used.set(name, count);
      const scroller = make("div", { class: "scroller" });
      scroller.dataset.label = `${caption ? "" : "Table: "}${name}${count > 1 ? `, ${count}` : ""}`;
      table.replaceWith(scroller);
      scroller.append(table);
      watch.observe(scroller);
    });
  }

  // ---- Copying. Clauses go to the clipboard as formatted text too, so that lists survive in a word processor.
  const plain = (element) => [...element.children].map((child) => {
    if (!/^[UO]L$/.test(child.tagName)) return child.innerText.trim();
    return [...child.children].map((item, i) => `${child.tagName === "OL" ? `${i + (child.start || 1)}.` : "-"} ${item.innerText.trim()}`).join("\n");
  }).join("\n\n");

  function copy(text, html) {
    if (!html || !window.ClipboardItem) return navigator.clipboard.writeText(text);
    const part = (type, content) => ({ [type]: new Blob([content], { type }) });
    return navigator.clipboard.write([new ClipboardItem({ ...part("text/plain", text), ...part("text/html", html) })]);
  }

  function copyButton(what, source, text, html) {
    const button = make("button", { type: "button", class: "copy web-only" }, "Copy");
    button.append(make("span", { class: "vh" }, ` ${what}`));
    button.addEventListener("click", async () => {
      try {
        await copy(text(), html?.());
        say(`Copied ${what}.`);
        button.firstChild.data = "Copied";
        setTimeout(() => { button.firstChild.data = "Copy"; }, 2500);
      } catch {
        // No clipboard here (a page opened from a disk, or permission refused): select, so that the reader can copy.
        getSelection().selectAllChildren(source);
        say(`Selected ${what}. Copy it with the keyboard.`);
      }
    });
    return button;
  }

  function copies() {
    document.querySelectorAll(".clause, .letter").forEach((box) => {
      const [label, words] = [box.querySelector(".clause__label, .letter__label"), box.querySelector(".clause__text, .letter__text")];
      if (label && words) label.after(copyButton(label.textContent.trim(), words, () => plain(words), () => words.innerHTML));
    });
    document.querySelectorAll("[data-copy]").forEach((source) => {
      source.closest(".copyable").append(copyButton(source.dataset.copy, source, () => source.textContent.trim()));
    });
  }

  // ---- A sign that is a link and copies an address: that of a passage, which the address bar then shows too, or a permanent one.
  function addresses() {
    document.addEventListener("click", async (event) => {
      const sign = event.target.closest?.("a[data-address]");
      if (!sign || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const within = sign.getAttribute("href").startsWith("#");
      const beside = sign.closest(".beside-passage");
      if (!within || beside) event.preventDefault();
      if (beside) {
        // The pointer is on the passage: the page stays where it is, so that the sign can say that it was copied.
        history.replaceState(null, "", sign.hash);
        dispatchEvent(new HashChangeEvent("hashchange"));
      }
      try {
        await copy(sign.dataset.address);
        say("Copied the address.");
        const was = sign.dataset.sign || sign.textContent;
        sign.dataset.sign = was;
        sign.textContent = "Copied";
        setTimeout(() => { sign.textContent = was; }, 2500);
      } catch {
        if (within) say("The address stands in the address bar.");
        else location.href = sign.href;
      }
    });
  }

  // ---- Previews (WCAG 2.2, 1.4.13): on hover and on focus; Escape dismisses; the pointer may enter; it stays
  // until pointer and focus have left. Filled from the page's own store, never from the network.
  function previews() {
    if (!document.querySelector(".previews")) return;
    const tip = make("div", { id: "page-preview", class: "preview web-only", role: "tooltip", hidden: "" });
    main.append(tip);
    let current = null;
    let timer = 0;
    const later = (action, delay) => { clearTimeout(timer); timer = setTimeout(action, delay); };
    const hide = () => {
      clearTimeout(timer);
      tip.hidden = true;
      current?.removeAttribute("aria-describedby");
      current = null;
    };
    const place = () => {
      const lines = current.getClientRects();
      const [first, last] = [lines[0], lines[lines.length - 1]];
      const room = document.documentElement.clientWidth - tip.offsetWidth - 16;
      const above = last.bottom + 8 + tip.offsetHeight > innerHeight && first.top > tip.offsetHeight + 8;
      tip.style.left = `${scrollX + Math.max(16, Math.min(lines.length > 1 ? last.left : first.left, room))}px`;
      tip.style.top = `${scrollY + (above ? first.top - tip.offsetHeight - 6 : last.bottom + 6)}px`;
    };
    const show = () => { tip.hidden = false; place(); };
    // The pointer may leave one link (the page scrolls under it) while the keyboard has just come to another.
    const leave = () => later(() => {
      if (!current?.matches(":hover, :focus-visible") && !tip.matches(":hover")) hide();
      else if (current && tip.hidden) show();
    }, 250);
    const enter = (link, delay) => {
      const entry = document.getElementById(link.dataset.preview);
      if (!entry || (current === link && !tip.hidden)) return clearTimeout(timer);
      const fill = () => {
        if (current !== link) hide();
        current = link;
        tip.replaceChildren(...entry.cloneNode(true).childNodes);
        // A tooltip holds nothing to operate: links become text; ids stay with the store.
        tip.querySelectorAll("a").forEach((inner) => inner.replaceWith(...inner.childNodes));
        tip.querySelectorAll("[id]").forEach((inner) => inner.removeAttribute("id"));
        link.setAttribute("aria-describedby", "page-preview");
      };
      if (delay < 300) fill(); // By keyboard the description has to be there when the link is announced.
      later(() => { fill(); show(); }, delay);
    };
    // What stands above may be laid out only now, on the way to the link.
    document.addEventListener("scrollend", () => { if (current && !tip.hidden) place(); });
    const linkOf = (event) => event.target.closest?.("a[data-preview]");
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      const link = linkOf(event);
      if (link) enter(link, 350);
      else if (tip.contains(event.target)) clearTimeout(timer);
    });
    document.addEventListener("pointerout", (event) => { if (linkOf(event) || tip.contains(event.target)) leave(); });
    document.addEventListener("focusin", (event) => {
      const link = linkOf(event);
      if (link?.matches(":focus-visible")) enter(link, 200);
    });
    document.addEventListener("focusout", (event) => { if (linkOf(event)) leave(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  }

  // ---- Search is fetched when a reader first goes to the field.
  function search() {
    const box = document.querySelector(".search[data-script]");
    if (!box) return;
    // Two pages would load it twice where the page of results has it already.
    const load = () => { if (!window.OTR_PANEL) document.head.append(make("script", { src: box.dataset.script })); };
    box.addEventListener("focusin", load, { once: true });
    // On a disk no server answers for the folder of the page of results.
    if (location.protocol === "file:") box.action = new URL("index.html", box.action.replace(/\/?(?:index\.html)?$/, "/"));
  }

  // ---- Opened from a disk, no server answers for a folder: a link to one is given the name of its page, before it is used.
  function fromDisk() {
    if (location.protocol !== "file:") return;
    const complete = (event) => {
      const link = event.target.closest?.("a[href]");
      if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    };
    ["pointerover", "pointerdown", "focusin", "click"].forEach((kind) => document.addEventListener(kind, complete, true));
  }

  [fromDisk, scheme, contents, tables, copies, addresses, previews, search].forEach((part) => part());
})();
