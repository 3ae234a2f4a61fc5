// What is taken out of the meeting: minutes and actions in the form that debrief
// reads, the plan of the next 24 hours, a message to all, dates for the calendar.
import { after, dayText, timeText, stampUTC, calendar } from "./dates.js";

const lines = (list) => (list ?? []).map((l) => l.trim()).filter(Boolean);
const bullets = (list) => list.map((l) => `- ${escaped(l)}`).join("\n");

// escaped writes a text so that Markdown shows it as it is, addresses as links.
export function escaped(text) {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .split(/(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]])/)
    .map((part, i) => (i % 2 ? `<${part}>` : part.replace(/[\\`*_[\]<>|~&]/g, "\\$&").replace(/\bwww\./gi, "www\\.")))
    .join("")
    .replace(/^([#+:=-]|\d+[.)])/, (m) => (m.length > 1 ? m.slice(0, -1) + "\\" + m.at(-1) : "\\" + m));
}

// task writes an action as an item of a task list: "- [ ] What (@owner, due
// 2026-04-01, detect)". The brackets end it, so that nothing before them is taken
// for an owner or a day.
export function task(a) {
  const parts = a.owner
    .split(/[,;|]/)
    .map((name) => name.replace(/[()[\]{}<>]/g, " ").trim().replace(/^@/, "").trim())
    .filter(Boolean)
    .map((name) => (name.length > 60 || name.includes("@") ? "owner: " : "@") + escaped(name));
  if (a.due) parts.push("due " + a.due);
  if (a.type) parts.push(a.type);
  if (!parts.length && /[\d@#:)\]\u2705\u2713\u2714]|\bDONE\b|[-\u2013\u2014]/.test(a.title)) parts.push("open");
  return `- [ ] ${escaped(a.title)}${parts.length ? ` (${parts.join(", ")})` : ""}`;
}

const actionsOf = (s) => s.actions.filter((a) => /[\p{L}\p{N}]/u.test(a.title));

function minutes({ state, events, held, used, title }) {
  const length = Math.round(used.used / 60000);
  const parts = [`## Meeting notes\n\nHeld on ${dayText(new Date(held))}${length ? `, ${length} ${length === 1 ? "minute" : "minutes"}` : ""}.`];
  const section = (name, list) => {
    if (list.length) parts.push(`### ${name}\n\n${bullets(list)}`);
  };
  if (state.tonight.trim()) section("Risk tonight", [state.tonight]);
  section("Key findings", lines(state.lists.findings));
  section("Surprises", lines(state.lists.surprises));
  section("Factors named in the meeting", lines(state.lists.factors));
  section("Decisions", lines(state.lists.decisions));
  section("Parking lot", lines(state.lists.parking));
  // Neither its name nor its lines may look like a timeline.
  section("What was said", events.filter((e) => state.notes[e.id]?.trim()).map((e) => `${e.text} (${e.time}): ${state.notes[e.id]}`));
  const actions = actionsOf(state);
  if (actions.length) parts.push(`## Action items\n\n${actions.map(task).join("\n")}`);
  return { name: `Minutes of ${title}, to paste into the post-mortem`, text: parts.join("\n\n") + "\n", type: "text/markdown", file: "minutes.md" };
}

// dates are when what follows the meeting is due: at a moment, or by the end of a day.
function dates({ held, plan, ratified, clock }) {
  const due = (span) => (span.some(Boolean) ? after(held, span, clock) : null);
  return { plan: due(plan), ratified: due(ratified), checks: [30, 60, 90].map((days) => ({ days, ...after(held, [0, days, 0], clock) })) };
}

const dueText = ({ at, day }) => (at ? timeText(at) : dayText(day));

function plan(c) {
  const d = dates(c);
  const actions = actionsOf(c.state);
  const one = (a, i) =>
    `${i + 1}. ${a.title.trim()}\n   Owner: ${a.owner.trim() || "to be named"}. Due: ${a.due || `to be agreed${d.ratified ? " by " + dueText(d.ratified) : ""}`}. Type: ${a.type || "to be said"}.\n   How we will know that it worked:`;
  const text = [
    `Draft plan: ${c.title} (${c.id})`,
    d.plan ? `To be sent by ${dueText(d.plan)}${d.ratified ? `, to be confirmed by the owners on ${dueText(d.ratified)}` : ""}.` : "",
    c.state.tonight.trim() ? `Risk until then: ${c.state.tonight.trim()}` : "Risk until then: (who holds it, and what they watch)",
    actions.length ? actions.map(one).join("\n\n") : "No action has been noted yet.",
    lines(c.state.lists.parking).length ? `Parked, without a decision:\n${lines(c.state.lists.parking).map((l) => "- " + l).join("\n")}` : "",
    c.url,
  ];
  return { name: "Draft of the 24-hour plan", text: text.filter(Boolean).join("\n\n") + "\n", type: "text/plain", file: "plan.txt" };
}

function message(c) {
  const d = dates(c);
  const findings = lines(c.state.lists.findings);
  const text = [
    `Subject: ${c.title}: what we found, and what comes next`,
    `Thank you for looking hard at ${c.title}. ${c.impact.trim()}`.trim(),
    findings.length ? `What we found:\n${findings.map((l) => "- " + l).join("\n")}` : "",
    c.state.tonight.trim() ? `Tonight: ${c.state.tonight.trim()}` : "",
    `${d.plan ? `The draft plan comes by ${dueText(d.plan)}. ` : ""}${d.ratified ? `On ${dueText(d.ratified)} the owners confirm, change or decline their lines. ` : ""}If something is wrong or missing, please answer to all.`.trim(),
    c.url,
  ];
  return { name: "Message to everyone who was there", text: text.filter(Boolean).join("\n\n") + "\n", type: "text/plain", file: "message.txt" };
}

function dueDates(c) {
  const d = dates(c);
  const entries = [];
  if (d.plan) entries.push({ uid: "plan", ...d.plan, title: `Draft plan is due: ${c.title}` });
  if (d.ratified) entries.push({ uid: "ratified", ...d.ratified, title: `Confirm the plan: ${c.title}` });
  for (const f of d.checks) entries.push({ uid: `check-${f.days}`, day: f.day, title: `After ${f.days} days: ${c.title}` });
  return { name: "Dates for a calendar", text: calendar(entries, { id: c.id, url: c.url, stamp: stampUTC(new Date(c.now)) }), type: "text/calendar", file: "follow-up.ics" };
}

const kinds = { minutes, plan, message, calendar: dueDates };
export const results = (kind, context) => kinds[kind](context);
