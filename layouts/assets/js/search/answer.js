// Answers to queries; mirrors answer.go, meaning.go, guess.go and rank.go in
// internal/search. Whole numbers only, so that the order is the same as in the
// terminal, to the last page.

import { closer, rarityOf } from "./closer.js";
import { Narrowing, counted } from "./narrow.js";
import { withPhrases } from "./phrase.js";
import { maxQueryWords, parse } from "./query.js";
import { distance, longWord, parts, words } from "./words.js";

const exactWeight = 16; // of a word as it was typed; those of other forms are parts of it
const joinedWeight = 16;
const shortWeight = 12;
const longerWeight = 4; // of a longer word than the one that is being typed, when that occurs itself
const maxGroups = 32; // words, and parts of words
const maxPassages = 8;
const maxShort = 4; // words that one may stand for
const smallWeight = 4; // by which the worth of a small word is divided
const baseFactor = 24; // beside how many of the words a page has
const pageFactor = 12; // of pages that are neither incident, playbook nor term, in sixteenths

// A group is a word of a query and its meanings, each one or more terms that a
// page has all of.
const meaning = (terms, weight = exactWeight) => ({ terms, weight });
const one = (typed, term) => ({ typed, meanings: [meaning([term])] });
const same = (m, o) => m.terms.length === o.terms.length && m.terms.every((t, i) => t.stem === o.terms[i].stem);

// found is what comes of one word: groups, and what is to be said of it.
const found = (groups = [], more) => ({ groups, without: [], corrected: [], ...more });
const all = (list) => found(list.flatMap((f) => f.groups), { without: list.flatMap((f) => f.without), corrected: list.flatMap((f) => f.corrected) });

export const ask = async (base, text) => {
  const q = parse(text);
  const wished = [...q.words];
  for (const p of q.phrases) {
    for (const w of p.not ? [] : p.words) {
      if (!wished.some((o) => o.text === w && !o.not)) wished.push({ text: w });
    }
  }
  wished.splice(maxQueryWords);
  const [facets, { groups, without, corrected }] = await Promise.all([base.facets(q.filters), groupsOf(base, wished, q.typing)]);
  const marks = marksOf(base, groups);
  const out = await excluded(base, q.words);
  const notes = [];
  const narrowing = new Narrowing(facets, q.filters, notes);
  const everything = !groups.length && narrowing.filters.length + notes.length + q.phrases.length + out.size > 0;
  let hits = (everything ? unranked(facets) : rank(base, facets, groups)).filter((h) => !out.has(h.doc));
  if (q.phrases.length) hits = await withPhrases(base, hits, q.phrases, narrowing, notes);
  const words = hits; // what they found, before it is narrowed
  const answer = {
    text,
    empty: !(q.words.length || q.filters.length || q.phrases.length),
    wished: groups.length,
    without, corrected, notes, marks, base,
    phrases: q.phrases,
    // facets fetches what the results can do without, and needs tells whether it
    // will. A newer base has other numbers, so it is asked for all of it.
    facets: (fields = counted) => base.tried(async (now) => {
      if (now !== base) return (await ask(now, text)).facets(fields);
      await Promise.all(fields.map((f) => base.field(f)));
      return narrowing.count(words, fields);
    }),
    needs: (field) => facets.fields.get(field)?.in === "own",
    chosen: narrowing.chosen(),
    months: narrowing.months(words),
    range: narrowing.range(),
  };
  hits = narrowing.allowed(hits);
  await closer(base, hits, q.text, marks, groups);
  for (const hit of hits) hit.answer = answer;
  return Object.assign(answer, { hits, total: hits.length });
};

// groupsOf finds the terms of the words. All files that it takes for that are
// fetched at once.
const groupsOf = async (base, wished, typing) => {
  const bare = wished.every((w) => w.not || base.stop.has(w.text));
  // Two words may be written as one elsewhere, and two, three or four stand for one.
  const runs = [];
  wished.forEach((w, i) => {
    for (let n = 2; n <= maxShort && i + n <= wished.length; n++) {
      const run = wished.slice(i, i + n);
      if (run.some((o, k) => o.not || (k && !o.near))) break;
      runs.push({ i, run: run.map((o) => o.text) });
    }
  });
  const [each, joined] = await Promise.all([
    Promise.all(wished.map((w, i) => (w.not ? base.shard(w.text).then(() => found()) : meanings(base, w.text, w.text === typing, bare)))),
    Promise.all(runs.map(({ run }) => together(base, run))),
  ]);
  let n = 0;
  const enough = each.findIndex((f) => (n += f.groups.length) > maxGroups);
  if (enough >= 0) each.splice(enough + 1);
  const { groups, corrected, ...rest } = all(each);
  let { without } = rest;
  const at = new Map(); // which group a word has
  n = 0;
  each.forEach((f, i) => {
    n += f.groups.length;
    if (f.groups.length) at.set(i, n - 1);
  });
  runs.forEach(({ i, run }, k) => {
    if (!joined[k].length) return;
    const known = run.map((_, j) => at.get(i + j)).filter((g) => g !== undefined);
    for (const g of known) groups[g].meanings.push(...joined[k]);
    if (!known.length) at.set(i, groups.push({ typed: run[0], meanings: [...joined[k]] }) - 1);
    without = without.filter((w) => !run.includes(w));
  });
  // Words that come to the same are one wish.
  const different = [];
  for (const g of groups) if (!different.some((o) => same(g.meanings[0], o.meanings[0]))) different.push(g);
  different.splice(maxGroups);
  // Words that say little count for less, unless there are no others.
  const small = different.map((g) => base.meta.small.includes(g.typed) || base.stop.has(g.typed)); // a stop word is here as what is being typed
  if (small.includes(false)) different.forEach((g, i) => (g.small = small[i]));
  await Promise.all(different.flatMap((g) => g.meanings.flatMap((m) => m.terms.map((t) => base.filled(t)))));
  return { groups: different, without, corrected };
};

// together is what some words mean that are written as one, or stand for one.
const together = async (base, run) => {
  const [list, term] = await Promise.all([short(base, run.join(" ")), run.length === 2 && base.word(run.join(""))]);
  return term ? [...list, meaning([term], joinedWeight)] : list;
};

// short is what a short form stands for, or what is written short.
const short = async (base, word) => {
  const texts = (await base.shard(word))?.also.get(word) ?? [];
  const list = await Promise.all(texts.map((text) => Promise.all(text.split(" ").map((stem) => base.term(stem)))));
  return list.filter((terms) => terms.every(Boolean)).map((terms) => meaning(terms, shortWeight));
};

// meanings finds what a word stands for: nothing for a stop word unless there are
// only such; several groups for a compound of which only the parts occur.
const meanings = async (base, word, typing, bare) => {
  const [occurs, shorts, longer] = await Promise.all([base.word(word), short(base, word), typing && Array.from(word).length > 1 ? base.completions(word) : []]);
  const term = (bare || !base.stop.has(word)) && occurs;
  const list = term ? [meaning([term]), ...shorts] : shorts;
  const weight = list.length ? longerWeight : exactWeight;
  for (const t of longer) {
    const m = meaning([t], weight);
    if (!list.some((o) => same(o, m))) list.push(m);
  }
  if (list.length) return found([{ typed: word, meanings: list }]);
  if (base.stop.has(word)) return found();
  const [w, ...others] = words(word);
  const pieces = w && !others.length ? parts(w) : [];
  if (pieces.length) return all(await Promise.all(pieces.map((p) => meanings(base, p.text))));
  return guesses(base, word);
};

// guesses finds what a word that does not occur was meant for.
const guesses = async (base, word) => {
  const letters = Array.from(word);
  const traced = await base.traced(letters);
  if (traced) return found([one(word, traced)]);
  const right = await base.corrected(letters, letters.length >= longWord ? 2 : 1);
  const instead = async () => {
    const term = await base.word(right);
    return term ? found([one(word, term)], { corrected: [{ typed: word, taken: right }] }) : found();
  };
  if (right && distance(letters, Array.from(right), 1) <= 1) return instead();
  const pair = await split(base, letters);
  if (pair) return found(pair.groups, { corrected: [{ typed: word, taken: pair.taken }] });
  if (right) return instead();
  const kin = await related(base, word, letters);
  return kin ? found([one(word, kin)]) : found([], { without: [word] });
};

// split parts a word that is two run together. Of several ways it takes the one
// whose rarer word is the most frequent.
const split = async (base, letters) => {
  const ways = await Promise.all(
    letters.slice(3, -2).map(async (_, i) => {
      const [left, right] = [letters.slice(0, i + 3).join(""), letters.slice(i + 3).join("")];
      const l = await base.word(left);
      const r = (l || base.stop.has(left)) && (await base.word(right));
      if (!r && !(l && base.stop.has(right))) return undefined;
      const groups = [l && one(left, l), r && one(right, r)].filter(Boolean);
      return { groups, taken: `${left} ${right}`, often: Math.min(...groups.map((g) => g.meanings[0].terms[0].n)) };
    }),
  );
  let best;
  for (const way of ways) if (way?.often > (best?.often ?? 0)) best = way;
  return best;
};

// related finds the term of a word that begins like this one and ends otherwise:
// of those that share most, the most frequent.
const related = async (base, word, letters) => {
  const terms = [...((await base.shard(word))?.terms.values() ?? [])];
  for (let n = letters.length - 1; n >= Math.max(4, letters.length - 3); n--) {
    const start = letters.slice(0, n).join("");
    let best;
    for (const t of terms) {
      if (t.stem.startsWith(start) && Array.from(t.stem).length <= n + 3 && t.n > (best?.n ?? 0)) best = t;
    }
    if (best) return best;
  }
  return undefined;
};

// excluded are the documents that have a word which is not wished for.
const excluded = async (base, list) => {
  const terms = await Promise.all(list.filter((w) => w.not).map((w) => base.word(w.text).then((t) => base.filled(t))));
  return new Set(terms.flatMap((t) => (t ? [...t.docs] : [])));
};

// marksOf collects the words that are to be marked, and their stems: all that
// have the stem of one that was found.
const marksOf = (base, groups) => {
  const stems = new Set(groups.flatMap((g) => g.meanings.flatMap((m) => m.terms.map((t) => t.stem))));
  const marks = new Map(groups.map((g) => [g.typed, g.meanings[0].terms[0].stem])); // whatever form it was found by
  for (const stem of stems) marks.set(stem, stem);
  for (const n of new Set(Array.from(stems, (stem) => base.shardOf(stem)))) {
    for (const [word, stem] of base.shards.get(n).words) if (stems.has(stem) && base.shardOf(stem) === n) marks.set(word, stem);
  }
  return marks;
};

// spread has a bit in each byte for each bit of its place.
const spread = Uint32Array.from({ length: 16 }, (_, bits) => (bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21));

const hitOf = (doc, part, has, score) => ({ doc, part, has, score, answer: undefined });

const unranked = (facets) => Array.from(facets.newest, (doc) => hitOf(doc, 0, 0, 0));

// rank scores the documents that have any of the words: for each word the term's
// rarity times the document's impact, summed, times a number that grows with how
// many of the words the document has, and how many one passage has.
// Objects are made of the documents only once they are in order.
// How many words each passage has is counted in a byte of a number, for four
// passages at once: there are no more than maxGroups.
const rank = (base, facets, groups) => {
  const docs = base.meta.docs;
  const scores = new Float64Array(docs);
  const has = new Uint16Array(docs);
  const counts = [new Uint32Array(docs), new Uint32Array(docs)]; // of the first four passages, and of the others
  const gains = new Float64Array(docs);
  const near = new Uint8Array(docs);
  const order = [];
  for (const g of groups) {
    const worth = g.small ? Math.max(1, Math.floor(rarityOf(g) / smallWeight)) : rarityOf(g);
    const touched = [];
    for (const m of g.meanings) {
      postings(m, (doc, impact, bits) => {
        if (!gains[doc]) touched.push(doc);
        gains[doc] = Math.max(gains[doc], worth * impact * m.weight);
        near[doc] |= bits;
      });
    }
    for (const doc of touched) {
      if (!scores[doc]) order.push(doc);
      scores[doc] += gains[doc];
      if (!g.small) {
        has[doc]++;
        counts[0][doc] += spread[near[doc] & 15];
        counts[1][doc] += spread[near[doc] >> 4];
      }
      gains[doc] = near[doc] = 0;
    }
  }
  const best = new Uint8Array(docs); // passages
  for (const doc of order) {
    let most = counts[0][doc] & 255;
    for (let n = 1; n < maxPassages; n++) {
      const count = (counts[n >> 2][doc] >>> (8 * (n & 3))) & 255;
      if (count > most) {
        most = count;
        best[doc] = n;
      }
    }
    scores[doc] *= (baseFactor + has[doc] ** 2 + most ** 2) * (facets.pages[doc] ? pageFactor : 16);
  }
  const { place } = facets;
  const sorted = Uint32Array.from(order).sort((x, y) => scores[y] - scores[x] || place[x] - place[y]);
  return Array.from(sorted, (doc) => hitOf(doc, best[doc], has[doc], scores[doc]));
};

// postings goes through the documents that have all the terms of a meaning.
const postings = ({ terms: [first, ...others] }, use) => {
  const at = others.map(() => 0);
  const { docs, impacts, parts } = first;
  next: for (let i = 0; i < docs.length; i++) {
    let impact = impacts[i];
    let bits = parts[i];
    for (let k = 0; k < others.length; k++) {
      const t = others[k];
      while (t.docs[at[k]] < docs[i]) at[k]++;
      if (t.docs[at[k]] !== docs[i]) continue next;
      impact = (impact + t.impacts[at[k]]) >> 1;
      bits = bits & t.parts[at[k]] || bits | t.parts[at[k]];
    }
    use(docs[i], impact, bits);
  }
};
