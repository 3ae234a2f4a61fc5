// The run-sheet of one incident: clocks, names, notes and what comes of them.
// Everything is kept on this device, nothing is sent anywhere, and once the page
// is open it needs no network.
import { begun, start, pause, next, back, more, setMinutes, setLength, standing } from "./runsheet/agenda.js";
import { key, keeps, load, save, forget } from "./runsheet/memory.js";
import { fillSlots, writeInPlace } from "./runsheet/slots.js";
import { captures } from "./runsheet/capture.js";
import { palette } from "./runsheet/palette.js";
import { results } from "./runsheet/out.js";
import { hourText } from "./runsheet/dates.js";
import { singleKeys } from "./singlekeys.js";

const sheet = document.querySelector(".sheet");
const all = (selector, from = sheet) => [...from.querySelectorAll(selector)];
const one = (selector, from = sheet) => from.querySelector(selector);
const numbers = (text) => text.split(" ").filter(Boolean).map(Number);
const steps = all("[data-step]").map((box) => ({
  box,
  title: one(".step-title", box).textContent,
  minutes: numbers(box.dataset.minutes),
}));
const length = one("[data-field=length]");
const lengths = length ? [...length.options].map((o) => Number(o.value)) : [];
const fresh = () => {
  const at = Math.max(0, length?.selectedIndex ?? 0);
  return { v: 1, slots: {}, ticks: {}, tonight: "", notes: {}, lists: {}, actions: [], event: -1, length: lengths[at], clock: begun(steps.map((s) => s.minutes[at])) };
};

function known() {
  const state = load(fresh);
  if (state.clock.minutes.length !== steps.length) state.clock = fresh().clock; // the script has changed since
  return state;
}
let state = known();

const warn = (lost) => {
  for (const e of all("[data-lost]")) e.hidden = !lost;
  for (const e of all("[data-kept]")) e.hidden = lost;
};
const keep = () => warn(!save(state));
const told = one("[data-told]");
const tell = (text) => (told.textContent = text);

// Names: from the record, or from what was typed; findings also from the notes.
const fields = all("[data-fill]");
const noted = (name) => (name === "Key Findings" ? (state.lists.findings ?? []).map((l) => l.trim()).filter(Boolean).join("; ") : "");
const valueOf = (name) => state.slots[name] ?? (fields.find((f) => f.dataset.fill === name)?.defaultValue || noted(name));
const fill = (text) => text.replace(/\[([A-Z][^[\]]{0,40})\]/g, (whole, name) => valueOf(name) || whole);
function showNames() {
  for (const f of fields) if (f !== document.activeElement) f.value = valueOf(f.dataset.fill);
  fillSlots(all("[data-slot]"), valueOf);
}
sheet.addEventListener("input", (event) => {
  const name = event.target.dataset.fill;
  if (name === undefined) return;
  state.slots[name] = event.target.value;
  showNames();
  keep();
});
writeInPlace(sheet, { valueOf, show: showNames });

// Ticks are known by their words, so that a changed list keeps those that stayed;
// and by the names of what is filled in, whatever that is today.
const ticks = all("[data-tick]");
function tickName(box) {
  const label = box.closest("label").cloneNode(true);
  for (const slot of all("[data-slot], [data-fill]", label)) slot.replaceWith(`[${slot.dataset.slot ?? slot.dataset.fill}]`);
  return box.closest("section").id + ":" + label.textContent.trim();
}
function showTicks() {
  for (const box of ticks) box.checked = Boolean(state.ticks[tickName(box)]);
  for (const p of all("[data-progress]")) {
    const boxes = all(`[data-ticks=${p.dataset.progress}] [data-tick]`);
    p.textContent = boxes.length ? `${boxes.filter((b) => b.checked).length} of ${boxes.length}` : "";
  }
}
sheet.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick]")) return;
  if (event.target.checked) state.ticks[tickName(event.target)] = true;
  else delete state.ticks[tickName(event.target)];
  showTicks();
  keep();
});

const tonight = one("[data-field=tonight]");
tonight.addEventListener("input", () => {
  state.tonight = tonight.value;
  keep();
});

// The clock.
const shown = (name) => one(`[data-clock=${name}]`);
const minutesText = (ms) => `${ms < 0 ? "\u2212" : ""}${Math.floor(Math.abs(ms) / 60000)}:${String(Math.floor(Math.abs(ms) / 1000) % 60).padStart(2, "0")}`;
let spoken = "";

function showClock() {
  if (!steps.length) return;
  const now = standing(state.clock, Date.now());
  const step = steps[now.at];
  for (const [i, s] of steps.entries()) {
    s.box.toggleAttribute("data-now", i === now.at && now.began);
    s.box.toggleAttribute("data-past", i < now.at);
    const given = Math.round(now.given[i] / 6000) / 10;
    one("[data-given]", s.box).textContent = given;
    const edit = one("[data-plan]", s.box);
    if (edit !== document.activeElement) edit.value = state.clock.minutes[i];
  }
  shown("name").textContent = now.over ? "The meeting is over" : step.title;
  const left = now.over ? 0 : now.left;
  shown("left").textContent = now.over ? "" : minutesText(left);
  shown("left").toggleAttribute("data-late", left < 0);
  shown("total").textContent = `${minutesText(now.used)} of ${minutesText(now.budget)}`;
  shown("end").textContent = now.over ? "all steps are done" : now.running ? `ends about ${hourText(new Date(now.end))}` : now.began ? "paused" : `would end about ${hourText(new Date(now.end))}`;
  const run = one("[data-do=run]");
  run.textContent = now.running ? "Pause" : now.began ? "Go on" : "Start";
  run.disabled = now.over;
  one(".clock").toggleAttribute("data-running", now.running);
  // Once a minute at most, and no sound.
  if (now.running) {
    const rest = Math.ceil(left / 60000);
    const text = left < 0 ? `${step.title}: over time` : `${step.title}: ${rest} ${rest === 1 ? "minute" : "minutes"} left`;
    if (text !== spoken) tell((spoken = text));
  }
}

// Events of the timeline, one by one.
const events = all("[data-event]");
function showEvent(scroll) {
  for (const [i, e] of events.entries()) e.toggleAttribute("data-now", i === state.event);
  if (scroll && events[state.event]) events[state.event].scrollIntoView({ block: "nearest" });
}
for (const e of events) {
  const note = one("[data-note]", e);
  note.addEventListener("input", () => {
    if (note.value) state.notes[e.id] = note.value;
    else delete state.notes[e.id];
    grow(note);
    keep();
  });
}
function grow(area) {
  area.rows = Math.min(12, area.value.split("\n").length);
}

const keepNotes = () => {
  showNames();
  keep();
};
const notes = captures({ sheet, state: () => state, keep: keepNotes, tell });
const say = palette({ sheet, fill });

const big = () => document.documentElement.hasAttribute("data-big");
function showBig(on) {
  document.documentElement.toggleAttribute("data-big", on);
  const button = one("[data-do=big]");
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? "Leave shared screen" : "Shared screen";
}
function leaveBig() {
  if (!big()) return;
  showBig(false);
  if (document.fullscreenElement) document.exitFullscreen();
  (one("[data-step][data-now]") ?? one("#meeting")).scrollIntoView();
}
let sure = 0; // a timer while "clear" waits for its second click
const does = {
  run() {
    const now = standing(state.clock, Date.now());
    state.clock = now.running ? pause(state.clock, Date.now()) : start(state.clock, Date.now());
  },
  more: () => (state.clock = more(state.clock, 2, Date.now())),
  next() {
    state.clock = next(state.clock, Date.now());
    showClock();
    if (!big()) one("[data-step][data-now]")?.scrollIntoView({ block: "start" });
  },
  back: () => (state.clock = back(state.clock, Date.now())),
  big() {
    if (big()) leaveBig();
    else {
      showBig(true);
      document.documentElement.requestFullscreen?.().catch(() => {});
      scrollTo(0, 0);
    }
  },
  "event-on"() {
    state.event = Math.min(events.length - 1, state.event + 1);
    showEvent(true);
  },
  "event-back"() {
    state.event = Math.max(0, state.event - 1);
    showEvent(true);
  },
  palette: () => big() || say.open(), // the room need not read it
  print: () => window.print(),
  async copy() {
    const area = one("#result");
    try {
      await navigator.clipboard.writeText(area.value);
      tell("Copied");
    } catch {
      area.select();
      tell("Press Ctrl and C to copy");
    }
  },
  clear(button) {
    const calm = () => {
      clearTimeout(sure);
      sure = 0;
      button.textContent = "Clear this sheet";
    };
    if (!sure) {
      button.textContent = "Really clear everything?";
      tell("Press it again to clear everything");
      sure = setTimeout(calm, 5000);
      return;
    }
    calm();
    forget();
    state = fresh();
    one("[data-result]").hidden = true;
    showAll();
    tell("The sheet is empty");
  },
};

sheet.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) act(button.dataset.do, button);
  const out = event.target.closest("[data-out]");
  if (out) showResult(out.dataset.out);
});
function act(name, button) {
  does[name]?.(button ?? one(`[data-do=${name}]`));
  showClock();
  if (name !== "clear") keep();
}

length?.addEventListener("change", () => {
  const at = length.selectedIndex;
  state.length = lengths[at];
  state.clock = setLength(state.clock, steps.map((s) => s.minutes[at]), Date.now());
  showClock();
  keep();
});
for (const [i, s] of steps.entries()) {
  one("[data-plan]", s.box).addEventListener("input", (event) => {
    const minutes = Number(event.target.value);
    if (!(minutes >= 0 && minutes <= 240)) return;
    state.clock = setMinutes(state.clock, i, minutes, Date.now());
    showClock();
    keep();
  });
}

// Keys, while nobody is typing. Escape leaves a field, or else the shared screen.
// The space bar is the clock's while that is to be seen, and scrolls the page elsewhere.
const keys = { p: "palette", " ": "run", n: "next", "+": "more", e: "event-on" };
const typing = "textarea, select, input:not([type=checkbox])";
const inView = (e) => e.getBoundingClientRect().bottom > 0 && e.getBoundingClientRect().top < innerHeight;
const pressing = "button, a, summary, input"; // where the space bar has its own meaning
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches(typing)) {
    if (event.key === "Escape" && sheet.contains(event.target)) event.target.blur();
    return;
  }
  if (event.key === "Escape") leaveBig();
  const name = singleKeys() && keys[event.key.toLowerCase()];
  if (!name || !one(`[data-do=${name}]`) || (name === "run" && (event.target.matches(pressing) || !inView(one(".clock"))))) return;
  event.preventDefault();
  act(name);
});
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) leaveBig();
});

// What is taken away.
let address = "";
function showResult(kind) {
  const made = results(kind, {
    state,
    now: Date.now(),
    held: state.clock.began || Date.now(),
    title: sheet.dataset.title,
    id: sheet.dataset.id,
    url: sheet.dataset.url || location.href.split("#")[0],
    plan: numbers(sheet.dataset.plan),
    ratified: numbers(sheet.dataset.ratified),
    clock: { zone: sheet.dataset.daysIn, weekend: numbers(sheet.dataset.weekend), holidays: sheet.dataset.holidays.split(" ") },
    impact: one(".lead")?.textContent ?? "",
    events: events.map((e) => ({ id: e.id, time: one("a", e).textContent, text: one("p", e).lastChild.textContent.trim() })),
    used: standing(state.clock, Date.now()),
  });
  one("[data-result]").hidden = false;
  one("[data-result-name]").textContent = made.name;
  one("#result").value = made.text;
  if (address) URL.revokeObjectURL(address);
  address = URL.createObjectURL(new Blob([made.text], { type: made.type }));
  const link = one("[data-download]");
  link.href = address;
  link.download = made.file;
  one("#result").focus();
}

function showAll() {
  tonight.value = state.tonight;
  if (length) length.value = String(state.length);
  for (const e of events) {
    const note = one("[data-note]", e);
    note.value = state.notes[e.id] ?? "";
    grow(note);
  }
  showNames();
  showTicks();
  showClock();
  showEvent(false);
  notes.show();
}

showAll();
warn(!keeps());
setInterval(showClock, 1000);
// Another tab with the same sheet has changed it.
addEventListener("storage", (event) => {
  if (event.key !== key && event.key !== null) return;
  state = known();
  showAll();
});
