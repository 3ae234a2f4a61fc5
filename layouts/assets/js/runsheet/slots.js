// Words in square brackets show what stands for them. Where they stand, they are
// fields: what is written in one is written in all.
export function fillSlots(slots, valueOf) {
  for (const s of slots) {
    const value = valueOf(s.dataset.slot);
    s.textContent = value || `[${s.dataset.slot}]`;
    s.toggleAttribute("data-filled", Boolean(value));
    // One that is still empty is on the way of the Tab key, but not within the label of a box.
    if (value || s.closest("label")) {
      s.removeAttribute("role");
      s.removeAttribute("tabindex");
    } else {
      s.setAttribute("role", "button");
      s.tabIndex = 0;
    }
  }
}

// writeInPlace puts a field in the place of a slot until it is left. Its input is
// that of any field with a data-fill.
export function writeInPlace(sheet, { valueOf, show }) {
  const open = (slot) => {
    const name = slot.dataset.slot;
    const field = Object.assign(document.createElement("input"), { className: "slot-field", value: valueOf(name), autocomplete: "off", placeholder: name });
    field.dataset.fill = name;
    field.setAttribute("aria-label", name);
    let left = false;
    const close = () => {
      if (left) return;
      left = true; // taking it away leaves it once more
      field.replaceWith(slot);
      show();
    };
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
      slot.focus({ preventScroll: true });
    });
    slot.replaceWith(field);
    field.focus();
    field.select();
  };
  sheet.addEventListener("click", (event) => {
    const slot = event.target.closest(".slot");
    if (!slot) return;
    event.preventDefault(); // a box whose label it stands in is not meant
    open(slot);
  });
  sheet.addEventListener("keydown", (event) => {
    if (!event.target.matches(".slot") || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    open(event.target);
  });
}
