// Slides full screen, one at a time, by keyboard; and what the speaker sees, in a second window. Nothing is stored or sent.
// Without this file the slides stand on their page one below the other, each with its notes.
(function () {
  "use strict";

  const sections = [...document.querySelectorAll(".prose > .slide")];
  const about = document.querySelector(".slides-about");
  if (!sections.length || !about) return;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const heading = document.querySelector("h1");
  const summary = document.querySelector(".slides-about__summary");
  const idOf = (index) => (index ? sections[index - 1].querySelector("h2").id : "");
  const titleOf = (index) => (index ? sections[index - 1].querySelector("h2").textContent : heading.textContent.replace(/^\s*Slides:\s*/, "")).trim();
  const count = sections.length + 1;
  const minutesOf = (index) => Number((index && sections[index - 1].dataset.minutes) || 0);

  // A copy of a slide for a screen: without what belongs to the page, and with ids that are no page's twice.
  const looked = (node) => node.matches(".post") || (node.matches("figure, p") && Boolean(node.querySelector("img")) && (node.matches("figure") || !node.textContent.trim()));
  function shown(index) {
    const slide = make("div", { class: "stage__slide", role: "group", "aria-roledescription": "slide", "aria-label": `Slide ${index + 1} of ${count}` });
    if (!index) {
      slide.classList.add("stage__slide--first");
      slide.append(make("h2", {}, titleOf(0)));
      if (summary) slide.append(make("p", {}, summary.textContent));
      return slide;
    }
    const copy = sections[index - 1].cloneNode(true);
    copy.querySelectorAll(".web-only").forEach((node) => node.remove());
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    const parts = [...copy.children];
    const head = parts.filter((node) => node.matches("h2, .slide__facts"));
    const rest = parts.filter((node) => !head.includes(node));
    const turns = rest.filter((node, at) => at && looked(node) !== looked(rest[at - 1])).length;
    const body = make("div", { class: "stage__body" });
    if (turns === 1 && !copy.querySelector("table")) {
      body.classList.add("stage__body--beside");
      const first = looked(rest[0]);
      body.append(make("div", {}, ...rest.filter((node) => looked(node) === first)), make("div", {}, ...rest.filter((node) => looked(node) !== first)));
    } else body.append(...rest);
    slide.append(...head, body);
    return slide;
  }
  function notesOf(index) {
    const notes = index && sections[index - 1].querySelector(".notes");
    const box = make("div", { class: "stage__notes-text" });
    if (!notes) box.append(make("p", {}, "No notes."));
    else [...notes.cloneNode(true).children].filter((node) => !node.matches(".notes__label")).forEach((node) => box.append(node));
    box.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    return box;
  }
  // What has no room is set smaller, step by step.
  function fit(frame) {
    const slide = frame.querySelector(".stage__slide");
    for (let step = 0; step < 6; step += 1) {
      slide.dataset.fit = String(step);
      if (slide.scrollHeight <= slide.clientHeight + 1) return;
    }
  }

  // The two windows tell each other which slide is shown. A page from a disk has no origin that a channel could go by.
  const name = `slides:${location.pathname}`;
  const channel = typeof BroadcastChannel === "function" && location.protocol !== "file:" ? new BroadcastChannel(name) : null;
  let other = window.opener || null;
  const whole = location.protocol === "file:" ? "*" : location.origin;
  function tell(message) {
    const said = { ...message, about: name };
    if (channel) channel.postMessage(said);
    else if (other && !other.closed) other.postMessage(said, whole);
  }
  function hear(use) {
    const take = (data) => { if (data && data.about === name) use(data); };
    if (channel) channel.addEventListener("message", (event) => take(event.data));
    else window.addEventListener("message", (event) => { if (event.source === other) take(event.data); });
  }

  const MOVES = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };
  // The slide that a key leads to; null where it leads to none. Digits are gathered until Enter.
  function keys() {
    let typed = "";
    return (event, at) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return null;
      // A button that has the focus keeps the keys that press it.
      if ((event.key === " " || event.key === "Enter") && event.target.closest("button, a, summary")) return null;
      if (/^\d$/.test(event.key)) { typed = (typed + event.key).slice(-3); return null; }
      const number = Number(typed);
      typed = "";
      if (event.key === "Enter") return Math.min(Math.max(number || at + 2, 1), count) - 1;
      if (event.key === "Home") return 0;
      if (event.key === "End") return count - 1;
      const move = MOVES[event.key];
      return move ? Math.min(Math.max(at + (event.shiftKey && event.key === " " ? -move : move), 0), count - 1) : null;
    };
  }
  const two = (number) => String(number).padStart(2, "0");
  const asClock = (seconds) => `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;

  if (new URLSearchParams(location.search).has("presenter")) presenter();
  else screen();

  function screen() {
    const begin = make("button", { type: "button", class: "button" }, "Show full screen");
    const speak = make("button", { type: "button", class: "button" }, "Presenter view");
    const said = make("p", { class: "slides-about__keys" }, "Arrow keys or space move on; a number and Enter lead to a slide; N shows the notes, P the presenter view, F the full screen; Escape ends.");
    about.append(make("p", { class: "slides-about__buttons" }, begin, " ", speak), said);

    const frame = make("div", { class: "stage__frame" });
    const status = make("p", { class: "vh", role: "status" });
    const place = make("span", { class: "stage__place", "aria-hidden": "true" });
    const buttons = [["Back", () => go(at - 1)], ["Next", () => go(at + 1)], ["Notes", () => toggleNotes()], ["Presenter view", () => openPresenter()], ["End", () => end()]]
      .map(([label, act]) => {
        const button = make("button", { type: "button" }, label);
        button.addEventListener("click", act);
        return button;
      });
    const bar = make("div", { class: "stage__bar" }, place, ...buttons);
    const notes = make("section", { class: "stage__notes", "aria-label": "Speaker’s notes", hidden: "" });
    const stage = make("div", { class: "stage", tabindex: "-1", role: "region", "aria-label": "Slides, full screen", hidden: "" }, frame, notes, bar, status);
    document.body.append(stage);

    let at = 0;
    let from = null;
    const led = keys();
    const running = () => !stage.hidden;
    function show() {
      frame.replaceChildren(shown(at));
      fit(frame);
      notes.replaceChildren(make("h2", {}, "Notes"), notesOf(at));
      place.textContent = `${at + 1} / ${count}`;
      status.textContent = `Slide ${at + 1} of ${count}: ${titleOf(at)}`;
      buttons[0].disabled = at === 0;
      buttons[1].disabled = at === count - 1;
    }
    function go(index, quiet) {
      const next = Math.min(Math.max(index, 0), count - 1);
      if (next === at && running()) return;
      at = next;
      if (running()) {
        show();
        history.replaceState(null, "", at ? `#${idOf(at)}` : location.pathname + location.search);
        // A button that has just been switched off can no longer hold the focus.
        if (document.activeElement === document.body) stage.focus();
      }
      if (!quiet) tell({ slide: at });
    }
    function start() {
      from = document.activeElement;
      at = Math.max(0, sections.findIndex((section) => section.querySelector("h2").id === decodeURIComponent(location.hash.slice(1))) + 1);
      stage.hidden = false;
      document.documentElement.classList.add("is-projecting");
      show();
      stage.focus();
      fullScreen(true);
      tell({ slide: at });
    }
    function end() {
      stage.hidden = true;
      document.documentElement.classList.remove("is-projecting");
      const back = () => {
        (from && from !== document.body && from.isConnected ? from : begin).focus({ preventScroll: true });
        (at ? document.getElementById(idOf(at)) : heading).scrollIntoView();
      };
      // While a part of the page fills the screen, nothing outside it can take the focus.
      if (document.fullscreenElement) document.exitFullscreen().then(back, back);
      else back();
    }
    function fullScreen(on) {
      if (on && stage.requestFullscreen) stage.requestFullscreen().catch(() => { /* The window is filled all the same. */ });
      else if (!on && document.fullscreenElement) document.exitFullscreen();
    }
    function toggleNotes() {
      notes.hidden = !notes.hidden;
      stage.classList.toggle("has-notes", !notes.hidden);
      fit(frame);
    }
    function openPresenter() {
      other = window.open(`${location.pathname}?presenter${at ? `#${idOf(at)}` : ""}`, "otr-presenter", "popup,width=1100,height=760");
      if (!other && running() && notes.hidden) toggleNotes();
      if (!other) status.textContent = "The browser did not open a second window. N shows the notes below the slide.";
    }
    begin.addEventListener("click", start);
    speak.addEventListener("click", openPresenter);
    document.addEventListener("keydown", (event) => {
      if (!running() || event.ctrlKey || event.altKey || event.metaKey) return;
      const key = event.key.toLowerCase();
      if (key === "escape") end();
      else if (key === "f") fullScreen(!document.fullscreenElement);
      else if (key === "n") toggleNotes();
      else if (key === "p") openPresenter();
      else {
        const next = led(event, at);
        if (next === null) return;
        go(next);
      }
      event.preventDefault();
    });
    let left = 0;
    document.addEventListener("fullscreenchange", () => {
      fit(frame);
      // Escape leaves the full screen without being heard as a key.
      if (!document.fullscreenElement && running() && left) end();
      left = document.fullscreenElement ? 1 : 0;
    });
    window.addEventListener("resize", () => { if (running()) fit(frame); });
    window.addEventListener("hashchange", () => {
      const index = sections.findIndex((section) => `#${section.querySelector("h2").id}` === location.hash);
      if (running() && index >= 0) go(index + 1);
    });
    hear((message) => {
      if (message.ask) tell({ slide: at });
      else if (Number.isInteger(message.slide)) go(message.slide, true);
    });
  }

  function presenter() {
    document.title = `Presenter view: ${document.title}`;
    document.documentElement.classList.add("is-presenting");
    const now = make("div", { class: "stage__frame" });
    const next = make("div", { class: "stage__frame" });
    const notes = make("section", { class: "presenter__notes", "aria-label": "Speaker’s notes" });
    const clock = make("p", { class: "presenter__clock" });
    const exercise = make("p", { class: "presenter__exercise" });
    const place = make("p", { class: "presenter__place", role: "status" });
    const back = make("button", { type: "button", class: "button" }, "Back");
    const on = make("button", { type: "button", class: "button" }, "Next");
    const again = make("button", { type: "button", class: "button" }, "Start the minutes again");
    const view = make("main", { class: "presenter", tabindex: "-1" },
      make("h1", { class: "vh" }, "Presenter view"),
      make("div", { class: "presenter__now" }, place, now),
      make("div", { class: "presenter__side" }, clock, exercise, again, make("h2", {}, "Next"), next, make("p", { class: "presenter__buttons" }, back, " ", on)),
      notes);
    document.body.replaceChildren(view);

    const led = keys();
    const opened = Date.now();
    let began = Date.now();
    let at = Math.max(0, sections.findIndex((section) => section.querySelector("h2").id === decodeURIComponent(location.hash.slice(1))) + 1);
    function tick() {
      const time = new Date();
      clock.textContent = `${two(time.getHours())}:${two(time.getMinutes())} · ${asClock(Math.floor((Date.now() - opened) / 1000))} since the start`;
      const minutes = minutesOf(at);
      again.hidden = exercise.hidden = !minutes;
      const gone = Math.floor((Date.now() - began) / 1000);
      if (minutes) exercise.textContent = gone < minutes * 60 ? `Exercise: ${asClock(minutes * 60 - gone)} left of ${minutes} minutes` : `Exercise: ${asClock(gone - minutes * 60)} over ${minutes} minutes`;
    }
    function show() {
      now.replaceChildren(shown(at));
      next.replaceChildren(at + 1 < count ? shown(at + 1) : make("p", { class: "presenter__last" }, "This is the last slide."));
      fit(now);
      if (at + 1 < count) fit(next);
      notes.replaceChildren(make("h2", {}, "Notes"), notesOf(at));
      place.textContent = `Slide ${at + 1} of ${count}: ${titleOf(at)}`;
      back.disabled = at === 0;
      on.disabled = at === count - 1;
      tick();
    }
    function go(index, quiet) {
      const to = Math.min(Math.max(index, 0), count - 1);
      if (to === at) return;
      at = to;
      began = Date.now();
      show();
      if (document.activeElement === document.body) view.focus();
      if (!quiet) tell({ slide: at });
    }
    back.addEventListener("click", () => go(at - 1));
    on.addEventListener("click", () => go(at + 1));
    again.addEventListener("click", () => { began = Date.now(); tick(); });
    document.addEventListener("keydown", (event) => {
      const to = led(event, at);
      if (to === null) return;
      go(to);
      event.preventDefault();
    });
    window.addEventListener("resize", () => { fit(now); if (at + 1 < count) fit(next); });
    hear((message) => { if (Number.isInteger(message.slide)) go(message.slide, true); });
    show();
    view.focus();
    tell({ ask: true });
    setInterval(tick, 1000);
  }
})();
