// The palette: a search over any page. It is imported by keys.js when it is first
// asked for. What it finds is what the search page finds, which has the filters.

import { Base } from "./search/base.js";
import { marked, passage } from "./search/excerpt.js";
import { excerpt, facts, make, marks, press, speaker } from "./search-ui/dom.js";
import { corrected, count } from "./search-ui/told.js";

const shownHits = 8;
const pause = 80; // ms without a letter, before it searches

const box = make("input", {
  type: "search", name: "q", autocomplete: "off", placeholder: "What happened? An error, a service, a symptom", role: "combobox", enterKeyHint: "go",
  ariaLabel: "Search incidents, playbook and glossary", ariaAutoComplete: "list", ariaExpanded: "false", "aria-controls": "palette-hits",
});
const close = make("button", { type: "button", className: "palette-close" }, "Close");
const form = make("form", { role: "search" }, box, close);
const region = make("p", { className: "vh", role: "status" });
const line = make("p", { className: "palette-told" });
const list = make("div", { id: "palette-hits", role: "listbox", ariaLabel: "Results" });
const all = make("a", {}, "All results and filters");
const keys = make("p", { className: "palette-keys", ariaHidden: "true" }, make("kbd", null, "↑"), make("kbd", null, "↓"), " choose ", make("kbd", null, "Enter"), " open ", make("kbd", null, "Esc"), " close");
const dialog = make("dialog", { className: "palette", ariaLabel: "Search" }, form, region, line, list, make("div", { className: "palette-foot" }, all, keys));
const tell = speaker(region);

let index; // URL
let base; // a promise, once something was asked for
let turn = 0; // of the newest search; answers to older ones are dropped
let shown = ""; // the text to which the hits belong
let active = -1;
let timer;

const told = (answer) => {
  const left = answer.notes.length ? ["Not all of it could be taken as it is written: see all results."] : [];
  return [`${count(answer)}.`, ...corrected(answer), ...left].join(" ");
};

const option = (card, answer, i) => {
  const show = (text) => marks(marked(text, answer));
  const p = passage(card, answer);
  return make("a", { id: `palette-hit-${i}`, role: "option", tabIndex: -1, href: card.url },
    make("span", { className: "palette-title" }, show(card.title)),
    make("span", { className: "hit-meta" }, facts(card, show)),
    make("span", { className: "palette-excerpt" }, excerpt(p)));
};

const choose = (i) => {
  const options = list.children;
  options[active]?.setAttribute("aria-selected", "false");
  active = options.length ? (i + options.length) % options.length : -1;
  if (active < 0) return box.removeAttribute("aria-activedescendant");
  options[active].setAttribute("aria-selected", "true");
  options[active].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", options[active].id);
};

// show puts hits there, with the first one chosen, and says what was found.
const show = (text, hits, words) => {
  shown = text;
  for (const hit of hits) hit.ariaSelected = "false";
  list.replaceChildren(...hits);
  list.hidden = !hits.length;
  box.ariaExpanded = String(hits.length > 0);
  active = -1;
  choose(0);
  list.scrollTop = 0;
  line.textContent = words;
  tell(words);
};

const search = async () => {
  const text = box.value;
  const mine = ++turn;
  const url = new URL(form.action);
  if (text.trim()) url.searchParams.set("q", text.trim());
  all.href = url.href;
  if (/^\s*[!-~]?\s*$/.test(text)) return show(text, [], "");
  dialog.ariaBusy = "true"; // the style sheet says so when it takes long
  try {
    base ??= Base.open(index);
    const b = await base;
    const answer = await b.ask(text);
    if (mine !== turn) return;
    const cards = await Promise.all(answer.hits.slice(0, shownHits).map((hit) => b.card(hit)));
    if (mine !== turn) return;
    show(text, cards.map((card, i) => option(card, answer, i)), answer.empty ? "" : told(answer));
  } catch (error) {
    base = undefined; // so that the next search tries again
    if (mine === turn) show(text, [], `The search cannot be loaded (${error.message}).`);
  } finally {
    if (mine === turn) dialog.ariaBusy = "false";
  }
};

// shut closes the palette. Where nothing had the focus before, its box would keep
// it until the next frame, and with it the next key.
const shut = () => {
  dialog.close();
  if (dialog.contains(document.activeElement)) document.activeElement.blur();
};

// A preview changes the pages under the palette.
document.addEventListener("debrief:page", () => (base = undefined));

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, pause);
});

dialog.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && event.target === box) {
    event.preventDefault();
    choose(active + step);
  } else if (event.key === "Escape") {
    event.preventDefault(); // which would empty the box first
    shut();
  } else if (event.key === "Enter" && event.target === box && !event.isComposing && active >= 0 && shown === box.value) {
    event.preventDefault();
    press(list.children[active], event);
  }
});

dialog.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const beside = event.target === dialog; // its backdrop, since everything in it has a parent there
  if (event.target === close || beside || (link && !event.ctrlKey && !event.metaKey && !event.shiftKey)) shut();
});

list.addEventListener("pointermove", (event) => {
  const i = [...list.children].indexOf(event.target.closest("a"));
  if (i >= 0 && i !== active) choose(i);
});

// open shows the palette. typed is a box of the page that had the focus until
// now: what is in it is searched for. before had the focus before that, and has it
// again when the palette closes, which gives it back to who has it at the start.
export const open = (indexURL, typed, before) => {
  if (dialog.open) return;
  index = indexURL;
  form.action = typed.form.action;
  const text = typed.value;
  typed.value = "";
  if (before === typed && matchMedia("(pointer: coarse)").matches) {
    // Here a box with the focus brings up the keyboard: it must have the focus
    // until the palette's box takes it, and not have it again.
    dialog.addEventListener("close", () => typed.form.querySelector("button").focus(), { once: true });
  } else {
    typed.blur();
    before?.focus({ preventScroll: true });
  }
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal();
  if (text) box.value = text;
  box.focus();
  if (text) box.setSelectionRange(text.length, text.length);
  else box.select();
  search();
};
