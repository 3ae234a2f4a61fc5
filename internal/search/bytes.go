package search

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

func appendFront(b []byte, before, text string) []byte {
	n := 0
	for n < len(before) && n < len(text) && before[n] == text[n] {
		n++
	}
	b = binary.AppendUvarint(b, uint64(n))
	b = binary.AppendUvarint(b, uint64(len(text)-n))
	return append(b, text[n:]...)
}

// errDamaged says that a file's bytes make no sense.
var errDamaged = errors.New("the file is damaged")

// errStale says that a file belongs to another generation of the site.
var errStale = errors.New("the site was published anew in the meantime")

// maxText is the length in bytes of the longest word that a file may hold.
const maxText = 1 << 10

// reader steps through bytes and refuses to leave them.
type reader struct {
	data []byte
	err  error
}

// openReader reads what a file begins with: what kind of file it is, and of which
// generation.
func openReader(data []byte, magic, generation string) (reader, error) {
	r := reader{data: data}
	if string(r.bytes(uint64(len(magic)))) != magic {
		return r, errDamaged
	}
	if string(r.bytes(uint64(len(generation)))) != generation {
		return r, errStale
	}
	return r, nil
}

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n >= 1<<40 || r.err != nil {
		r.err = errDamaged
		return 0
	}
	r.data = r.data[size:]
	return n
}

func (r *reader) bytes(n uint64) []byte {
	if r.err != nil || n > uint64(len(r.data)) {
		r.err = errDamaged
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) front(before string) string {
	shared := r.number()
	rest := r.bytes(r.number())
	if r.err != nil || shared > uint64(len(before)) || int(shared)+len(rest) > maxText {
		r.err = errDamaged
		return ""
	}
	return before[:shared] + string(rest)
}

// packer compresses files, the same bytes for the same file. It keeps its
// compressors, each of which has a large memory.
type packer struct {
	idle sync.Pool
}

func (p *packer) pack(data []byte) []byte {
	var b bytes.Buffer
	z, ok := p.idle.Get().(*gzip.Writer)
	if !ok {
		z, _ = gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that there is
	}
	z.Reset(&b)
	_, _ = z.Write(data) // a bytes.Buffer takes everything
	_ = z.Close()
	p.idle.Put(z)
	return b.Bytes()
}

// maxUnpacked is the size in bytes up to which a file is unpacked.
const maxUnpacked = 16 << 20

// unpack is the reverse of pack. Bytes that are not packed, since the host has
// unpacked them already, come back as they are.
func unpack(data []byte) ([]byte, error) {
	if len(data) < 2 || data[0] != 0x1f || data[1] != 0x8b {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, maxUnpacked))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return out, nil
}
