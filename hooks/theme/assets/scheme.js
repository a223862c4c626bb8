// The reader's own choice of colors, applied before the first paint so that no page flashes.
// Nothing is stored unless the reader chose against the system's setting (see site.js).
try {
  const chosen = localStorage.getItem("otr-scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
} catch {
  // Storage is refused: the system's setting holds.
}
