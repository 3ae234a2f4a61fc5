// Phrases are looked for in the texts of pages; mirrors internal/search/phrase.go.

import { phraseIn } from "./excerpt.js";
import { parts, words } from "./words.js";

const maxRead = 200; // pages that are read

// withPhrases keeps the hits that have the phrases. It reads those that have all
// words of a phrase, the best first. A phrase that no page has is noted and left out.
export const withPhrases = async (base, hits, phrases, narrowing, notes) => {
  const stretches = await Promise.all(phrases.map((p) => withWords(base, p)));
  let candidates = hits.filter(({ doc }) => stretches.some((docs) => docs.has(doc)));
  candidates = [...new Set([...narrowing.allowed(candidates), ...candidates])]; // those that the filters leave out are read for the facets only
  if (candidates.length > maxRead) notes.push({ kind: "cap", read: maxRead, of: candidates.length });
  const has = phrases.map(() => new Set());
  await Promise.all(
    candidates.slice(0, maxRead).map(async (hit) => {
      const found = await Promise.all(phrases.map((p, i) => reads(base, hit.doc, stretches[i].get(hit.doc) ?? 0, p)));
      found.forEach((part, i) => {
        if (part < 0) return;
        has[i].add(hit);
        if (!phrases[i].not) hit.part = part;
      });
    }),
  );
  const known = phrases.map((p, i) => {
    const take = p.not || has[i].size > 0;
    if (!take) notes.push({ kind: "phrase", typed: p.text });
    return take;
  });
  return hits.filter((hit) => phrases.every((p, i) => !known[i] || has[i].has(hit) !== p.not));
};

// withWords returns the documents that have all words of a phrase, and the
// passages in which they stand together, a bit for each.
const withWords = async (base, phrase) => {
  let docs;
  for (const w of phrase.words) {
    const term = await base.filled(await base.word(w));
    if (!term) {
      if (base.stop.has(w) || words(w).some((x) => parts(x).length)) continue; // the text will tell
      return new Map();
    }
    const both = new Map();
    term.docs.forEach((doc, i) => {
      const bits = term.parts[i] || 1; // in the title only, which every passage comes with
      if (!docs) both.set(doc, bits);
      else if (docs.has(doc)) both.set(doc, bits & docs.get(doc) || 1);
    });
    docs = both;
  }
  return docs ?? new Map(Array.from({ length: base.meta.docs }, (_, doc) => [doc, 1]));
};

// reads looks for a phrase in the title and in some passages of a page, and
// returns the number of the one that has it, or -1.
const reads = async (base, doc, bits, phrase) => {
  for (let part = 0; bits >> part; part++) {
    if (!((bits >> part) & 1)) continue;
    const { title, sections } = await base.read(doc, part);
    if ([title, ...sections.flatMap(([, heading, text]) => [heading, text])].some((text) => phraseIn(text, phrase))) return part;
  }
  return -1;
};
