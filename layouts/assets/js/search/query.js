// What a query asks for; mirrors internal/search/query.go.

import { distance, lower, near, trim, words } from "./words.js";

const maxQuery = 2000; // characters
export const maxQueryWords = 24;
const pastedWords = 12; // a longer text was pasted: quotes and minus signs in it are no operators

// fieldOf gives the field that a filter's name stands for.
export const fieldOf = new Map(Object.entries({
  service: "service", services: "service", severity: "severity", sev: "severity", tag: "tag", tags: "tag", factor: "factor", factors: "factor",
  status: "status", year: "year", is: "kind", kind: "kind", after: "after", before: "before",
}));

// helpful are the names that people are told of.
export const helpful = ["service", "severity", "tag", "factor", "status", "year", "after", "before", "is"];

const nearName = (name) => {
  const [first] = near(name, helpful);
  return name.length > 3 && first && distance(Array.from(lower(name)), Array.from(first), 2) <= 2;
};

const spaces = /^\p{White_Space}+/u;

// cutQuery parts a query at spaces that are not within quotes. Each token knows
// where it stands.
export const cutQuery = (text, operators) => {
  const tokens = [];
  for (let at = 0; ; ) {
    at += text.slice(at).match(spaces)?.[0].length ?? 0;
    if (at >= text.length) return tokens;
    const t = { start: at, not: false, name: "", quoted: false };
    if (operators && /^-[^\t-\r -]/.test(text.slice(at))) {
      t.not = true;
      at++;
    }
    const [whole, name, after] = text.slice(at).match(/^([A-Za-z]+):(\P{White_Space})/u) ?? [];
    // In a pasted text they are filters only where it begins, since that is where
    // the search page puts them.
    const leading = operators || tokens.every((t) => t.name);
    if (whole && ((leading && fieldOf.has(lower(name))) || (operators && after !== "/" && nearName(name)))) {
      t.name = lower(name);
      at += name.length + 1;
    }
    const rest = text.slice(at);
    const quote = operators && !t.name && /^"(?:([^"]*)"|([^]+))/.exec(rest);
    if (quote) {
      t.quoted = true;
      t.text = quote[1] ?? quote[2];
      at += quote[0].length;
    } else {
      t.text = (operators || t.name ? /^(?:"[^"]*(?:"|$)|[^"\p{White_Space}])*/u : /^\P{White_Space}*/u).exec(rest)[0];
      at += t.text.length;
    }
    t.end = at;
    tokens.push(t);
  }
};

// valuesOf are the values of a filter's token, with commas between them.
export const valuesOf = (token) =>
  (token.text.match(/(?:"[^"]*"?|[^",])+/g) ?? [])
    .map((v) => trim(v).replace(/^"+|"+$/g, ""))
    .filter(Boolean);

// prepared is a text as it is cut, its places the same as those of the text.
export const prepared = (text) => {
  text = text.toWellFormed();
  if (text.length > maxQuery) text = Array.from(text.slice(0, 2 * maxQuery)).slice(0, maxQuery).join("");
  text = text.replace(/[“”„]/g, '"');
  const pasted = words(text).length > pastedWords || /[\n\r]/.test(trim(text));
  return { text, pasted, tokens: cutQuery(text, !pasted) };
};

// parse reads a query. Every text is one.
export const parse = (typed) => {
  const { text, pasted, tokens } = prepared(typed);
  const q = { text, words: [], phrases: [], filters: [] };
  for (const t of tokens) add(q, t, pasted);
  const last = tokens.at(-1);
  // The word that the text ends in may be the beginning of a longer one.
  const open = !pasted && last && !last.name && !last.quoted && !last.not && /[\p{L}\p{M}\p{N}]$/u.test(text);
  q.typing = open ? words(last.text).at(-1).text : "";
  if (pasted) q.words = q.words.filter(telling);
  q.words = q.words.slice(0, maxQueryWords);
  return q;
};

const add = (q, t, pasted) => {
  const list = words(t.text);
  if (t.name) {
    const values = valuesOf(t);
    if (values.length) q.filters.push({ name: fieldOf.get(t.name) ?? "", typed: t.name, values, not: t.not });
  } else if (t.quoted) {
    if (list.length) q.phrases.push({ text: t.text, words: list.map((w) => w.text), not: t.not });
  } else {
    let before = -1;
    for (const { start, end, text } of list) {
      const close = before < 0 || (start === before + 1 && t.text[before] === "-");
      before = end;
      if (q.words.some((o) => o.text === text && o.not === t.not)) continue;
      q.words.push({ text, not: t.not, near: close && q.words.length > 0 && !pasted });
    }
  }
};

// telling tells of a word of a pasted text whether it may stand in an incident
// too: numbers, addresses, hashes and times do not.
const telling = ({ text }) => {
  const count = (signs) => text.match(signs)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  return letters >= 2 && count(/\p{N}/gu) <= Math.floor(letters / 2);
};
