// The library of case studies: filters whose state is kept in the address. Without this file the page is the full list.
(function () {
  "use strict";

  const form = document.getElementById("case-filters");
  if (!form) return;
  const items = [...document.querySelectorAll(".register--cases > li")];
  const count = document.getElementById("case-count");
  const none = document.getElementById("case-none");
  const selects = [...form.querySelectorAll("select")];

  const chosen = () => new URLSearchParams(selects.filter((select) => select.value).map((select) => [select.name, select.value]));
  const addressOf = (filters) => location.pathname + (filters.size ? `?${filters}` : "");
  const fits = (item, filters) => [...filters].every(([name, value]) => item.dataset[name].split(" ").includes(value));

  function show() {
    const filters = chosen();
    let left = 0;
    items.forEach((item) => {
      item.hidden = !fits(item, filters);
      if (!item.hidden) left += 1;
    });
    const noun = items.length === 1 ? "case study" : "case studies";
    count.textContent = filters.size ? `${left} of ${items.length} ${noun}` : `${items.length} ${noun}`;
    none.hidden = left > 0;
    document.querySelectorAll(".matrix a").forEach((link) => {
      const same = new URL(link.href).search === addressOf(filters).slice(location.pathname.length) && filters.size;
      if (same) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  // What the address asks for; a value that no case has counts as not given.
  function read() {
    const asked = new URLSearchParams(location.search);
    selects.forEach((select) => {
      const value = asked.get(select.name) || "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    });
    show();
  }

  function keep() {
    history.replaceState(null, "", addressOf(chosen()) + location.hash);
    show();
  }

  // A number of the matrix leads to its cases.
  document.querySelectorAll(".matrix td").forEach((cell) => {
    const filters = new URLSearchParams();
    ["level", "topic"].forEach((name) => { if (cell.dataset[name]) filters.set(name, cell.dataset[name]); });
    if (!filters.size || cell.textContent === "0") return;
    const link = document.createElement("a");
    link.href = `${addressOf(filters)}#cases`;
    const table = cell.closest("table");
    const row = cell.parentElement.cells[0].textContent;
    const column = table.tHead.rows[0].cells[cell.cellIndex].textContent;
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
  form.addEventListener("change", keep);
  // The fields are emptied after the event.
  form.addEventListener("reset", () => setTimeout(keep));
  addEventListener("popstate", read);
  form.hidden = false;
  read();
})();
