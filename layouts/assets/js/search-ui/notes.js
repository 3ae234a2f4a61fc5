// What a search did otherwise than it was told, in words. A part of a note is a
// text, or { text, change }: a better word, and what becomes of the query with it.

import { corrected } from "./told.js";

// fields are what filters are about that go by another name too.
const fields = { is: "kind", sev: "severity", services: "service", tags: "tag", factors: "factor" };

// choices are better words, if there are any, with something around them.
const choices = (before, words, change, between, after) =>
  words.length ? [...words.flatMap((text, i) => [i ? between : before, { text, change: (query, base) => change(query, base, text) }]), after] : [];

const meant = (words, change) => choices(" Did you mean ", words, change, " or ", "?");

const parts = {
  value({ field: name, typed, near, all }) {
    const field = fields[name] || name;
    const change = (query, base, right) => base.toggle(base.toggle(query, field, typed), field, right);
    const others = all.filter((v) => !near.includes(v));
    return [`No ${field} is called “${typed}”.`, ...meant(near, change), ...choices(near.length ? " Others: " : " There are: ", others, change, ", ", ".")];
  },
  field({ typed, near, all }) {
    const change = (query, base, right) => query.replace(new RegExp(`${typed}:`, "i"), `${right}:`); // both are letters only
    return [`There is no filter “${typed}:”.`, ...(near.length ? meant(near, change) : choices(" There are: ", all, change, ", ", "."))];
  },
  date: ({ field, typed }) => [`“${typed}” is not a date. For ${field}: write 2026, 2026-03 or 2026-03-12.`],
  phrase: ({ typed }) => [`No page has “${typed}” word for word, so its words were searched for.`],
  cap: ({ read, of }) => [`The exact words were looked for in the ${read} best of ${of} pages only.`],
};

// notes returns the notes of an answer, each a list of parts.
export const notes = (answer) => [...corrected(answer).map((text) => [text]), ...answer.notes.map((n) => parts[n.kind](n))];

// plain is a note as text alone.
export const plain = (note) => note.map((part) => part.text || part).join("");
