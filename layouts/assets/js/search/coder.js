// The arithmetic coder of posting lists and columns; mirrors internal/search/coder.go.

const mostSeen = 100;
export const numberKinds = 256;
const mostBits = 27;
const learntBits = 3;
const learntOffset = 32;
const endMark = 0xdb5e;
const endMarkBits = 16;

// Decoder reads what the encoder there wrote.
export class Decoder {
  constructor(bytes, kinds) {
    this.data = bytes;
    this.at = 0;
    this.begin(kinds);
    this.low = 0;
    this.high = 2 ** 32 - 1;
    this.is = 0;
    for (let i = 0; i < 4; i++) this.next();
  }
  // begin forgets what was learnt: other kinds of numbers follow.
  begin(kinds) {
    this.one = new Uint16Array(kinds).fill(1 << 15);
    this.seen = new Uint8Array(kinds);
  }
  next() {
    const byte = this.at < this.data.length ? this.data[this.at] : 0;
    this.at++;
    this.is = ((this.is << 8) | byte) >>> 0;
  }
  // damaged tells whether more was read than was written.
  get damaged() {
    return this.at > this.data.length + 3;
  }
  // ended tells whether all was read, as it was written.
  ended() {
    let mark = 0;
    for (let i = 0; i < endMarkBits; i++) mark |= this.even() << i;
    return mark === endMark && this.at === this.data.length + 3;
  }
  take(at) {
    const bit = this.is <= at ? 1 : 0;
    if (bit) this.high = at;
    else this.low = at + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
      this.next();
    }
    return bit;
  }
  bit(kind) {
    const { one, seen } = this;
    const bit = this.take(this.low + ((this.high - this.low) >>> 12) * ((one[kind] >> 4) | 1));
    one[kind] += ((2 * ((bit && 65535) - one[kind])) / (2 * seen[kind] + 3)) | 0;
    if (seen[kind] < mostSeen) seen[kind]++;
    return bit;
  }
  even() {
    return this.take(this.low + ((this.high - this.low) >>> 1));
  }
  tree(kind, size) {
    let at = 1;
    for (let i = 0; i < size; i++) at = (at << 1) | this.bit(kind + at);
    return at - (1 << size);
  }
  number(kind) {
    let size = 1;
    while (size < mostBits && this.bit(kind + size)) size++;
    let at = 1;
    for (let i = 1; i < size; i++) {
      const bit = at < 1 << learntBits ? this.bit(kind + learntOffset + (size << learntBits) + at) : this.even();
      at = (at << 1) | bit;
    }
    return at - 1;
  }
}
