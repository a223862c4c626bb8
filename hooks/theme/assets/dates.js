// The table of coming dates: a page that is read long after it was made shows no day that has passed since.
(function () {
  "use strict";

  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  document.querySelectorAll(".register--dates").forEach((register) => {
    const rows = [...register.querySelectorAll("tbody tr")];
    const passed = rows.filter((row) => row.querySelector("time").dateTime < today);
    if (!passed.length) return;
    passed.forEach((row) => { row.hidden = true; });
    const note = passed.length === 1 ? "One date has passed since, and is not shown" : `${passed.length} dates have passed since, and are not shown`;
    register.querySelector(".register__made").append(` ${note}.`);
    if (passed.length === rows.length) register.querySelector("table").hidden = true;
  });
})();
