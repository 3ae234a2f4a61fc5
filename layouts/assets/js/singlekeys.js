// Keys that do something by themselves ("/" on every page, "n" in a meeting) are in
// the way of those who speak to their machine, so they can be switched off. The
// choice is kept on the device and holds for all pages.
const key = "debrief-keys";

export function singleKeys() {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true; // storage may be forbidden
  }
}

export function chooseSingleKeys(on) {
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, "off");
  } catch {
    // then they stay
  }
}
