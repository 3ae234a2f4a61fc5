// The clock of a meeting: plain values and functions of them, in milliseconds.
// A clock is {minutes, used, at, since, began}: the minutes planned for each step,
// the time used by each, the step that is on, since when the clock runs (0 while it
// stands), and when the meeting began (0 before).
//
// When a step takes longer, those behind it get less, all in the same measure but
// never below a minute; the last one, the conclusion, keeps its time. When it takes
// less, the meeting ends earlier.

const MINUTE = 60000;

export const begun = (minutes) => ({ minutes: [...minutes], used: minutes.map(() => 0), at: 0, since: 0, began: 0 });

// counted adds what has passed since the clock was last read.
function counted(c, now) {
  if (!c.since || c.at >= c.used.length) return c;
  const used = [...c.used];
  used[c.at] += Math.max(0, now - c.since);
  return { ...c, used, since: now };
}

export const start = (c, now) => (c.since || c.at >= c.minutes.length ? c : { ...c, since: now, began: c.began || now });
export const pause = (c, now) => ({ ...counted(c, now), since: 0 });

export function next(c, now) {
  const n = counted(c, now);
  const at = Math.min(n.at + 1, n.minutes.length);
  return { ...n, at, since: at === n.minutes.length ? 0 : n.since, began: n.began || now };
}

export function back(c, now) {
  const n = counted(c, now);
  return { ...n, at: Math.max(0, n.at - 1) };
}

// more gives the step that is on some minutes which the meeting does not have: the
// steps behind it pay for them.
export function more(c, minutes, now) {
  const n = counted(c, now);
  if (n.at >= n.minutes.length) return n;
  const given = standing(n, now).given[n.at];
  const extra = [...(n.extra ?? n.minutes.map(() => 0))];
  extra[n.at] += minutes + Math.max(0, (n.used[n.at] - given) / MINUTE); // from now on, not from when it ran out
  return { ...n, extra };
}

export function setMinutes(c, step, minutes, now) {
  const n = counted(c, now);
  return { ...n, minutes: n.minutes.map((m, i) => (i === step ? minutes : m)) };
}

export function setLength(c, minutes, now) {
  return { ...counted(c, now), minutes: [...minutes], extra: undefined };
}

const sum = (list) => list.reduce((a, b) => a + b, 0);

// standing tells how the meeting stands: what each step is given, what is left of
// this one, what is used of how much in all, and when it will end.
export function standing(c, now) {
  const n = counted(c, now);
  const over = n.at >= n.minutes.length;
  const extra = n.minutes.map((_, i) => (n.extra?.[i] ?? 0) * MINUTE);
  const wished = n.minutes.map((m, i) => m * MINUTE + extra[i]);
  const given = wished.map((w, i) => (i < n.at ? n.used[i] : w));
  const budget = sum(n.minutes) * MINUTE;
  let left = 0;
  let behind = 0; // what the steps behind this one will take
  if (!over) {
    const used = n.used[n.at];
    const free = budget - sum(n.used) + used; // for this step and those behind it, some of which may have been on before
    const rest = wished.map((w, i) => (i > n.at ? Math.max(0, w - n.used[i]) : 0));
    given[n.at] = share(rest.with(n.at, n.minutes[n.at] * MINUTE), free)[n.at] + extra[n.at];
    left = given[n.at] - used;
    const shares = share(rest, free - Math.max(given[n.at], used));
    for (let i = n.at + 1; i < given.length; i++) given[i] = n.used[i] + shares[i];
    behind = sum(shares.slice(n.at + 1));
  }
  return { at: n.at, given, left, used: sum(n.used), budget, over, running: Boolean(n.since), began: Boolean(n.began), end: now + Math.max(0, left) + behind };
}

// share parts what is left of a meeting among the steps to come.
function share(rest, left) {
  const last = rest.length - 1;
  const between = sum(rest.slice(0, last));
  const measure = between ? Math.min(1, Math.max(0, left - rest[last]) / between) : 1;
  return rest.map((r, i) => (i === last ? r : Math.max(Math.min(MINUTE, r), r * measure)));
}
