// Ranking, the same as Lists.Query in internal/search/query.go: whole numbers
// only, so that the order is the same to the last document.

import { Reader } from "./lists.js";
import { queryWords } from "./words.js";

// rank returns the documents for a query, best first, the words that no
// document has, and the words to mark.
export const rank = async (lists, query) => {
  const words = queryWords(query);
  const terms = await Promise.all(words.map((word) => lists.term(word)));
  const missing = [];
  const marked = new Set();
  const stems = new Set();
  const sums = new Map();
  terms.forEach((term, i) => {
    if (!term) {
      if (!lists.stop.has(words[i])) missing.push(words[i]);
      return;
    }
    marked.add(words[i]).add(term.stem);
    for (const [word, stem] of term.shard.words) {
      if (stem === term.stem) marked.add(word);
    }
    if (stems.has(term.stem)) return;
    stems.add(term.stem);
    const reader = new Reader(term.postings);
    let doc = 0;
    for (let n = term.count; n > 0; n--) {
      doc += reader.number();
      const gain = term.rarity * reader.byte();
      const sum = sums.get(doc);
      if (sum) {
        sum.score += gain;
        sum.has++;
      } else {
        sums.set(doc, { doc, score: gain, has: 1 });
      }
    }
  });
  const hits = [...sums.values()];
  for (const hit of hits) hit.score *= hit.has * hit.has;
  hits.sort((a, b) => b.score - a.score || a.doc - b.doc);
  return { hits, missing, marked };
};
