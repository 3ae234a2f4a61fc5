// Filters, and what they can be; mirrors internal/search/narrow.go and facet_read.go.

import { Reader, damaged, unpack } from "./bytes.js";
import { Decoder, numberKinds } from "./coder.js";
import { helpful } from "./query.js";
import { fold, near } from "./words.js";

export const noDay = -(2 ** 40);
const always = 2 ** 40;
const maxNoteAll = 12;
export const counted = ["kind", "severity", "service", "factor", "year"];

export const dayText = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

const magic = "DF4";

// decodeHead reads what the columns of a file are of.
const decodeHead = async (bytes, generation) => {
  const r = new Reader(bytes);
  r.head(magic, generation);
  const text = await unpack(r.bytes(r.number()));
  try {
    return { fields: JSON.parse(new TextDecoder().decode(text)).fields, columns: r.rest() };
  } catch {
    throw damaged();
  }
};

// decodeFacets reads search/facets.bin. Some fields are in other files.
export const decodeFacets = async (bytes, generation, all) => {
  const head = await decodeHead(bytes, generation);
  const d = new Decoder(head.columns, numberKinds);
  const days = new Float64Array(all).fill(noDay);
  for (let i = 0, last = 0; i < all; i++) {
    const n = d.number(0) - 1;
    if (n < 0) continue;
    last += n % 2 ? -(n + 1) / 2 : n / 2;
    if (Math.abs(last) > 4e6 || d.damaged) throw damaged();
    days[i] = last;
  }
  const facets = { fields: new Map(), days };
  for (const field of head.fields) facets.fields.set(field.field, field.in ? field : { ...field, ...column(d, field, all) });
  if (!d.ended()) throw damaged();
  const months = Array.from(days, (day) => (day === noDay ? "" : dayText(day).slice(0, 7)));
  facets.fields.set("month", derived(months, (a, b) => (a < b ? -1 : 1)));
  facets.fields.set("year", derived(months.map((month) => month.slice(0, 4)), (a, b) => b - a));
  const kind = facets.fields.get("kind");
  facets.pages = Uint8Array.from(days, (_, doc) => (kind && valuesOf(kind, doc).some((v) => kind.values[v] === "page") ? 1 : 0));
  // Of pages that score the same, the newest is first.
  facets.newest = Array.from(days.keys()).sort((a, b) => days[b] - days[a] || a - b);
  facets.place = new Uint32Array(all);
  facets.newest.forEach((doc, i) => (facets.place[doc] = i));
  return facets;
};

// decodeOwn reads the file of one field.
export const decodeOwn = async (bytes, generation, facets, field) => {
  const { fields, columns } = await decodeHead(bytes, generation);
  if (fields?.length !== 1 || fields[0].field !== field) throw damaged();
  return decodeColumns(columns, fields, facets);
};

// decodeLabels reads search/labels.bin, whose values are in search/names.json.
export const decodeLabels = (bytes, generation, facets, names) => {
  const r = new Reader(bytes);
  r.head(magic, generation);
  return decodeColumns(r.rest(), names.fields.filter((f) => f.in === "labels"), facets);
};

const decodeColumns = (columns, fields, facets) => {
  const d = new Decoder(columns, 0);
  const read = fields.map((field) => [field.field, { ...field, ...column(d, field, facets.days.length) }]);
  if (!d.ended()) throw damaged();
  for (const [name, facet] of read) facets.fields.set(name, facet);
  return facets;
};

const mostTold = 3;
const mostValueBits = 20;

// column reads the numbers of the values of all documents, and where those of each
// begin.
const column = (d, { single, values = [] }, all) => {
  const size = 32 - Math.clz32(values.length);
  if (size > mostValueBits) throw damaged();
  const kind = (i, of) => numberKinds + (((Math.min(of, mostTold) - 1) * mostTold + Math.min(i, mostTold - 1)) << size);
  const starts = new Uint32Array(all + 1);
  const list = [];
  d.begin(numberKinds + ((mostTold * mostTold) << size));
  for (let doc = 0; doc < all; doc++) {
    const of = single ? 1 : d.number(0);
    if (of > Math.max(1, values.length)) throw damaged();
    for (let i = 0; i < of; i++) {
      const v = d.tree(kind(i, of), size) - (single ? 1 : 0);
      if (v >= values.length || d.damaged) throw damaged();
      if (v >= 0) list.push(v);
    }
    starts[doc + 1] = list.length;
  }
  return { starts, list: Uint32Array.from(list) };
};

// derived is a field of which documents have one value each, or "".
const derived = (own, order) => {
  const values = [...new Set(own)].filter(Boolean).sort(order);
  const number = new Map(values.map((v, i) => [v, i]));
  const starts = new Uint32Array(own.length + 1);
  const list = [];
  own.forEach((value, doc) => {
    if (value) list.push(number.get(value));
    starts[doc + 1] = list.length;
  });
  return { values, starts, list: Uint32Array.from(list) };
};

// valuesOf are the numbers of a document's values.
export const valuesOf = ({ starts, list }, doc) => Array.from(list.subarray(starts[doc], starts[doc + 1]));

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
    const ok = f.field === "date" ? day !== noDay && day >= f.from && day <= f.to : valuesOf(this.facets.fields.get(f.field), doc).some((v) => f.values.includes(v));
    return ok !== f.not;
  }

  // allowed are the hits that all filters let through, but for those by which one
  // field was chosen.
  allowed(hits, field) {
    const dates = field === "date";
    const filters = this.filters.filter((f) => f.not || (f.field !== field && !(dates && f.field === "year")));
    return filters.length ? hits.filter(({ doc }) => filters.every((f) => this.has(f, doc))) : hits;
  }

  // counts are how many of the hits have each value of a field.
  counts(hits, { values = [], starts, list }) {
    const counts = new Uint32Array(values.length);
    for (let h = 0; h < hits.length; h++) {
      const { doc } = hits[h];
      for (let i = starts[doc], end = starts[doc + 1]; i < end; i++) counts[list[i]]++;
    }
    return counts;
  }

  // chosen are the values that are on.
  chosen() {
    return counted.flatMap((field) => {
      const { values = [] } = this.facets.fields.get(field) ?? {};
      return values.filter((_, v) => this.on(field, v)).map((value) => ({ field, value }));
    });
  }

  on(field, v) {
    return this.filters.some((f) => f.field === field && !f.not && f.values.includes(v));
  }

  // count counts the values of some fields in the documents that the words found.
  count(hits, fields) {
    const groups = [];
    for (const field of fields) {
      const facet = this.facets.fields.get(field);
      if (!facet) continue;
      const counts = this.counts(this.allowed(hits, field), facet);
      const values = (facet.values ?? [])
        .map((value, v) => ({ value, name: value, n: counts[v], on: this.on(field, v) }))
        .filter(({ n, on }) => n || on);
      if (field !== "year" && field !== "severity") values.sort((a, b) => b.n - a.n);
      if (values.length) groups.push({ field, values });
    }
    return groups;
  }

  // months are those of the documents that the words found, on any date.
  months(hits) {
    const month = this.facets.fields.get("month");
    const counts = this.counts(this.allowed(hits, "date"), month);
    return month.values.map((value, v) => [value, counts[v]]).filter(([, n]) => n);
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
