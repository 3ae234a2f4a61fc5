// The search page. The query is in the address (?q=), so that a search can be
// shared and the back button works.

import { excerpt } from "./search/excerpt.js";
import { Lists } from "./search/lists.js";
import { rank } from "./search/rank.js";

const shownAtFirst = 10;

const root = document.getElementById("search");
const form = root.querySelector("form");
const box = form.elements.namedItem("q");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const browse = document.getElementById("search-browse");

let lists; // a promise, once the first query was made
let latest = 0; // the newest query; answers to older ones are dropped

const element = (name, className, text) => {
  const e = document.createElement(name);
  if (className) e.className = className;
  if (text) e.textContent = text;
  return e;
};

const hitElement = (card, marked) => {
  const li = element("li", "hit");
  const title = element("a", "hit-title", card.title);
  title.href = card.url;
  li.append(title);
  const id = card.id && card.id.length <= 24 ? card.id : ""; // a longer one was made by a machine
  const facts = [card.kind === "incident" ? card.severity : card.kind, id, card.date, (card.services || []).join(", ")];
  li.append(element("p", "hit-meta", facts.filter(Boolean).join(" · ")));
  const passage = excerpt(card.sections, marked);
  if (passage.pieces.length) {
    const p = element("p", "hit-excerpt");
    if (passage.before) p.append("… ");
    for (const piece of passage.pieces) p.append(piece.marked ? element("mark", "", piece.text) : piece.text);
    if (passage.after) p.append(" …");
    li.append(p);
  }
  return li;
};

const say = (found, missing) => {
  const parts = found === 1 ? ["1 page."] : found ? [`${found} pages.`] : missing.length ? [] : ["No page matches."];
  if (missing.length) parts.push(`No page has: ${missing.join(", ")}.`);
  if (!found) parts.push(browse.querySelector("li") ? "Try other words, or the lists below." : "Try other words.");
  status.textContent = parts.join(" ");
};

// show adds results from one place in the list on.
const show = async (query, index, answer, from) => {
  const some = answer.hits.slice(from, from + shownAtFirst);
  const cards = await Promise.all(some.map((hit) => index.card(hit.doc)));
  if (query !== latest) return;
  list.querySelector(".more")?.remove();
  list.append(...cards.map((card) => hitElement(card, answer.marked)));
  if (from > 0) list.children[from]?.querySelector("a").focus(); // the button that had the focus is gone
  const rest = answer.hits.length - from - some.length;
  if (rest > 0) {
    const li = element("li", "more");
    const more = element("button", "", `Show more (${rest})`);
    more.type = "button";
    more.addEventListener("click", () => {
      more.disabled = true; // a second click would add the same results again
      show(query, index, answer, from + some.length).catch(fail);
    });
    li.append(more);
    list.append(li);
  }
};

const fail = (error) => {
  lists = undefined; // so that the next query tries again
  list.replaceChildren();
  browse.hidden = false;
  status.textContent = `The search cannot be loaded (${error.message}). The lists below lead to every incident.`;
};

const search = async (text) => {
  const query = ++latest;
  if (!text.trim()) {
    list.replaceChildren();
    browse.hidden = false;
    status.textContent = "";
    return;
  }
  try {
    lists ??= Lists.open(root.dataset.index);
    const index = await lists;
    const answer = await rank(index, text);
    if (query !== latest) return;
    list.replaceChildren();
    browse.hidden = answer.hits.length > 0;
    await show(query, index, answer, 0);
    if (query === latest) say(answer.hits.length, answer.missing);
  } catch (error) {
    if (query === latest) fail(error);
  }
};

const fromAddress = () => {
  box.value = new URLSearchParams(location.search).get("q") || "";
  search(box.value);
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const url = new URL(location.href);
  url.search = box.value.trim() ? `?${new URLSearchParams({ q: box.value.trim() })}` : "";
  if (url.href !== location.href) history.pushState(null, "", url);
  search(box.value);
});

let timer;
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const url = new URL(location.href);
    url.search = box.value.trim() ? `?${new URLSearchParams({ q: box.value.trim() })}` : "";
    history.replaceState(null, "", url);
    search(box.value);
  }, 150);
});

addEventListener("popstate", fromAddress);
fromAddress();
