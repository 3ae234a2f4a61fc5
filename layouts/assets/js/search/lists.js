// The posting lists as the site publishes them: search/index.json leads to the
// shards, each with the terms and words of one range of the alphabet. The format
// is described in internal/search/shard.go, where it is written.

const cutPrefix = 4; // characters; no shard ends between words that share these
const minShared = 4;
const maxEnding = 3;

// compare orders texts by their characters, as the index is ordered.
const compare = (a, b) => {
  const x = Array.from(a);
  const y = Array.from(b);
  for (let i = 0; i < x.length && i < y.length; i++) {
    const d = x[i].codePointAt(0) - y[i].codePointAt(0);
    if (d) return d;
  }
  return x.length - y.length;
};

const fetched = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
};

// unpack undoes gzip, unless the host has done so already.
const unpack = async (buffer) => {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

// Reader steps through a shard's bytes and refuses to leave them.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  byte() {
    if (this.at >= this.bytes.length) throw new Error("damaged search shard");
    return this.bytes[this.at++];
  }
  number() {
    let n = 0;
    for (let factor = 1; factor < 2 ** 49; factor *= 128) {
      const b = this.byte();
      n += (b & 127) * factor;
      if (b < 128) return n;
    }
    throw new Error("damaged search shard");
  }
  slice(length) {
    if (length > this.bytes.length - this.at) throw new Error("damaged search shard");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  // front reads a text that shares its first bytes with the one before.
  front(before) {
    const shared = this.number();
    if (shared > before.length) throw new Error("damaged search shard");
    const rest = this.slice(this.number());
    const text = new Uint8Array(shared + rest.length);
    text.set(before.subarray(0, shared));
    text.set(rest, shared);
    return text;
  }
}

const decode = (bytes) => {
  const reader = new Reader(bytes);
  const utf8 = new TextDecoder();
  if (utf8.decode(reader.slice(3)) !== "DS1") throw new Error("damaged search shard");
  const terms = new Map();
  let before = new Uint8Array();
  for (let n = reader.number(); n > 0; n--) {
    before = reader.front(before);
    const rarity = reader.number();
    const count = reader.number();
    terms.set(utf8.decode(before), { rarity, count, postings: reader.slice(reader.number()) });
  }
  const words = new Map();
  before = new Uint8Array();
  for (let n = reader.number(); n > 0; n--) {
    before = reader.front(before);
    words.set(utf8.decode(before), utf8.decode(reader.front(before)));
  }
  return { terms, words };
};

// longer returns the first text that begins with start and is at most maxEnding
// characters longer. Shards hold their texts in order.
const longer = (start, texts) => {
  for (const text of texts) {
    if (text.startsWith(start) && Array.from(text.slice(start.length)).length <= maxEnding) return text;
  }
  return undefined;
};

// Lists fetches shards when they are needed and keeps them.
export class Lists {
  static async open(url) {
    const lists = new Lists();
    // The one file whose name never changes: ask the host whether it has.
    const response = await fetch(url, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    lists.meta = await response.json();
    lists.base = new URL(url, document.baseURI);
    lists.stop = new Set(lists.meta.stop);
    lists.shards = new Map();
    return lists;
  }

  // shard returns the shard that would hold a key, or null when there is none.
  shard(key) {
    const prefix = Array.from(key).slice(0, cutPrefix).join("");
    const all = this.meta.shards;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(all[middle][0], prefix) <= 0) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return null;
    const name = all[low - 1][1];
    let shard = this.shards.get(name);
    if (!shard) {
      shard = fetched(new URL(`shard/${name}.bin`, this.base))
        .then((response) => response.arrayBuffer())
        .then(unpack)
        .then(decode);
      shard.catch(() => this.shards.delete(name)); // so that the next search tries again
      this.shards.set(name, shard);
    }
    return shard;
  }

  // term finds the stem of a word and its postings, as Lists.stem does in Go:
  // those of the word itself or, where it does not occur, of the one nearest to it.
  async term(word) {
    const own = await this.shard(word);
    if (!own) return null;
    const exactly = async (text) => {
      const stem = own.words.get(text) ?? text;
      const home = stem === text ? own : await this.shard(stem);
      const found = home?.terms.get(stem);
      return found && { stem, shard: own, ...found };
    };
    const letters = Array.from(word);
    for (let n = letters.length; n >= Math.max(1, letters.length - maxEnding) && (n === letters.length || n >= minShared); n--) {
      const start = letters.slice(0, n).join("");
      const found = await exactly(start);
      if (found) return found;
      if (n < minShared) continue;
      const near = longer(start, own.words.keys()) ?? longer(start, own.terms.keys());
      if (near !== undefined) return exactly(near);
    }
    return null;
  }

  // card fetches what a result shows of a document.
  async card(number) {
    const url = new URL(`doc/${number}.json`, this.base);
    url.searchParams.set("v", this.meta.generation);
    return (await fetched(url)).json();
  }
}

export { Reader };
