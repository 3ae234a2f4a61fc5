// The search page. Its state is the text in the box, which is in the address too
// (?q=): a filter changes the text, so every search can be shared and taken back.

import { Base } from "./search/base.js";
import { marked, passage } from "./search/excerpt.js";
import { counted } from "./search/narrow.js";
import { facets, fieldNames } from "./search-ui/facets.js";
import { excerpt, facts, make, marks, press, speaker } from "./search-ui/dom.js";
import { notes, plain } from "./search-ui/notes.js";
import { period, times } from "./search-ui/times.js";
import { count } from "./search-ui/told.js";

const shownAtFirst = 10;
const pause = 80; // ms without a letter, before it searches

const part = (name) => document.getElementById(`search-${name}`);
const root = document.getElementById("search");
const form = root.querySelector("form");
const box = form.elements.namedItem("q");
const browse = part("browse");
const found = part("found");
const list = part("results");
const tell = speaker(part("status"));
const chart = times((from, to) => base.then((b) => go(b.span(box.value, from, to))));

let base; // a promise, once the first search was made
let turn = 0; // of the newest search; answers to older ones are dropped
let shown; // the answer on the page
let timer;

const hitElement = (card, answer) => {
  const p = passage(card, answer);
  const show = (text) => marks(marked(text, answer));
  const text = p.pieces.length && make("p", { className: "hit-excerpt" }, excerpt(p));
  const where = make("a", { href: `${card.url}#${p.id}` }, show(p.heading));
  const hit = make("li", { className: "hit" },
    make("h3", null, make("a", { className: "hit-title", href: card.url }, show(card.title))),
    make("p", { className: "hit-meta" }, facts(card, show)),
    text,
    p.heading && (where.firstElementChild || p.pieces.some((piece) => piece.marked)) && make("p", { className: "hit-where" }, "in ", where));
  if (answer.marks.size && !hit.querySelector("mark")) hit.append(make("p", { className: "hit-where" }, "found by its front matter: a tag, a factor, another name"));
  return hit;
};

const hitsOf = async (answer, from, to) => {
  const b = await base;
  const cards = await Promise.all(answer.hits.slice(from, to).map((hit) => b.card(hit)));
  return cards.map((card) => hitElement(card, answer));
};

const button = (text, className, press, properties) => {
  const e = make("button", { type: "button", className, ...properties }, text);
  e.addEventListener("click", press);
  return e;
};

// address puts the query there: as a new step back for what was clicked, in
// place of the last one while it is being typed.
const address = (text, step) => {
  const url = new URL(location.href);
  url.search = text.trim() ? `?${new URLSearchParams({ q: text.trim() })}` : "";
  if (url.href === location.href) return;
  try {
    history[step ? "pushState" : "replaceState"](null, "", url);
  } catch {
    // Safari allows 100 in half a minute. The next one will do.
  }
};

// go searches for a text that was put together by a click.
const go = (text) => {
  box.value = text;
  address(text, true);
  return search(text);
};

const toggle = async (field, value) => go((await base).toggle(box.value, field, value));

const noteElement = (note) =>
  make("p", null, note.map((p) => (p.text ? button(p.text, "link", async () => go(p.change(box.value, await base)), { "data-key": "note" }) : p)));

// suggestion is a link to a term, or what completes the query.
const suggestion = (s) => {
  const take = () => {
    go(s.text);
    box.focus();
  };
  const text = [make("span", { className: "n" }, s.field), s.name];
  return make("li", null, s.url ? make("a", { href: s.url }, text) : button(text, "", take));
};

// chosen are the filters that are on, to be taken away one by one.
const chosen = (answer) => {
  const chip = (text, key, off) => make("li", null, button(text, "chip", off, { ariaLabel: `Remove the filter ${text}`, "data-key": key }));
  const on = answer.chosen;
  const chips = on.map((v) => chip(`${fieldNames[v.field]}: ${v.value}`, `chip:${v.field}:${v.value}`, () => toggle(v.field, v.value)));
  if (answer.range && !on.some((v) => v.field === "year")) {
    chips.push(chip(`Date: ${period(answer.range)}`, "chip:date", async () => go((await base).span(box.value, "", ""))));
  }
  return chips;
};

// show puts an answer on the page, all at once but for what it can be narrowed by,
// which follows.
const show = async (answer, hits, suggestions) => {
  const key = root.contains(document.activeElement) && document.activeElement.dataset.key;
  shown = answer.empty ? undefined : answer;
  found.hidden = answer.empty;
  browse.hidden = !answer.empty && answer.total > 0;
  if (answer.empty) {
    tell("");
    return;
  }
  const said = notes(answer);
  if (!answer.total) said.push([browse.querySelector("a") ? "Try other words, or look through the lists below." : "Try other words."]);
  part("count").textContent = count(answer);
  part("count").dataset.query = answer.text; // for paper, which has no box
  part("suggestions").replaceChildren(...suggestions.map(suggestion));
  part("notes").replaceChildren(...said.map(noteElement));
  part("chosen").replaceChildren(...chosen(answer));
  list.replaceChildren(...hits);
  more();
  chart.update(answer.months, answer.range);
  tell([`${count(answer)}.`, ...said.map(plain)].join(" "));
  await narrow(answer, () => {
    // What had the focus has it again as soon as it is there, unless the reader went on.
    if (key && [document.body, part("count")].includes(document.activeElement)) (root.querySelector(`[data-key="${CSS.escape(key)}"]`) || part("count")).focus();
  });
};

// narrow shows what an answer can be narrowed by, and calls put whenever some of
// that is there: first what need not be fetched. The rest takes large files. Each is
// fetched when its place comes into sight: on a phone that is behind a button.
const narrow = async (answer, put) => {
  const box = part("facets");
  box.ariaBusy = "true";
  const groups = async (fields) => facets(await answer.facets(fields), answer.total, toggle);
  const at = counted.findIndex(answer.needs);
  const ready = at < 0 ? counted : counted.slice(0, at);
  const known = await groups(ready);
  if (answer !== shown) return;
  box.replaceChildren(...known);
  found.className = box.firstChild || !chart.element.hidden || (at >= 0 && (answer.total > 1 || answer.chosen.length)) ? "" : "plain";
  put();
  const end = make("div");
  let failed;
  for (const field of counted.slice(ready.length)) {
    const fetches = answer.needs(field);
    if (fetches && failed) continue; // the other files may well fail too, and what is there can be shown
    if (fetches) {
      box.append(end);
      await seen(end, box);
      if (answer !== shown) return;
      end.remove();
    }
    const more = await groups([field]).catch((error) => {
      failed = error;
      return [];
    });
    if (answer !== shown) return;
    box.append(...more);
    put();
  }
  if (failed) box.append(make("p", null, `What else there is to narrow these by cannot be loaded (${failed.message}).`));
  box.ariaBusy = "false";
  if (!box.firstChild && chart.element.hidden) found.className = "plain";
};

// seen waits until the end of a box is in sight. Until then the box is not busy.
const seen = (end, box) => new Promise((resolve) => {
  const observer = new IntersectionObserver((entries) => {
    const { isIntersecting } = entries.at(-1); // the newest
    if (end.isConnected) box.ariaBusy = String(isIntersecting);
    if (!isIntersecting && end.isConnected) return;
    observer.disconnect();
    resolve();
  });
  observer.observe(end);
});

// more offers the rest of the results.
const more = () => {
  const answer = shown;
  const from = list.children.length;
  part("more").replaceChildren();
  if (from >= answer.hits.length) return;
  part("more").append(button(`Show more (${answer.hits.length - from})`, "", async (event) => {
    event.target.disabled = true; // a second click would add the same results again
    try {
      const hits = await hitsOf(answer, from, from + shownAtFirst);
      if (answer !== shown) return;
      list.append(...hits);
      more();
      list.children[from].querySelector("a").focus();
    } catch (error) {
      fail(error);
    }
  }));
};

const fail = (error) => {
  base = undefined; // so that the next search tries again
  shown = undefined;
  found.className = "failed";
  found.hidden = browse.hidden = false;
  part("count").textContent = `The search cannot be loaded (${error.message}). The lists below lead to every incident.`;
  tell(part("count").textContent);
};

const search = async (text, typed) => {
  clearTimeout(timer);
  const mine = ++turn;
  try {
    if (!text.trim()) return await show({ empty: true });
    root.ariaBusy = "true"; // the style sheet says so when it takes long
    if (!shown) found.hidden = browse.hidden = true; // they stand where the results will be
    base ??= Base.open(root.dataset.index);
    const b = await base;
    const answer = await b.ask(text);
    if (mine !== turn) return;
    const suggesting = typed ? b.suggest(text).catch(() => []) : []; // the results can do without
    const [hits, suggestions] = await Promise.all([answer.empty ? [] : hitsOf(answer, 0, shownAtFirst), suggesting]);
    if (mine === turn) show(answer, hits, suggestions).catch(fail);
  } catch (error) {
    if (mine === turn) fail(error);
  } finally {
    if (mine === turn) root.ariaBusy = "false";
  }
};

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const text = box.value;
    address(text);
    search(/^\s*[!-~]?\s*$/.test(text) ? "" : text, true); // one letter says nothing; one sign of Chinese may
  }, pause);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (matchMedia("(pointer: coarse)").matches) box.blur(); // so that the keyboard does not cover the results
  go(box.value);
});

// On a phone, Enter is the key that puts the keyboard away. Everywhere else it
// opens the first result of what is in the box.
box.addEventListener("keydown", (event) => {
  const first = list.querySelector("a");
  if (event.key !== "Enter" || event.isComposing || !first || shown?.text !== box.value || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  address(box.value);
  press(first, event);
});

// The arrow keys go from the box through the results and back.
root.addEventListener("keydown", (event) => {
  const place = event.target.closest(".hit, #search-more");
  if (event.target !== box && !place) return;
  if (event.key === "Escape" && place) {
    event.preventDefault();
    box.focus();
    box.select();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [box, ...root.querySelectorAll(".hit-title, #search-more button")];
  const next = stops.indexOf(place ? place.querySelector(".hit-title, button") : box) + step;
  if (!shown || !stops[next]) return;
  event.preventDefault();
  stops[next].focus();
});

const fromAddress = () => {
  box.value = new URLSearchParams(location.search).get("q") || "";
  search(box.value);
};

part("times").append(chart.element);
addEventListener("popstate", fromAddress);
fromAddress();
