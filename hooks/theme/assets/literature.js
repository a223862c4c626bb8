// The bibliography: a filter whose state is kept in the address. Without this file the page is the full list.
(function () {
  "use strict";

  const form = document.getElementById("literature-filters");
  if (!form) return;
  const fields = [...form.querySelectorAll("select, input")];
  const count = document.getElementById("literature-count");
  const none = document.getElementById("literature-none");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(".register--literature .reference")].map((node) => ({ node, text: plain(node.textContent) }));
  const themes = [...document.querySelectorAll(".register--literature h2")].map((heading) => ({ heading, list: heading.nextElementSibling }));

  const chosen = () => new URLSearchParams(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value.trim()]));

  function fits(item, filters) {
    return [...filters].every(([name, value]) => (
      name === "words" ? plain(value).split(/\s+/).every((word) => item.text.includes(word)) : item.node.dataset[name] === value
    ));
  }

  function show() {
    const filters = chosen();
    let left = 0;
    for (const item of items) {
      item.node.hidden = !fits(item, filters);
      if (!item.node.hidden) left += 1;
    }
    for (const { heading, list } of themes) {
      const empty = [...list.children].every((node) => node.hidden);
      heading.hidden = list.hidden = empty;
    }
    const text = filters.size ? `${left} of ${items.length} sources` : `${items.length} sources`;
    if (count.textContent !== text) count.textContent = text;
    none.hidden = left > 0;
  }

  // What the address asks for; a choice that there is not counts as not given. A source that is linked to is shown.
  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = asked.get(field.name) || "";
      field.value = field.tagName === "INPUT" || [...field.options].some((option) => option.value === value) ? value : "";
    }
    show();
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      form.reset();
      history.replaceState(null, "", location.pathname + location.hash);
      show();
      target.scrollIntoView();
    }
  }

  function keep() {
    const filters = chosen();
    history.replaceState(null, "", location.pathname + (filters.size ? `?${filters}` : "") + location.hash);
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", keep);
  // The fields are emptied after the event.
  form.addEventListener("reset", () => setTimeout(keep));
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
  read();
})();
