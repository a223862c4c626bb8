// The filter of a register: its state is kept in the address. Without this file the page is the full list.
(function () {
  "use strict";

  const form = document.querySelector("form.library__filters");
  if (!form) return;
  const { items: selector, one, many } = form.dataset;
  const name = form.id.replace("-filters", "");
  const fields = [...form.querySelectorAll("select, input")];
  const count = document.getElementById(`${name}-count`);
  const none = document.getElementById(`${name}-none`);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(selector)].map((node) => ({ node, text: plain(node.textContent) }));
  // A list of which nothing is left goes, with the heading before it, and so does the heading of several such lists.
  const lists = [...new Set(items.map((item) => item.node.parentElement))];
  const groups = [...new Set(lists.map((list) => list.closest("[data-group]")).filter(Boolean))];

  const chosen = () => new URLSearchParams(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value.trim()]));
  const addressOf = (filters) => location.pathname + (filters.size ? `?${filters}` : "");

  function fits(item, filters) {
    return [...filters].every(([field, value]) => {
      if (field === "since") return item.node.dataset.since >= value;
      if (field === "words") return plain(value).split(/\s+/).every((word) => item.text.includes(word));
      // An item may have several of some things, separated by spaces; “text seen” is one thing.
      const own = item.node.dataset[field] || "";
      return own === value || own.split(" ").includes(value);
    });
  }

  // A year or a month stands for its first day, and a day may be written as people write it here, month first. What is no day the
  // browser does not take.
  const day = (value) => {
    const written = value.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
    if (written) return [written[3], written[1].padStart(2, "0"), written[2].padStart(2, "0")].join("-");
    return /^\d{4}(-\d\d)?$/.test(value) ? `${value}-01-01`.slice(0, 10) : value;
  };
  const known = (field, value) => {
    if (field.tagName === "INPUT") return field.type === "date" ? day(value) : value;
    return [...field.options].some((option) => option.value === value) ? value : "";
  };

  function show(passedOver = "") {
    const filters = chosen();
    let left = 0;
    for (const item of items) {
      item.node.hidden = !fits(item, filters);
      if (!item.node.hidden) left += 1;
    }
    for (const list of lists) {
      list.hidden = [...list.children].every((node) => node.hidden);
      const heading = list.previousElementSibling;
      if (heading && /^H[2-6]$/.test(heading.tagName)) heading.hidden = list.hidden;
    }
    for (const group of groups) group.hidden = lists.filter((list) => group.contains(list)).every((list) => list.hidden);
    const noun = items.length === 1 ? one : many;
    const text = (filters.size ? `${left} of ${items.length} ${noun}` : `${items.length} ${noun}`) + passedOver;
    if (count.textContent !== text) count.textContent = text;
    none.hidden = left > 0;
    document.querySelectorAll(".matrix a").forEach((link) => {
      const same = new URL(link.href).search === addressOf(filters).slice(location.pathname.length) && filters.size;
      if (same) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  // What the address asks for; a choice that there is not counts as not given. An item that is linked to is shown.
  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) field.value = known(field, asked.get(field.name) || "");
    const lost = fields.filter((field) => asked.get(field.name) && !field.value).map((field) => `“${asked.get(field.name)}”`);
    show(lost.length ? `. ${lost.join(" and ")} in the address is nothing to filter by here, and was passed over.` : "");
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      form.reset();
      history.replaceState(null, "", location.pathname + location.hash);
      show();
      target.scrollIntoView();
    }
  }

  function keep() {
    history.replaceState(null, "", addressOf(chosen()) + location.hash);
    show();
  }

  // A number of a matrix leads to the items that it counts.
  document.querySelectorAll(".matrix td").forEach((cell) => {
    const filters = new URLSearchParams();
    for (const field of fields) if (cell.dataset[field.name]) filters.set(field.name, cell.dataset[field.name]);
    if (!filters.size || cell.textContent === "0") return;
    const link = document.createElement("a");
    link.href = `${addressOf(filters)}#cases`;
    const row = cell.parentElement.cells[0].textContent;
    const column = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent;
    link.textContent = cell.textContent;
    link.setAttribute("aria-label", `${cell.textContent}: ${row}, ${column}`);
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      history.pushState(null, "", link.href);
      read();
      const heading = document.getElementById("cases");
      heading.tabIndex = -1;
      heading.focus();
    });
    cell.replaceChildren(link);
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", keep);
  // The fields are emptied after the event.
  form.addEventListener("reset", () => setTimeout(keep));
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
  read();
})();
