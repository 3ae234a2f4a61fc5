// Days, and the calendar's file (RFC 5545).
const pad = (n) => String(n).padStart(2, "0");
export const isoDay = (d) => `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
// In the language of the page, whatever the reader's is, with the day before the month and 24 hours, as on the whole site.
const language = () => document.documentElement.lang.replace(/^(en)?$/, "en-GB");
export const dayText = (d) => d.toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric" });
export const timeText = (d) => d.toLocaleString(language(), { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
export const hourText = (d) => d.toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function daysAfter(from, n) {
  const d = new Date(from);
  d.setDate(d.getDate() + n);
  return d;
}

// dayIn is the day of a moment in a zone: at noon here, where no clock is changed.
function dayIn(zone, at) {
  const fields = { year: "numeric", month: "numeric", day: "numeric" };
  let format;
  try {
    format = new Intl.DateTimeFormat("en", { ...fields, timeZone: zone });
  } catch {
    format = new Intl.DateTimeFormat("en", fields); // the browser has not heard of the zone
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return new Date(parts.year, parts.month - 1, parts.day, 12);
}

// nextBusinessDay is the first day after another that is neither of the weekend nor a
// holiday, or the day a year later.
function nextBusinessDay(day, { weekend, holidays }) {
  let n = 1;
  while (n < 366 && (weekend.includes(daysAfter(day, n).getDay()) || holidays.includes(isoDay(daysAfter(day, n))))) n++;
  return daysAfter(day, n);
}

// after is what lies a span after a moment, by the rules of review.After: a moment
// too where the span has only hours, otherwise a day in the site's zone.
export function after(from, [hours, days, businessDays], clock) {
  if (!days && !businessDays) return { at: new Date(from + hours * 3600000) };
  let day = daysAfter(dayIn(clock.zone, from), days);
  for (let n = 0; n < businessDays; n++) day = nextBusinessDay(day, clock);
  return { day: daysAfter(day, Math.ceil(hours / 24)) };
}

export const stampUTC = (d) => d.toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
const dayStamp = (d) => isoDay(d).replaceAll("-", "");
const quoted = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

// folded keeps lines at 75 bytes, as the format wants.
function folded(line) {
  const bytes = new TextEncoder();
  let out = "";
  let size = 0;
  for (const c of line) {
    const n = bytes.encode(c).length;
    if (size + n > 75) {
      out += "\r\n ";
      size = 1;
    }
    out += c;
    size += n;
  }
  return out;
}

export function calendar(entries, { id, url, stamp }) {
  const list = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//debrief//run-sheet//EN"];
  for (const e of entries) {
    list.push("BEGIN:VEVENT", `UID:${quoted(id)}-${e.uid}@debrief`, `DTSTAMP:${stamp}`);
    if (e.at) list.push(`DTSTART:${stampUTC(e.at)}`);
    else list.push(`DTSTART;VALUE=DATE:${dayStamp(e.day)}`, `DTEND;VALUE=DATE:${dayStamp(daysAfter(e.day, 1))}`);
    list.push(`SUMMARY:${quoted(e.title)}`);
    if (/^https?:/.test(url)) list.push(`URL:${url}`);
    list.push("TRANSP:TRANSPARENT", "END:VEVENT");
  }
  list.push("END:VCALENDAR", "");
  return list.map(folded).join("\r\n");
}
