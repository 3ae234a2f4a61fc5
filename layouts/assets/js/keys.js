// Search from every page. "/", Ctrl-K, ⌘K or a press on a search box opens the
// palette, except on the search page, which has a box of its own.
import { chooseSingleKeys, singleKeys } from "./singlekeys.js";

// open fetches the palette's script when it is first used. Until it is there,
// what is typed goes into a box of the page, and the palette takes it over. Where
// the script cannot be had, that box stays, with its form.
// import() is what a policy with trusted types allows; <script src> is not.
const open = async (box, before) => {
  const { palette, index } = document.querySelector("[data-palette]")?.dataset || {};
  if (!palette) return;
  try {
    (await import(palette)).open(index, box, before);
  } catch (error) {
    console.warn(error);
  }
};

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  const slash = event.key === "/" && !command && singleKeys() && !event.target.closest?.("input, textarea, select, [contenteditable]");
  const k = command && !event.shiftKey && event.key.toLowerCase() === "k";
  if (!(slash || k) || event.altKey || event.defaultPrevented) return;
  const box = document.querySelector("main form[role=search] [name=q]") || document.querySelector("form[role=search] [name=q]");
  if (!box) return;
  event.preventDefault();
  if (document.querySelector(".palette[open]")) return;
  const before = document.activeElement;
  const own = Boolean(box.closest("#search"));
  box.focus({ preventScroll: !own });
  box.select();
  if (!own) open(box, before);
});

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("form[role=search] [name=q]");
  if (box && !box.closest("#search, dialog")) open(box, box);
});

// A page may have a box that switches such keys on and off.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-single-keys]")) chooseSingleKeys(event.target.checked);
});
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-single-keys]")) box.checked = singleKeys();
});
