// Words in square brackets show what stands for them.
export function fillSlots(slots, valueOf) {
  for (const s of slots) {
    const value = valueOf(s.dataset.slot);
    s.textContent = value || `[${s.dataset.slot}]`;
    s.toggleAttribute("data-filled", Boolean(value));
  }
}
