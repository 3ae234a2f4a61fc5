// The theme: "light" or "dark" when the reader chose one, else the system's.
const key = "debrief-theme";
const after = { auto: "light", light: "dark", dark: "auto" };
const root = document.documentElement;

function show(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function saved() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden
  }
}

function save(theme) {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // then it holds for this page only
  }
}

show(saved());

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-theme-switch]")) return;
  const theme = after[root.dataset.theme || "auto"];
  show(theme);
  save(theme);
});

addEventListener("storage", (event) => {
  if (event.key === key) show(event.newValue);
});
