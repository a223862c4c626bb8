// On a page that leads on: go where its link leads, and keep the place that was asked for.
(function () {
  "use strict";
  const target = document.getElementById("target");
  let asked = location.hash.slice(1);
  try {
    asked = decodeURIComponent(asked);
  } catch { /* A fragment that is not well formed is passed on as it is. */ }
  const place = asked && [...document.querySelectorAll("[data-old]")].find((link) => link.dataset.old === asked);
  // Opened from a disk, no server answers for a folder.
  for (const link of [target, place]) {
    if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
  location.replace(place ? place.href : target.hash ? target.href : target.href + location.hash);
})();
