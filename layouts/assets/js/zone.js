// The times of an incident in the reader's own zone, on demand. A page says in
// which zone its times are; where the reader's differs, a button changes those of
// the facts, the drawing and its list, and back. A text keeps its own. The choice is kept on the device.
const key = "debrief-zone";
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

function saved() {
  try {
    return localStorage.getItem(key) === "own";
  } catch {
    return false; // storage may be forbidden
  }
}

function save(local) {
  try {
    if (local) localStorage.setItem(key, "own");
    else localStorage.removeItem(key);
  } catch {
    // then it holds for this page only
  }
}

const write = (options) => {
  const format = new Intl.DateTimeFormat("en-GB", options);
  return (date) => format.format(date);
};
const day = { day: "numeric", month: "long", year: "numeric" };
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const forms = {
  clock: write(clock),
  seconds: write({ ...clock, second: "2-digit" }),
  day: write({ day: "numeric", month: "short" }),
  whole: write({ day: "numeric", month: "short", year: "numeric" }),
  date: write(day),
};
const zoneName = new Intl.DateTimeFormat("en-GB", { hour: "numeric", timeZoneName: "short" });
const zoneOf = (date) => zoneName.formatToParts(date).find((part) => part.type === "timeZoneName").value;
const whole = (date) => `${forms.date(date)}, ${forms.clock(date)} ${zoneOf(date)}`;

// A time in the list of events has no date of its own.
function inOwn(text, date) {
  if (/^\d\d:\d\d:\d\d$/.test(text)) return forms.seconds(date);
  return /^\d\d:\d\d$/.test(text) ? forms.clock(date) : whole(date);
}

const originals = new WeakMap();

// change gives an element another text, and remembers the one it had.
function change(element, text) {
  if (!originals.has(element)) originals.set(element, element.textContent);
  element.textContent = text;
}

function restore(element) {
  if (originals.has(element)) element.textContent = originals.get(element);
}

const times = () => [...document.querySelectorAll("main time[datetime*=T]")];

// days writes the date before the first event of each day.
function days(local) {
  let last = "";
  for (const row of document.querySelectorAll(".events li")) {
    const time = row.querySelector(".hour time");
    let label = row.querySelector(".day");
    if (!local) {
      if (label?.dataset.added === "") label.remove();
      else if (label) (label.hidden = false), restore(label);
      continue;
    }
    if (!time) {
      last = ""; // whatever follows says its day again
      continue;
    }
    const date = forms.date(new Date(time.dateTime));
    if (date === last) {
      if (label) label.hidden = true;
      continue;
    }
    last = date;
    if (!label) {
      label = document.createElement("span");
      label.className = "day";
      label.dataset.added = "";
      row.prepend(label);
    }
    label.hidden = false;
    change(label, date);
  }
}

// ticks writes the axis of the drawing.
function ticks(local) {
  let last = "";
  for (const text of document.querySelectorAll(".course [data-at]")) {
    if (!local) {
      restore(text);
      continue;
    }
    const date = new Date(text.dataset.at);
    let words = forms[text.dataset.form](date);
    if (text.dataset.form !== "clock") {
      if (forms.date(date) === last) words = "";
      last = forms.date(date);
    }
    change(text, words);
  }
}

function show(local) {
  for (const time of times()) {
    restore(time);
    if (local) change(time, inOwn(time.textContent, new Date(time.dateTime)));
  }
  days(local);
  ticks(local);
  const note = document.querySelector("[data-zone]");
  note.querySelector("[role=status]").textContent = local ? `Times are in ${own}; those in the text are as they were written.` : `Times are in ${note.dataset.zone}.`;
  note.querySelector("button").textContent = local ? `Show them in ${note.dataset.zone}` : `Show them in my time zone, ${own}`;
  note.dataset.shown = local ? "own" : "page";
}

// differs tells whether any time reads differently where the reader is.
function differs() {
  return times().some((time) => {
    const date = new Date(time.dateTime);
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time.dateTime) ?? [0, "+", 0, 0];
    return -date.getTimezoneOffset() !== (sign === "-" ? -1 : 1) * (hours * 60 + +minutes);
  });
}

// The body may be replaced, and then it has a note without a button again.
function offer() {
  const note = document.querySelector("[data-zone]:not([data-shown])");
  if (!note || !own || !differs()) return;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.zoneSwitch = "";
  note.replaceChildren(status, " ", button);
  show(saved());
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-zone-switch]")) return;
  const local = document.querySelector("[data-zone]").dataset.shown !== "own";
  show(local);
  save(local);
});

document.addEventListener("DOMContentLoaded", () => {
  offer();
  new MutationObserver(offer).observe(document.documentElement, { childList: true, subtree: true });
});
