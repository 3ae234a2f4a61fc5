// What a result shows of a page; mirrors internal/search/excerpt.go.

import { parts, words } from "./words.js";

const length = 30; // of an excerpt, in words

// passage returns the stretch of a card's text with the most different marked
// words, the first of those that are equal; without any the beginning, of an incident
// what its front matter says or else its first section.
export const passage = (card, answer) => {
  let best = { pieces: [], heading: "", id: "", before: false, after: false };
  let bestScore = -2;
  for (const [i, [id, heading, text]] of card.sections.entries()) {
    if (!text) continue;
    const list = words(text);
    let [from, score] = window(hitsOf(list, answer));
    if (words(heading).some((w) => answer.marks.has(w.text))) score += 50;
    if (!score && !heading && card.kind === "incident" && !(card.front && !i)) score = -1;
    if (score <= bestScore) continue;
    bestScore = score;
    const to = Math.min(list.length, from + length);
    const before = from > 0;
    const after = to < list.length;
    const pieces = piecesOf(text, before ? list[from].start : 0, after ? list[to - 1].end : text.length, places(list.slice(from, to), answer));
    best = { pieces, heading, id, before, after };
  }
  return best;
};

// marked returns a text in pieces, the words that were asked for marked.
export const marked = (text, answer) => piecesOf(text, 0, text.length, places(words(text), answer));

// hitsOf tells of each word what it is marked for, or is empty.
const hitsOf = (list, { marks, phrases }) => {
  const hits = list.map((w) => (marks.has(w.text) ? w.text : (parts(w).find((p) => marks.has(p.text))?.text ?? "")));
  for (const p of phrases) {
    for (let i = 0; !p.not && i < list.length; i++) {
      if (phraseAt(list, i, p)) p.words.forEach((w, k) => (hits[i + k] = `${w}\0`)); // more than the word alone
    }
  }
  return hits;
};

// places are the stretches of a text that are marked.
const places = (list, answer) => {
  const found = [];
  const add = ({ start, end }) => {
    const last = found.at(-1);
    if (last?.end >= start) last.end = Math.max(last.end, end); // pairs of ideographs overlap
    else found.push({ start, end });
  };
  const hits = hitsOf(list, answer);
  list.forEach((w, i) => {
    if (!hits[i]) return;
    if (answer.marks.has(w.text) || hits[i].endsWith("\0")) add(w);
    else parts(w).filter((p) => answer.marks.has(p.text)).forEach(add);
  });
  return found;
};

const piecesOf = (text, at, end, found) => {
  const pieces = [];
  for (const place of found) {
    if (place.start > at) pieces.push({ text: text.slice(at, place.start), marked: false });
    pieces.push({ text: text.slice(place.start, place.end), marked: true });
    at = place.end;
  }
  if (end > at) pieces.push({ text: text.slice(at, end), marked: false });
  return pieces;
};

// window returns where the best run of words begins, a few before its first mark,
// and its score: different words count most.
const window = (hits) => {
  const counts = new Map();
  const count = (word, by) => {
    const n = (counts.get(word) ?? 0) + by;
    if (n) counts.set(word, n);
    else counts.delete(word);
    marks += by;
  };
  let marks = 0;
  let score = 0;
  let first = -1;
  hits.forEach((word, i) => {
    if (word) count(word, 1);
    if (hits[i - length]) count(hits[i - length], -1);
    const s = 100 * counts.size + marks;
    if (s > score) {
      score = s;
      first = Math.max(0, i - length + 1);
    }
  });
  if (first < 0) return [0, 0];
  while (!hits[first]) first++;
  return [Math.max(0, Math.min(first - 4, hits.length - length)), score];
};

const phraseAt = (list, at, phrase) => phrase.words.every((w, i) => list[at + i]?.text === w);

// phraseIn tells whether a text has a phrase, whatever stands between its words
// that is no word.
export const phraseIn = (text, phrase) => {
  const list = words(text);
  return list.some((_, i) => phraseAt(list, i, phrase));
};
