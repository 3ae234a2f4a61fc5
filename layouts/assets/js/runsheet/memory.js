// What the sheet keeps on the device, under its own address.
export const key = "debrief.run-sheet:" + location.pathname;

export function load(fresh) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept?.v === 1) return { ...fresh(), ...kept };
  } catch {
    // Nothing is kept here, or nothing that makes sense.
  }
  return fresh();
}

// save tells whether the device has taken it.
export function save(state) {
  try {
    localStorage.setItem(key, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

// keeps tells whether the device takes anything at all.
export function keeps() {
  try {
    localStorage.setItem(key + "?", "");
    localStorage.removeItem(key + "?");
    return true;
  } catch {
    return false;
  }
}

export function forget() {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was nothing to forget.
  }
}
