// What the sheet keeps on the device, under its own address.
import { TYPES } from "./capture.js";

export const key = "debrief.run-sheet:" + location.pathname;

// load takes what has the form that it should have, part by part: the device keeps
// what it was given by anybody under this origin, and by any version of this script.
export function load(fresh) {
  const state = fresh();
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept?.v !== 1) return state;
    for (const part of Object.keys(forms)) if (forms[part](kept[part])) state[part] = kept[part];
  } catch {
    // Nothing is kept here, or nothing that makes sense.
  }
  return state;
}

const isText = (v) => typeof v === "string";
const isNumber = (v) => Number.isFinite(v);
const listOf = (is) => (v) => Array.isArray(v) && v.every(is);
const recordOf = (is) => (v) => v !== null && typeof v === "object" && !Array.isArray(v) && Object.values(v).every(is);
const numbers = listOf(isNumber);

const forms = {
  slots: recordOf(isText),
  notes: recordOf(isText),
  ticks: recordOf((v) => v === true),
  tonight: isText,
  lists: recordOf(listOf(isText)),
  actions: listOf((a) => recordOf(isText)(a) && isText(a.title) && isText(a.owner) && /^(\d{4}-\d\d-\d\d)?$/.test(a.due) && (a.type === "" || TYPES.includes(a.type))),
  event: isNumber,
  length: isNumber,
  clock: (c) => numbers(c?.minutes) && numbers(c.used) && c.used.length === c.minutes.length && [c.at, c.since, c.began].every(isNumber) && (c.extra === undefined || (numbers(c.extra) && c.extra.length === c.minutes.length)),
};

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
