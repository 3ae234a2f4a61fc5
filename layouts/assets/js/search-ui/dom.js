// Small helpers of the search page and the palette. Everything that a search
// finds becomes text nodes: nothing here makes elements out of words.

// make returns an element with properties, or attributes where it has no such
// property. Children that are empty are left out.
export const make = (name, properties, ...children) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key in e) e[key] = value;
    else e.setAttribute(key, value);
  }
  e.append(...children.flat().filter(Boolean));
  return e;
};

// marks turns pieces of text into nodes.
export const marks = (pieces) => pieces.map((p) => (p.marked ? make("mark", null, p.text) : p.text));

// excerpt is a passage, with signs that there is more before and after it. They
// hold on to their words by a space that is no place to break a line.
export const excerpt = (p) => [p.before && "…\u00a0", ...marks(p.pieces), p.after && "\u00a0…"];

const names = "January February March April May June July August September October November December".split(" ");

// monthName is that of a date, 2026-03-12.
export const monthName = (date) => names[date.slice(5, 7) - 1];

// day writes a date as the lists of the site do, 12 Mar 2026.
export const day = (date) => `${Number(date.slice(8))} ${monthName(date).slice(0, 3)} ${Number(date.slice(0, 4))}`;

export const pages = (n) => (n === 1 ? "1 page" : `${n} pages`);

const kinds = { playbook: "Playbook", term: "Glossary", page: "Page" };

// facts are what helps to tell one hit from another: how bad, which, when, where.
// show marks the words that were asked for, since they may be why it was found.
export const facts = (card, show) => {
  const list = [];
  if (card.severity) list.push(make("span", { className: `badge sev-${card.rank}` }, make("span", { className: "vh" }, "Severity: "), card.severity));
  if (card.kind !== "incident") list.push(kinds[card.kind] || card.kind);
  if (card.date) list.push(make("time", { dateTime: card.date }, day(card.date)));
  if (card.id && card.id.length <= 24) list.push(make("span", null, show(card.id))); // a longer one was made by a machine
  if (card.services.length) list.push(make("span", null, show(card.services.join(", "))));
  return list.flatMap((fact, i) => (i ? [list[i - 1].className ? " " : " · ", fact] : [fact]));
};

// speaker returns a function that puts a text into a live region once the typing
// pauses, so that a screen reader is not told of every letter.
export const speaker = (region) => {
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (region.textContent = text), 400);
  };
};

// press follows a link for a key, in a new tab if Ctrl or ⌘ was held.
export const press = (link, { ctrlKey, metaKey }) => link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey }));
