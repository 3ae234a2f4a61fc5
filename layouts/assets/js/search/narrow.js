// Filters, and what they can be; mirrors internal/search/narrow.go and facet.go.

import { Reader, damaged } from "./bytes.js";
import { helpful } from "./query.js";
import { fold, near } from "./words.js";

export const noDay = -(2 ** 40);
const always = 2 ** 40;
const maxNoteAll = 12;

export const dayText = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

// decodeFacets reads search/facets.bin. Some fields are apart: their columns are in
// search/labels.bin.
export const decodeFacets = (bytes, generation, all) => {
  const r = new Reader(bytes);
  r.head("DF2", generation);
  const text = r.text(r.number());
  let head;
  try {
    head = JSON.parse(text);
  } catch {
    throw damaged();
  }
  let last = 0;
  const days = Array.from({ length: all }, () => {
    const n = r.number() - 1;
    if (n < 0) return noDay;
    last += n % 2 ? -(n + 1) / 2 : n / 2;
    if (Math.abs(last) > 4e6) throw damaged();
    return last;
  });
  const dates = days.map((day) => (day === noDay ? "" : dayText(day)));
  const facets = { fields: new Map(), days, dates, terms: head.terms };
  for (const field of head.fields) facets.fields.set(field.field, field.apart ? field : { ...field, docs: column(r, field, all) });
  if (!r.ended) throw damaged();
  const years = [...new Set(dates.filter(Boolean).map((d) => d.slice(0, 4)))].sort().reverse();
  facets.fields.set("year", { values: years, docs: dates.map((d) => (d ? [years.indexOf(d.slice(0, 4))] : [])) });
  return facets;
};

// decodeLabels reads search/labels.bin.
export const decodeLabels = (bytes, generation, facets) => {
  const r = new Reader(bytes);
  r.head("DF2", generation);
  for (const field of facets.fields.values()) if (field.apart) field.docs = column(r, field, facets.days.length);
  if (!r.ended) throw damaged();
};

// column reads of each document the numbers of its values.
const column = (r, { single, values }, all) => {
  const counts = Array.from({ length: all }, () => (single ? 1 : r.number()));
  return counts.map((n) => {
    const list = [];
    for (; n > 0; n--) {
      const v = r.number() - (single ? 1 : 0);
      if (v >= values.length) throw damaged();
      if (v >= 0) list.push(v);
    }
    return list;
  });
};

// daysOf returns the first and the last day of "2026", "2026-03" or "2026-03-12".
export const daysOf = (text) => {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year) return undefined;
  const at = (y, m, d) => new Date(0).setUTCFullYear(y, m, d) / 864e5;
  const first = at(+year, month ? month - 1 : 0, day ?? 1);
  if (!dayText(first).startsWith(text)) return undefined; // there is no such day
  return [first, (day ? first + 1 : month ? at(+year, +month, 1) : at(+year + 1, 0, 1)) - 1];
};

// Narrowing is the filters of a query. What makes no sense is noted.
export class Narrowing {
  constructor(facets, filters, notes) {
    this.facets = facets;
    this.filters = [];
    for (const { name, typed, values, not } of filters) {
      if (!name) {
        notes.push({ kind: "field", typed, near: near(typed, helpful), all: helpful });
      } else if (name === "after" || name === "before") {
        const [first] = daysOf(values[0]) ?? [];
        if (first === undefined) notes.push({ kind: "date", field: name, typed: values[0] });
        else this.filters.push(name === "after" ? { field: "date", not, from: first, to: always } : { field: "date", not, from: noDay + 1, to: first - 1 });
      } else {
        this.choose(name, typed, values, not, notes);
      }
    }
  }

  // choose takes the values of one filter that exist.
  choose(field, typed, wanted, not, notes) {
    const all = this.facets.fields.get(field)?.values ?? [];
    const values = [];
    for (const value of wanted) {
      const i = all.findIndex((v) => fold(v) === fold(value));
      if (i < 0) notes.push({ kind: "value", field: typed, typed: value, near: near(value, all), all: all.slice(0, maxNoteAll) });
      else values.push(i);
    }
    if (values.length) this.filters.push({ field, not, values });
  }

  has(f, doc) {
    const day = this.facets.days[doc];
    const ok = f.field === "date" ? day !== noDay && day >= f.from && day <= f.to : this.facets.fields.get(f.field).docs[doc].some((v) => f.values.includes(v));
    return ok !== f.not;
  }

  // allows tells whether all filters let a document through, but for those by
  // which one field was chosen.
  allows(doc, field) {
    return this.filters.every((f) => {
      const dates = field === "date" && (f.field === "year" || f.field === "date");
      return ((f.field === field || dates) && !f.not) || this.has(f, doc);
    });
  }

  // count counts the values of the documents that the words found.
  count(hits) {
    const groups = [];
    for (const field of ["kind", "severity", "service", "factor", "year"]) {
      const facet = this.facets.fields.get(field);
      if (!facet) continue;
      const counts = facet.values.map(() => 0);
      for (const { doc } of hits) if (this.allows(doc, field)) for (const v of facet.docs[doc]) counts[v]++;
      const values = facet.values
        .map((value, v) => ({ value, name: value, n: counts[v], on: this.filters.some((f) => f.field === field && !f.not && f.values.includes(v)) }))
        .filter(({ n, on }) => n || on);
      if (field !== "year" && field !== "severity") values.sort((a, b) => b.n - a.n);
      if (values.length) groups.push({ field, values });
    }
    return groups;
  }

  // months are those of the documents that the words found, on any date.
  months(hits) {
    const months = new Map();
    for (const { doc } of hits) {
      const month = this.facets.dates[doc].slice(0, 7);
      if (month && this.allows(doc, "date")) months.set(month, (months.get(month) ?? 0) + 1);
    }
    return [...months].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  // range is the days that the filters allow, or null where they say nothing of days.
  range() {
    const years = this.facets.fields.get("year").values;
    let from = noDay;
    let to = always;
    let said = false;
    for (const f of this.filters) {
      if (f.not || (f.field !== "date" && f.field !== "year")) continue;
      said = true;
      const spans = f.values?.map((v) => daysOf(years[v])) ?? [[f.from, f.to]];
      from = Math.max(from, Math.min(...spans.map(([first]) => first)));
      to = Math.min(to, Math.max(...spans.map(([, last]) => last)));
    }
    return said ? { from: from > noDay + 1 ? dayText(from) : "", to: to < always ? dayText(to) : "" } : null;
  }
}
