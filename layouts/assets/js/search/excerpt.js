// The passage of a document that has most of the words asked for, as
// Answer.Excerpt does it in internal/search/excerpt.go.

import { words } from "./words.js";

const length = 30; // words

// excerpt returns the passage as pieces of text, marked or not, the heading it
// stands under, and whether text was left out before and after.
export const excerpt = (sections, marked) => {
  let best = { pieces: [], heading: "", id: "", before: false, after: false };
  let bestScore = -1;
  for (const [id, heading, text] of sections) {
    if (!text) continue;
    const tokens = words(text);
    const hits = tokens.map((t) => (marked.has(t.word) ? t.word : ""));
    const { from, score } = window(hits);
    if (score <= bestScore) continue;
    bestScore = score;
    const to = Math.min(tokens.length, from + length);
    const pieces = [];
    let at = from > 0 ? tokens[from].start : 0;
    const end = to < tokens.length ? tokens[to - 1].end : text.length;
    for (let i = from; i < to; i++) {
      if (!hits[i]) continue;
      if (tokens[i].start > at) pieces.push({ text: text.slice(at, tokens[i].start) });
      pieces.push({ text: text.slice(tokens[i].start, tokens[i].end), marked: true });
      at = tokens[i].end;
    }
    if (end > at) pieces.push({ text: text.slice(at, end) });
    best = { pieces, heading, id, before: from > 0, after: to < tokens.length };
  }
  return best;
};

// window finds the best run of words: different words count most.
const window = (hits) => {
  const counts = new Map();
  let marks = 0;
  let score = 0;
  let first = -1;
  hits.forEach((word, i) => {
    if (word) {
      counts.set(word, (counts.get(word) || 0) + 1);
      marks++;
    }
    const out = hits[i - length];
    if (out) {
      if (counts.get(out) === 1) counts.delete(out);
      else counts.set(out, counts.get(out) - 1);
      marks--;
    }
    const s = 100 * counts.size + marks;
    if (s > score) {
      score = s;
      first = Math.max(0, i - length + 1);
    }
  });
  if (first < 0) return { from: 0, score: 0 };
  while (first < hits.length && !hits[first]) first++;
  return { from: Math.max(0, Math.min(first - 4, hits.length - length)), score };
};
