// Narrows a list that is on one page as a whole to the incidents that have all of
// several terms. Without it the same links lead to the search. What is chosen is
// in the address, so that it can be shared and gone back from.
const key = "with";

function chosen() {
  return new URLSearchParams(location.search).getAll(key);
}

function addressOf(terms) {
  const params = new URLSearchParams(location.search);
  params.delete(key);
  for (const t of terms) params.append(key, t);
  return location.pathname + (params.size ? "?" + params : "");
}

function narrow() {
  const box = document.querySelector("[data-narrow]");
  if (!box) return;
  const on = chosen();
  const rows = [...document.querySelectorAll(".list .row")];
  const counts = new Map();
  let left = 0;
  for (const row of rows) {
    const marks = (row.dataset.marks ?? "").split("\n");
    row.hidden = !on.every((t) => marks.includes(t));
    if (row.hidden) continue;
    left++;
    for (const m of marks) counts.set(m, (counts.get(m) ?? 0) + 1);
  }
  for (const chip of box.querySelectorAll(".term-chip")) {
    const term = chip.dataset.filter;
    const is = on.includes(term);
    chip.querySelector(".n").textContent = counts.get(term) ?? 0;
    chip.parentElement.hidden = !is && !counts.has(term);
    chip.href = addressOf(is ? on.filter((t) => t !== term) : [...on, term]);
    if (is) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
  for (const year of document.querySelectorAll(".list .year")) year.hidden = !year.querySelector(".row:not([hidden])");
  box.open ||= on.length > 0;
  box.querySelector("[data-narrowed]").textContent = on.length ? `${left} of ${rows.length} incidents have ${on.join(" and ")}.` : "";
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("[data-narrow] .term-chip");
  if (!chip || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", chip.href);
  narrow();
});

addEventListener("popstate", narrow);
document.addEventListener("DOMContentLoaded", () => {
  narrow();
  new MutationObserver(narrow).observe(document.body, { childList: true });
});
