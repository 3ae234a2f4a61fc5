// The knowledge base as its files tell of it; mirrors internal/search/base.go, and
// guess.go and spelling.go as far as they read files. A Base is of one generation
// of the site. When the site is published anew it opens a newer one and asks that.

import { ask } from "./answer.js";
import { damaged, decode, decodeLong, decodeSpellings, error, stale, unpack } from "./bytes.js";
import { span, suggest, toggle } from "./edit.js";
import { marked } from "./excerpt.js";
import { decodeFacets, decodeLabels, decodeOwn } from "./narrow.js";
import { compare, distance, isIdeograph } from "./words.js";

const version = 5;
const cutPrefix = 4; // characters; no shard ends between words that share these
const maxCompletions = 4;
const minMistyped = 4;
const maxMistyped = 24;

const fetched = async (url, cache) => {
  const response = await fetch(url, { cache });
  // A file that has gone may have gone because the site was published anew.
  if (!response.ok) throw error(`${response.status} ${response.statusText}`, response.status === 404);
  return response;
};

const parsed = async (response) => {
  const text = await response.text();
  try {
    return JSON.parse(text) ?? {};
  } catch {
    throw damaged();
  }
};

const checked = (meta) => {
  if (meta.version !== version) throw error(`the site was built by another version of debrief (its search files are of version ${meta.version}, this is ${version})`);
  if (meta.generation?.length !== 12 || !(meta.docs >= 0)) throw damaged();
  return meta;
};

// named says in which file something went wrong.
const named = (path) => (e) => {
  throw error(`${path}: ${e.message}`, e.stale);
};

export class Base {
  // open reads what leads to all other files. Its name never changes, so the host
  // is asked whether it has.
  static async open(url, cache = "no-cache") {
    const base = new Base();
    base.url = new URL(url, document.baseURI);
    base.meta = await fetched(base.url, cache).then(parsed).then(checked).catch(named("index.json"));
    base.cache = cache === "reload" ? cache : "default"; // what was kept is then in doubt
    base.stop = new Set(base.meta.stop);
    base.endings = new Set(base.meta.endings);
    base.files = new Map(); // promises by path
    base.shards = new Map(); // those that have come, by number
    return base;
  }

  // tried does something with this base or, when the site was published anew, once
  // with a newer one.
  async tried(use) {
    if (this.newer) return (await this.newer).tried(use);
    try {
      return await use(this);
    } catch (e) {
      if (!e.stale) throw e;
    }
    try {
      this.newer ??= Base.open(this.url, "reload");
      return await use(await this.newer);
    } catch (e) {
      this.newer = undefined;
      throw e;
    }
  }

  ask(text) {
    return this.tried((base) => ask(base, text));
  }

  // card fetches what a result shows. A newer base has other numbers: the place
  // in the answer stays.
  card(hit) {
    const { answer } = hit;
    return this.tried(async (base) => {
      let now = hit;
      if (base !== answer.base) now = (await ask(base, answer.text)).hits[answer.hits.indexOf(hit)];
      if (!now) throw stale();
      const card = await base.read(now.doc, now.part);
      return { id: "", severity: "", rank: 0, date: "", services: [], ...card, title_hit: marked(card.title, answer).some((piece) => piece.marked) };
    });
  }

  toggle(text, field, value) {
    return toggle(text, field, value);
  }

  span(text, from, to) {
    return span(text, from, to);
  }

  // file fetches a file and reads it, once. When that fails it is forgotten, so
  // that the next one who asks tries again.
  file(path, read) {
    let file = this.files.get(path);
    if (!file) {
      const url = new URL(path, this.url);
      url.searchParams.set("v", this.meta.generation);
      file = fetched(url, this.cache).then(read).catch(named(path));
      this.files.set(path, file);
      file.catch(() => this.files.delete(path));
    }
    return file;
  }

  json(path, use = (data) => data) {
    return this.file(path, async (response) => {
      const data = await parsed(response);
      if (data.generation !== this.meta.generation) throw stale();
      return use(data);
    });
  }

  bytes(path, use) {
    return this.file(path, async (response) => use(await unpack(new Uint8Array(await response.arrayBuffer())), this.meta.generation));
  }

  // facets are what pages can be filtered by. What a filter needs of the other
  // files is fetched too.
  async facets(filters) {
    const facets = await this.bytes("facets.bin", (bytes, generation) => decodeFacets(bytes, generation, this.meta.docs));
    const names = filters.some(({ name }) => facets.fields.get(name)?.in === "labels") && this.json("names.json");
    await Promise.all([
      ...filters.map(({ name }) => this.field(name)),
      names && names.then((names) => this.bytes("labels.bin", (bytes, generation) => decodeLabels(bytes, generation, facets, names))),
    ]);
    return facets;
  }

  // field fetches a field that has a file of its own, unless it is there already.
  async field(name) {
    const facets = await this.facets([]);
    if (facets.fields.get(name)?.in === "own") await this.bytes(`field/${name}.bin`, (bytes, generation) => decodeOwn(bytes, generation, facets, name));
  }

  // suggest completes the word that is being typed.
  suggest(text) {
    return this.tried(async (base) => suggest(await base.facets([]), await base.json("names.json"), text));
  }

  read(doc, part) {
    return this.json(`doc/${doc}-${part}.json`);
  }

  // shardOf is the number of the shard whose range a text falls in, or -1.
  shardOf(text) {
    const prefix = Array.from(text.slice(0, 2 * cutPrefix)).slice(0, cutPrefix).join("");
    const firsts = this.meta.shards;
    return search(firsts.length, (i) => compare(firsts[i], prefix) > 0) - 1;
  }

  async shard(text) {
    const n = this.shardOf(text);
    if (n < 0) return undefined;
    return this.bytes(`shard/${n}.bin`, async (bytes, generation) => {
      const shard = await decode(bytes, generation, this.meta.docs);
      this.shards.set(n, shard);
      return shard;
    });
  }

  // filled fetches the postings of a term, unless it has them.
  async filled(term) {
    if (term && !term.docs) Object.assign(term, await this.bytes(`long/${term.long}.bin`, (bytes, generation) => decodeLong(bytes, generation, term.n, this.meta.docs)));
    return term;
  }

  async term(stem) {
    return (await this.shard(stem))?.terms.get(stem);
  }

  // word finds the term of a word that occurs, or of a stem.
  async word(word) {
    return this.term((await this.shard(word))?.words.get(word) ?? word);
  }

  // completions are the terms of words that begin with a text, those of most
  // documents first.
  async completions(start) {
    if (Array.from(start).length < cutPrefix) {
      const { words } = await this.json("heads.json");
      const some = words.filter((w) => w.startsWith(start)).slice(0, maxCompletions);
      const terms = await Promise.all(some.map((w) => this.word(w)));
      const list = new Set(terms.filter(Boolean));
      if (list.size) return [...list];
    }
    const shard = await this.shard(start);
    if (!shard) return [];
    const stems = new Set([...shard.terms.keys()].filter((stem) => stem.startsWith(start)));
    for (const [word, stem] of shard.words) if (word.startsWith(start)) stems.add(stem);
    return [...shard.terms.values()]
      .filter((t) => stems.has(t.stem))
      .sort((a, b) => b.n - a.n)
      .slice(0, maxCompletions);
  }

  // traced finds the term of a word that does not occur by taking off an ending
  // that words of this language have.
  async traced(letters) {
    for (let n = letters.length - 1; n >= 3 && n >= letters.length - 5; n--) {
      const term = this.endings.has(letters.slice(n).join("")) && (await this.word(letters.slice(0, n).join("")));
      if (term) return term;
    }
    return undefined;
  }

  // corrected returns the word that a mistyped one most likely is: with the fewest
  // mistakes, the same first letter, used most. (spelling.go)
  async corrected(letters, mistakes) {
    if (!canBeMistyped(letters)) return undefined;
    const { firsts } = await this.json("spelling.json");
    const lists = await Promise.all(
      ranges(letters, mistakes).map(async ([from, to]) => {
        const wanted = [];
        const start = Math.max(0, search(firsts.length, (i) => compare(firsts[i], from) >= 0) - 1);
        for (let n = start; n < firsts.length && compare(firsts[n], to) < 0; n++) wanted.push(this.bytes(`spelling/${n}.bin`, decodeSpellings));
        return (await Promise.all(wanted)).flat().filter(({ text }) => compare(text, from) >= 0 && compare(text, to) < 0);
      }),
    );
    let best;
    for (const { text, n } of lists.flat()) {
      const other = Array.from(text).slice(4); // without its key
      const far = distance(letters, other, mistakes);
      const c = { word: other.join(""), far, elsewise: other[0] !== letters[0], n };
      if (far <= mistakes && (!best || (far - best.far || c.elsewise - best.elsewise || best.n - n || compare(c.word, best.word)) < 0)) best = c;
    }
    return best?.word;
  }
}

// search is the first of n numbers for which something is true.
const search = (n, is) => {
  let low = 0;
  while (low < n) {
    const middle = (low + n) >> 1;
    if (is(middle)) n = middle;
    else low = middle + 1;
  }
  return low;
};

const canBeMistyped = (letters) => {
  const text = letters.join("");
  const digits = text.match(/\p{N}/gu)?.length ?? 0;
  return letters.length <= maxMistyped && digits <= 2 && letters.length - digits >= minMistyped && /^[\p{L}\p{N}]+$/u.test(text) && !letters.some(isIdeograph);
};

// ranges are the keys under which the word may stand that another one was typed
// for, the last not in it.
const ranges = (letters, mistakes) => {
  const n = letters.length;
  const list = new Map();
  const add = (place, a, b) => {
    const [from, to] = [Math.max(minMistyped, n - mistakes), n + mistakes + 1].map((length) => place + a + b + String.fromCharCode(97 + length));
    list.set(from, to);
  };
  add("a", letters[0], letters[1]);
  add("b", letters[n - 2], letters[n - 1]);
  if (n === 4) add("a", letters[0], letters[2]); // the two in the middle may be swapped
  for (let at = 2; mistakes > 1 && at <= 4 && at + 2 <= n; at++) add("c", letters[at], letters[at + 1]);
  return [...list];
};
