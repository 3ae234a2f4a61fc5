// Days, and the calendar's file (RFC 5545).
const pad = (n) => String(n).padStart(2, "0");
export const isoDay = (d) => `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
// In the language of the page, whatever the reader's is, with the day before the month and 24 hours, as on the whole site.
const language = () => document.documentElement.lang.replace(/^(en)?$/, "en-GB");
export const dayText = (d) => d.toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric" });
export const timeText = (d) => d.toLocaleString(language(), { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
export const hourText = (d) => d.toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function daysAfter(from, n) {
  const d = new Date(from);
  d.setDate(d.getDate() + n);
  return d;
}

// businessDaysAfter counts days that are neither of the weekend nor holidays.
export function businessDaysAfter(from, n, weekend, holidays) {
  let d = new Date(from);
  for (let steps = 0; n > 0 && steps < 1000; steps++) {
    d = daysAfter(d, 1);
    if (!weekend.includes(d.getDay()) && !holidays.includes(isoDay(d))) n--;
  }
  return d;
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
