package search

import "math/bits"

// Numbers of posting lists and columns are written bit by bit, each with as little
// room as it is likely: an arithmetic coder with a chance for each kind of bit,
// which it learns as it goes. It has no tables to begin with, so it does well with
// the few hundred numbers of a shard, where gzip does not. All is whole numbers, so
// that the browser's half, coder.js, comes to the same.

// chances are how likely bits are 1, by their kinds.
type chances struct {
	one  []uint16 // in 65536ths
	seen []uint8  // how many were seen, up to mostSeen
}

// mostSeen is after how many bits of a kind one more of them changes no less.
const mostSeen = 100

func newChances(kinds int) chances {
	c := chances{make([]uint16, kinds), make([]uint8, kinds)}
	for i := range c.one {
		c.one[i] = 1 << 15
	}
	return c
}

// share is how much of a width belongs to bits that are 1.
func (c *chances) share(kind int, width uint32) uint32 {
	return (width >> 12) * uint32(c.one[kind]>>4|1)
}

func (c *chances) learn(kind int, bit int) {
	goal := (1<<16 - 1) * bit
	before := int(c.one[kind])
	c.one[kind] = uint16(before + 2*(goal-before)/(2*int(c.seen[kind])+3))
	if c.seen[kind] < mostSeen {
		c.seen[kind]++
	}
}

// span is where a number between 0 and 1 lies, as far as is known, in 2^32nds. All
// bits that were written make up that number.
type span struct{ low, high uint32 }

// cut keeps the lower part for a bit that is 1, the upper for one that is 0.
func (s *span) cut(at uint32, bit int) {
	if bit == 1 {
		s.high = at
	} else {
		s.low = at + 1
	}
}

// known tells whether the first byte of the number is, and drops it.
func (s *span) known() bool {
	if s.low>>24 != s.high>>24 {
		return false
	}
	s.low, s.high = s.low<<8, s.high<<8|255
	return true
}

// encoder writes numbers.
type encoder struct {
	chances
	span
	out []byte
}

func newEncoder(into []byte, kinds int) *encoder {
	return &encoder{chances: newChances(kinds), span: span{0, 1<<32 - 1}, out: into}
}

func (e *encoder) put(at uint32, bit int) {
	e.cut(at, bit)
	for first := byte(e.low >> 24); e.known(); first = byte(e.low >> 24) {
		e.out = append(e.out, first)
	}
}

// bit writes a bit of a kind.
func (e *encoder) bit(kind, bit int) {
	e.put(e.low+e.share(kind, e.high-e.low), bit)
	e.learn(kind, bit)
}

// tree writes a number of so many bits, which takes 1<<size kinds.
func (e *encoder) tree(kind, size, n int) {
	for at, i := 1, size-1; i >= 0; i-- {
		b := n >> i & 1
		e.bit(kind+at, b)
		at = at<<1 | b
	}
}

// numberKinds is how many kinds a number takes: some for how many bits it has, and
// some for the first three bits below its highest. Those after them are noise.
const (
	numberKinds  = 256
	mostBits     = 27
	learntBits   = 3
	learntOffset = 32
)

// number writes a number from 0.
func (e *encoder) number(kind int, n int) {
	n++
	size := bits.Len(uint(n))
	for i := 1; i <= size; i++ {
		e.bit(kind+i, bitOf(i < size))
	}
	for at, i := 1, size-2; i >= 0; i-- {
		b := n >> i & 1
		if at < 1<<learntBits {
			e.bit(kind+learntOffset+size<<learntBits+at, b)
			at = at<<1 | b
		} else {
			e.even(b)
		}
	}
}

func bitOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// even writes a bit of which nothing is known before.
func (e *encoder) even(bit int) { e.put(e.low+(e.high-e.low)>>1, bit) }

// endMark is written after the last number. Whoever reads damaged bytes goes wrong
// at once and does not find it.
const (
	endMark     = 0xdb5e
	endMarkBits = 16
)

// end is what was written. A reader takes zeros for what is missing after it.
func (e *encoder) end() []byte {
	for i := range endMarkBits {
		e.even(endMark >> i & 1)
	}
	return append(e.out, byte(e.low>>24)+1)
}

// decoder reads what an encoder wrote.
type decoder struct {
	chances
	span
	is   uint32 // the number, as far as it matters now
	data []byte // what comes after it
	over int    // zeros that were read beyond the end
}

func newDecoder(data []byte, kinds int) *decoder {
	d := &decoder{chances: newChances(kinds), span: span{0, 1<<32 - 1}, data: data}
	for range 4 {
		d.next()
	}
	return d
}

func (d *decoder) next() {
	d.is <<= 8
	if len(d.data) == 0 {
		d.over++
		return
	}
	d.is |= uint32(d.data[0])
	d.data = d.data[1:]
}

// damaged tells whether more was read than was written, or refused.
func (d *decoder) damaged() bool { return d.over > 3 }

// ended tells whether all was read, as it was written.
func (d *decoder) ended() bool {
	mark := 0
	for i := range endMarkBits {
		mark |= d.even() << i
	}
	return mark == endMark && d.over == 3
}

// refuse says that what was read makes no sense.
func (d *decoder) refuse() { d.over = 4 }

func (d *decoder) take(at uint32) int {
	bit := bitOf(d.is <= at)
	d.cut(at, bit)
	for d.known() {
		d.next()
	}
	return bit
}

func (d *decoder) bit(kind int) int {
	bit := d.take(d.low + d.share(kind, d.high-d.low))
	d.learn(kind, bit)
	return bit
}

func (d *decoder) even() int { return d.take(d.low + (d.high-d.low)>>1) }

func (d *decoder) tree(kind, size int) int {
	at := 1
	for range size {
		at = at<<1 | d.bit(kind+at)
	}
	return at - 1<<size
}

func (d *decoder) number(kind int) int {
	size := 1
	for size < mostBits && d.bit(kind+size) == 1 {
		size++
	}
	at := 1
	for range size - 1 {
		if at < 1<<learntBits {
			at = at<<1 | d.bit(kind+learntOffset+size<<learntBits+at)
		} else {
			at = at<<1 | d.even()
		}
	}
	return at - 1
}
