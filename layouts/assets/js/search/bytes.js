// The files of posting lists and words; mirrors internal/search/bytes.go, and the
// reading half of shard.go and spelling.go, where the formats are described.

import { Decoder, numberKinds } from "./coder.js";

const longList = 256; // postings; more are in a file of their own
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

export const error = (message, stale) => Object.assign(new Error(message), { stale });

export const damaged = () => error("the file is damaged");

// stale says that a file belongs to another generation of the site.
export const stale = () => error("the site was published anew in the meantime", true);

// Reader steps through bytes and refuses to leave them.
export class Reader {
  constructor(bytes) {
    this.data = bytes;
    this.at = 0;
  }
  number() {
    let n = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++, factor *= 128) {
      const b = this.bytes(1)[0];
      n += (b & 127) * factor;
      if (b < 128 && n < 2 ** 40) return n;
      if (b < 128) break;
    }
    throw damaged();
  }
  bytes(length) {
    if (length > this.data.length - this.at) throw damaged();
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
  rest() {
    return this.bytes(this.data.length - this.at);
  }
  text(length) {
    return utf8.decode(this.bytes(length));
  }
  get ended() {
    return this.at === this.data.length;
  }
  head(magic, generation) {
    if (this.text(magic.length) !== magic) throw damaged();
    if (this.text(generation.length) !== generation) throw stale();
  }
  // front reads a text that shares its first bytes with the one before.
  front(before) {
    const shared = this.number();
    const rest = this.bytes(this.number());
    if (shared > before.length) throw damaged();
    const bytes = new Uint8Array(shared + rest.length);
    bytes.set(before.subarray(0, shared));
    bytes.set(rest, shared);
    return bytes;
  }
  // list reads front-coded texts with what follows each.
  list(more, use) {
    for (let before = new Uint8Array(); more(); use(utf8.decode(before), before)) before = this.front(before);
  }
  counted(use) {
    let n = this.number();
    this.list(() => n-- > 0, use);
  }
}

// The kinds of bits of a term's numbers.
const countKind = 0;
const rarityKind = countKind + numberKinds;
const longKind = rarityKind + numberKinds;
const maxPassages = 8;
const impactBits = 5;
const mostRare = 16;
const partKind = longKind + numberKinds;
const impactKind = partKind + (maxPassages << 2);
const gapKind = impactKind + (4 << impactBits);
const termKinds = gapKind + mostRare * numberKinds;

// postingsOf reads those of n documents.
const postingsOf = (d, n, all) => {
  if (n > all) throw damaged();
  const docs = new Uint32Array(n);
  const impacts = new Uint8Array(n);
  const parts = new Uint8Array(n);
  const gaps = gapKind + numberKinds * Math.min(32 - Math.clz32(Math.floor(all / Math.max(1, n))), mostRare - 1);
  for (let i = 0, next = 0; i < n; i++) {
    const doc = next + d.number(gaps);
    if (doc >= all || d.damaged) throw damaged();
    docs[i] = doc;
    next = doc + 1;
    let some = 0; // passages, up to three
    for (let k = 0; k < maxPassages; k++) {
      const bit = d.bit(partKind + (k << 2) + some);
      parts[i] |= bit << k;
      if (some < 3) some += bit;
    }
    impacts[i] = d.tree(impactKind + (some << impactBits), impactBits);
  }
  return { docs, impacts, parts };
};

// decodeLong reads the postings of a term that has many.
export const decodeLong = (bytes, generation, n, all) => {
  const r = new Reader(bytes);
  r.head("DL3", generation);
  const d = new Decoder(r.rest(), termKinds);
  const postings = postingsOf(d, n, all);
  if (!d.ended()) throw damaged();
  return postings;
};

// decode reads a shard. The lists keep their order.
export const decode = async (bytes, generation, all) => {
  const file = new Reader(bytes);
  file.head("DS3", generation);
  const r = new Reader(await unpack(file.bytes(file.number())));
  const d = new Decoder(file.rest(), termKinds);
  const terms = new Map();
  const words = new Map();
  const also = new Map();
  let long = -1;
  r.counted((stem) => {
    const n = d.number(countKind); // documents that have it
    const rarity = d.number(rarityKind);
    if (n > all) throw damaged();
    if (n > longList) long = long < 0 ? d.number(longKind) : long + 1;
    terms.set(stem, { stem, rarity, n, ...(n > longList ? { long } : postingsOf(d, n, all)) });
  });
  r.counted((word, bytes) => words.set(word, utf8.decode(r.front(bytes))));
  r.counted((word) => {
    const texts = [];
    for (let n = r.number(); n > 0; n--) texts.push(r.text(r.number()));
    also.set(word, texts);
  });
  if (!r.ended || !d.ended()) throw damaged();
  return { terms, words, also };
};

// decodeSpellings reads a file of words by the letters that they share.
export const decodeSpellings = (bytes, generation) => {
  const r = new Reader(bytes);
  const list = [];
  r.head("DW2", generation);
  r.list(() => !r.ended, (text) => list.push({ text, n: r.number() }));
  return list;
};

const maxUnpacked = 2 ** 24; // bytes

// unpack undoes gzip, unless the host has done so already.
export const unpack = async (bytes) => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  let size = 0;
  const limited = new TransformStream({
    transform(chunk, to) {
      if ((size += chunk.length) > maxUnpacked) throw damaged();
      to.enqueue(chunk);
    },
  });
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(limited);
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw damaged();
  }
};
