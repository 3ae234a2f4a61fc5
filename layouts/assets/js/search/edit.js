// Changes of a query's text by clicks, and suggestions while it is typed. Only
// the browser has this; a text is cut as query.js does it, and all else in it
// stays as it was typed.

import { daysOf, dayText } from "./narrow.js";
import { fieldOf, prepared, valuesOf } from "./query.js";
import { fold } from "./words.js";

const maxSuggestions = 6;
const [, noDayAfter] = daysOf("9999"); // that could be written

// quoted is a value as it is typed. Signs do not count, and a quote would end it.
const quoted = (value) => {
  const plain = value.replace(/["“”„]/g, " ").trim();
  return /[\s,]/.test(plain) ? `"${plain}"` : plain;
};

const nameOf = (field) => (field === "kind" ? "is" : field);

// filtersOf are the filters of some fields in a text that are not turned round.
const filtersOf = (text, ...fields) => prepared(text).tokens.filter((t) => !t.not && fields.includes(fieldOf.get(t.name)));

// replaced puts other filters in the place of some, or before everything else: the
// last word may still be being typed.
const replaced = (text, tokens, filter) => {
  const [first] = tokens;
  for (const t of tokens.toReversed()) {
    const put = t === first ? filter : "";
    const before = text.slice(0, t.start);
    const after = text.slice(t.end);
    if (put) text = before + put + after;
    else text = after ? before + after.trimStart() : before.trimEnd();
  }
  return first || !filter ? text : `${filter} ${text}`;
};

// toggle takes a value into the filters of a field, or out of them.
export const toggle = (text, field, value) => {
  const tokens = filtersOf(text, field);
  const values = tokens.map(valuesOf);
  const key = fold(value);
  const others = values.map((list) => list.filter((v) => fold(v) !== key));
  const on = others.some((list, i) => list.length < values[i].length);
  if (!tokens.length) return replaced(text, [], `${nameOf(field)}:${quoted(value)}`);
  if (!on) others[0].push(value);
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (on ? others[i].length < values[i].length : !i) text = replaced(text, [tokens[i]], others[i].length ? `${tokens[i].name}:${others[i].map(quoted).join(",")}` : "");
  }
  return text;
};

// span puts a range of days, the last one in it, in the place of all filters of
// days; an empty one is open.
export const span = (text, from, to) => {
  const filters = [];
  const [first] = daysOf(from) ?? [];
  const [, last] = daysOf(to) ?? [];
  if (first !== undefined) filters.push(`after:${dayText(first)}`);
  if (last < noDayAfter) filters.push(`before:${dayText(last + 1)}`);
  return replaced(text, filtersOf(text, "year", "after", "before"), filters.join(" "));
};

// countsOf is how many documents have each value of a field.
const countsOf = (facet) => {
  if (!facet.n) {
    facet.n = facet.values.map(() => 0);
    for (const v of facet.list) facet.n[v]++;
  }
  return facet.n;
};

// suggest returns services, tags and terms that begin with the word that is being
// typed, and then those that have a word which begins so; or values of the filter
// that is being typed.
export const suggest = (facets, names, typed) => {
  const { text, pasted, tokens } = prepared(typed);
  const last = tokens.at(-1);
  if (pasted || !last || last.not || last.quoted || last.end < typed.length) return [];
  const field = fieldOf.get(last.name);
  const piece = last.name ? last.text.split(",").at(-1) : last.text;
  const key = fold(piece);
  if (Array.from(key).length < 2 || !/[\p{L}\p{M}\p{N}]$/u.test(text)) return [];
  const list = [];
  const add = (name, rest) => {
    const other = fold(name);
    if (other !== key && `-${other}`.includes(`-${key}`)) list.push({ name, starts: other.startsWith(key), ...rest });
  };
  const fields = new Map([...facets.fields, ...names.fields.map((f) => [f.field, f])]);
  for (const of of last.name ? [field] : ["service", "tag"]) {
    const facet = fields.get(of);
    facet?.values?.forEach((value, v) => {
      const at = last.end - piece.length;
      const filter = last.name ? quoted(value) : `${nameOf(of)}:${quoted(value)}`;
      add(value, { field: of, n: countsOf(facet)[v], text: `${typed.slice(0, at)}${filter} ` });
    });
  }
  if (!last.name) for (const [name, url] of names.terms) add(name, { field: "term", url });
  return list
    .sort((a, b) => b.starts - a.starts)
    .slice(0, maxSuggestions)
    .map(({ starts, ...s }) => s);
};
