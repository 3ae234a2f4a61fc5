// The best pages are read to see which has the words next to each other; mirrors
// internal/search/closer.go. Their cards are shown anyway.

import { words } from "./words.js";

const closest = 10;
const smallWorth = 100; // of a word that is in every text, beside the rarity of others
const runFactor = 3;
const namedFactor = 8; // of a page whose title or id is asked for
const runSteps = 16; // so that the numbers stay small

// rarityOf is that of the most common of a group's terms.
export const rarityOf = (group) => Math.min(...group.meanings.flatMap((m) => m.terms.map((t) => t.rarity)));

// closer puts those of the first hits first that have the words of the query one
// after the other, and above all those whose title they are or whose id they hold.
export const closer = async (base, hits, text, marks, groups) => {
  const keys = (some) => words(some).map((w) => marks.get(w.text) ?? w.text); // those of one stem alike
  const asked = keys(text);
  const top = hits.slice(0, closest);
  if (!asked.length || top.length < 2) return;
  const worths = asked.map((key) => {
    const group = groups.findLast((g) => g.meanings.some((m) => m.terms[0].stem === key));
    return smallWorth + (group ? rarityOf(group) : 0);
  });
  const total = worths.reduce((a, b) => a + b);
  const cards = await Promise.all(top.map((hit) => base.read(hit.doc, hit.part)));
  top.forEach((hit, i) => {
    const { id = "", title, sections } = cards[i];
    const texts = [title, ...sections.flatMap(([, heading, body]) => [heading, body])].map(keys);
    const run = Math.max(...texts.map((some) => bestRun(asked, worths, some)));
    const steps = Math.floor((run * runSteps) / total);
    hit.score *= runSteps + Math.floor((runFactor * steps * steps) / runSteps);
    const named = keys(id);
    if (equal(asked, texts[0]) || (named.length && asked.some((_, k) => equal(asked.slice(k, k + named.length), named)))) hit.score *= namedFactor;
  });
  top.sort((a, b) => b.score - a.score);
  hits.splice(0, top.length, ...top);
};

const equal = (a, b) => a.length === b.length && a.every((w, i) => w === b[i]);

// bestRun is the worth of the best run of two words or more that the query and a
// text share.
const bestRun = (asked, worths, text) => {
  let best = 0;
  let before = [];
  for (const w of text) {
    const now = asked.map((q, i) => {
      if (q !== w) return 0;
      const run = (i && before[i - 1]) || 0;
      if (run) best = Math.max(best, run + worths[i]);
      return run + worths[i];
    });
    before = now;
  }
  return best;
};
