package exchange

import (
	"errors"
	"io/fs"
	"path/filepath"

	"debrief/internal/diag"
	"debrief/internal/tree"
)

// bring writes what is to be written of a source, and enters it into the record.
func (r *run) bring(s *source, copies []beside) error {
	d := s.draft
	data, err := d.bytes()
	if err != nil {
		return err
	}
	fail := func(why string) error {
		d.file.State, d.file.Why, d.file.To = Failed, why, ""
		return nil
	}
	if len(data) > maxText {
		return fail("is larger than 1 MiB as Markdown; split it, or put logs into a file of their own beside it")
	}
	result := r.reader.parser.File(tree.NewFile(d.file.To, data))
	if result.Broken() {
		for _, f := range result.Findings {
			if f.Level == diag.Error {
				return fail(f.Text)
			}
		}
	}
	full, want := r.full(d.file.From), sumOf(data)
	e := r.record.find(full)
	if e == nil {
		d.file.State = New
		if err := r.put(d.file.To, data); err != nil {
			return err
		}
		r.record.Files = append(r.record.Files, entry{From: full, Sum: s.data, To: d.file.To, Wrote: want})
		return r.copy(s, copies, &r.record.Files[len(r.record.Files)-1])
	}
	now, err := r.sum(e.To)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.file.State, d.file.Why = Removed, "was removed here and is not brought back; take its entry out of "+RecordPath+" if it should be"
		return nil
	case err != nil:
		return err
	case want == e.Wrote, want == now:
		d.file.State = Unchanged
	case now == e.Wrote:
		d.file.State = Changed
		if err := r.put(e.To, data); err != nil {
			return err
		}
	case s.data == e.Sum: // only debrief reads it in another way now
		d.file.State = Unchanged
		return nil
	default:
		d.file.State, d.file.Why = Edited, "has changed, but was edited here since it was imported; it is left alone"
		return nil
	}
	e.Sum, e.Wrote = s.data, want
	return r.copy(s, copies, e)
}

// copy puts the files that a text links to beside it. One that was edited here or
// removed is left alone.
func (r *run) copy(s *source, copies []beside, e *entry) error {
	d := s.draft
	for _, c := range copies {
		data, err := r.src.read(c.from, maxFile)
		if err != nil {
			d.left("the file "+c.from, reason(err))
			continue
		}
		want := sumOf(data)
		var known *piece
		for i := range e.Copies {
			if e.Copies[i].To == c.to {
				known = &e.Copies[i]
			}
		}
		now, err := r.sum(c.to)
		missing := errors.Is(err, fs.ErrNotExist)
		switch {
		case err != nil && !missing:
			return err
		case known != nil && known.Wrote == want, !missing && now == want:
		case missing && known != nil, !missing && (known == nil || known.Wrote != now):
			d.left("the file "+c.from, "was edited or removed here as "+c.to+", which is left alone")
			continue
		default:
			if err := r.put(c.to, data); err != nil {
				return err
			}
			d.file.Copied = append(d.file.Copied, c.to)
			if d.file.State == Unchanged {
				d.file.State, d.file.Why = Changed, "a file beside it has changed"
			}
		}
		if known == nil {
			e.Copies = append(e.Copies, piece{To: c.to})
			known = &e.Copies[len(e.Copies)-1]
		}
		known.Wrote = want
	}
	return nil
}

// put writes a file, unless this is a dry run.
func (r *run) put(p string, data []byte) error {
	if r.DryRun {
		return nil
	}
	return replace(r.root, p, data)
}

// sum is that of a file in the content folder.
func (r *run) sum(p string) (string, error) {
	data, err := r.root.ReadFile(filepath.FromSlash(p))
	if err != nil {
		return "", err
	}
	return sumOf(data), nil
}
