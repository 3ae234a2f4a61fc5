package build

// Cold returns a builder that remembers nothing but the theme of this one, which
// takes longer to make than a small site. It is made anew where layouts differ.
func (b *Builder) Cold() *Builder {
	cold := New()
	b.mu.Lock()
	defer b.mu.Unlock()
	cold.theme = b.theme
	return cold
}
