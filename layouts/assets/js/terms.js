// The definition of a glossary term where it is used: on hover, on focus, and on
// a touch, which opens it first and follows the link when it comes again. Without
// this script a term is a link to its page.
let tip = null;
let shown = null; // the link whose definition is shown
let touched = false; // the last pointer was a finger
let leaving = 0; // a timer: the pointer may be on its way to the definition

function show(link) {
  const note = document.getElementById(link.getAttribute("aria-describedby"));
  if (!note || shown === link) return;
  hide();
  tip = document.createElement("div");
  tip.className = "term-tip";
  tip.setAttribute("aria-hidden", "true"); // the link is described by the note itself
  tip.append(...[...note.childNodes].map((n) => n.cloneNode(true)));
  if (touched) tip.append(Object.assign(document.createElement("a"), { href: link.href, textContent: "Read more", tabIndex: -1 }));
  document.body.append(tip);
  shown = link;
  place(link.getClientRects()[0]);
}

function stay() {
  clearTimeout(leaving);
  leaving = 0;
}

// place puts the definition under the word, or above it where there is no room.
function place(word) {
  const edge = 8;
  const left = Math.max(edge, Math.min(word.left, document.documentElement.clientWidth - tip.offsetWidth - edge));
  const below = word.bottom + 6;
  const top = below + tip.offsetHeight > innerHeight - edge ? word.top - tip.offsetHeight - 6 : below;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${Math.max(edge, top) + scrollY}px`;
}

function hide() {
  stay();
  tip?.remove();
  tip = shown = null;
}

const termOf = (event) => event.target.closest?.("a.term");

document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
  if (shown && !termOf(event) && !tip.contains(event.target)) hide();
});
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = termOf(event);
  if (link || tip?.contains(event.target)) stay();
  if (link) show(link);
  else if (shown && !tip.contains(event.target) && document.activeElement !== shown) leaving ||= setTimeout(hide, 200);
});
document.addEventListener("focusin", (event) => {
  const link = termOf(event);
  if (link?.matches(":focus-visible")) show(link);
  else if (shown && !link && !tip.contains(event.target)) hide();
});
document.addEventListener("click", (event) => {
  const link = termOf(event);
  if (!link || !touched || event.ctrlKey || event.metaKey || shown === link) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) hide();
});
