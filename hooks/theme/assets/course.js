// Self-checks of the course: options become radio buttons or checkboxes. Nothing is stored or sent; whoever counts or keeps answers
// hears of them by the events “check:answered” and “check:cleared”.
// Without this file each question shows its options, and its answer in a details element.
(function () {
  "use strict";

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const letter = (index) => String.fromCharCode(65 + index);
  const named = (indexes) => indexes.map(letter).join(" and ");

  function build(check, number) {
    const list = check.querySelector(".check__options");
    const details = check.querySelector(".check__answer");
    const right = check.dataset.answer.split(" ").map((item) => Number(item) - 1);
    const many = right.length > 1;
    const title = check.getAttribute("aria-label");

    const options = [...list.children].map((item, index) => {
      const id = `check-${number}-${index + 1}`;
      const input = make("input", { type: many ? "checkbox" : "radio", name: `check-${number}`, id, value: index, autocomplete: "off" });
      const label = make("label", { for: id }, make("span", { class: "check__letter" }, `${letter(index)}. `), ...item.childNodes);
      const mark = make("span", { class: "check__mark", id: `${id}-mark` });
      const row = make("div", { class: "check__option" }, input, label, mark);
      // A link to the passage still finds it.
      if (item.id) row.id = item.id;
      return { input, mark, row };
    });
    const legend = make("legend", { class: "vh" }, `${title}: ${many ? "choose every right answer" : "choose one answer"}`);
    const button = make("button", { type: "button", class: "button check__button" }, "Check");
    button.append(make("span", { class: "vh" }, ` ${title.toLowerCase()}`));
    const again = make("button", { type: "button", class: "button check__button", hidden: "" }, "Try again");
    again.append(make("span", { class: "vh" }, `: ${title.toLowerCase()}`));
    const result = make("p", { class: "check__result", role: "status" });
    list.replaceWith(make("fieldset", { class: "check__form" }, legend, ...options.map((option) => option.row), button, again));
    details.before(result);

    const tell = (what, detail) => check.dispatchEvent(new CustomEvent(`check:${what}`, { bubbles: true, detail }));
    function clear() {
      result.textContent = "";
      delete check.dataset.result;
      details.open = false;
      again.hidden = true;
      options.forEach(({ input, mark, row }) => {
        mark.textContent = "";
        delete row.dataset.mark;
        input.removeAttribute("aria-describedby");
      });
    }

    button.addEventListener("click", () => {
      const chosen = options.flatMap(({ input }, index) => (input.checked ? [index] : []));
      clear();
      if (!chosen.length) {
        result.textContent = many ? "Choose at least one answer first." : "Choose an answer first.";
        return;
      }
      const correct = chosen.join() === right.join();
      check.dataset.result = correct ? "right" : "wrong";
      const answer = `The ${many ? "answers are" : "answer is"} ${named(right)}.`;
      result.textContent = `${correct ? "Right." : `Not right: you chose ${named(chosen)}.`} ${answer} The reasons for every option are below.`;
      options.forEach(({ input, mark, row }, index) => {
        const words = right.includes(index) ? "Right answer" : input.checked ? "Your choice, not right" : "";
        if (!words) return;
        mark.textContent = words;
        row.dataset.mark = right.includes(index) ? "right" : "wrong";
        input.setAttribute("aria-describedby", mark.id);
      });
      details.open = true;
      again.hidden = false;
      tell("answered", { right: correct });
    });
    again.addEventListener("click", () => {
      clear();
      options.forEach(({ input }) => { input.checked = false; });
      tell("cleared");
      options[0].input.focus();
    });
    // A new choice takes the old result away.
    check.addEventListener("change", () => { clear(); tell("cleared"); });
  }

  document.querySelectorAll(".check[data-answer]").forEach((check, index) => build(check, index + 1));
})();
