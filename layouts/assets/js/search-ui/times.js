// When the pages found are from: a bar for each month or year. One bar or a run
// of them narrows the search, by a press, by drawing over them, or with the keys.

import { make, day, monthName, pages } from "./dom.js";

const mostMonths = 36;
const mostYears = 60;

const padded = (n, length) => String(n).padStart(length, "0");
const monthAt = (n) => `${padded(Math.floor(n / 12), 4)}-${padded((n % 12) + 1, 2)}`; // counted from the year 0
const lastDay = (month) => `${month}-${new Date(Date.UTC(2000 + (month.slice(0, 4) % 400), month.slice(5), 0)).getUTCDate()}`;

// period says in words which days a range has.
export const period = ({ from, to }) => {
  if (!from) return `until ${day(to)}`;
  if (!to) return `from ${day(from)}`;
  let say = day;
  if (from.endsWith("-01") && to === lastDay(to.slice(0, 7))) say = (date) => `${monthName(date)} ${Number(date.slice(0, 4))}`;
  if (from.endsWith("-01-01") && to.endsWith("-12-31")) say = (date) => Number(date.slice(0, 4));
  const [first, last] = [say(from), say(to)];
  return first === last ? `${first}` : `${first} to ${last}`;
};

// bins puts months into bars of one length without a gap between them: months,
// or years, or tens of years where there would be too many to see.
const bins = (months) => {
  const at = months.map(([month]) => 12 * month.slice(0, 4) + (month.slice(5) - 1));
  const span = at.at(-1) - at[0];
  let length = span < mostMonths ? 1 : 12;
  while (length > 1 && span / length > mostYears) length *= 10;
  const first = Math.floor(at[0] / length);
  const list = [];
  for (let n = first; n * length <= at.at(-1); n++) {
    const range = { from: `${monthAt(n * length)}-01`, to: lastDay(monthAt(n * length + length - 1)) };
    list.push({ ...range, name: period(range), n: 0 });
  }
  months.forEach(([, n], i) => (list[Math.floor(at[i] / length) - first].n += n));
  return list;
};

const draw = (name, attributes, ...children) => {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) e.setAttribute(key, attributes[key]);
  e.append(...children);
  return e;
};

// times returns { element, update }. choose is called with the first and the last
// day, both empty for all.
export const times = (choose) => {
  const svg = draw("svg", { role: "group", "aria-label": "Pages by date. Arrow keys move, Shift and an arrow key take in more." });
  const all = make("button", { type: "button" }, "All dates");
  const axis = make("p", { className: "axis", ariaHidden: "true" });
  const element = make("div", { className: "facet times" }, make("h2", null, "Date"), all, svg, axis);
  let drawn = "";
  let bars = [];
  let chosen = [-1, -1];
  let start = -1; // of the run that is being drawn
  let at = 0; // the bar that the keys are on

  const paint = ([a, b]) => {
    svg.classList.toggle("narrowed", a >= 0);
    bars.forEach((bar, i) => bar.node.setAttribute("aria-pressed", i >= a && i <= b));
  };
  const take = (a, b) => {
    const run = [Math.min(a, b), Math.max(a, b)];
    if (a === b && String(run) === String(chosen)) return choose("", "");
    paint(run);
    choose(bars[run[0]].from, bars[run[1]].to);
  };
  const move = (i) => {
    bars[at]?.node.setAttribute("tabindex", -1);
    at = within(i);
    bars[at].node.setAttribute("tabindex", 0);
    return at;
  };
  const within = (i) => Math.max(0, Math.min(bars.length - 1, i));
  const under = (event) => {
    const box = svg.getBoundingClientRect();
    return within(Math.floor(((event.clientX - box.left) / box.width) * bars.length));
  };

  let down = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    down = true;
    svg.setPointerCapture(event.pointerId);
    start = move(under(event));
    paint([start, start]);
  });
  svg.addEventListener("pointermove", (event) => {
    if (down) paint([start, under(event)].sort((a, b) => a - b));
  });
  svg.addEventListener("pointerup", (event) => {
    if (down) take(start, move(under(event)));
    down = false;
  });
  svg.addEventListener("pointercancel", () => {
    down = false; // it became a scroll
    paint(chosen);
  });
  svg.addEventListener("click", (event) => {
    // Only what was made by a screen reader: a pointer has been dealt with.
    const i = bars.findIndex((bar) => bar.node.contains(event.target));
    if (!event.detail && i >= 0) take((start = i), i);
  });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (step !== undefined) {
      if (!event.shiftKey || start < 0) start = event.shiftKey ? at : -1;
      bars[move(step)].node.focus();
      if (event.shiftKey) take(start, at);
    } else if (event.key === "Enter" || event.key === " ") {
      take((start = at), at);
    } else return;
    event.preventDefault();
  });
  all.addEventListener("click", () => {
    bars[at]?.node.focus(); // the button goes away
    choose("", "");
  });

  const update = (months, range) => {
    element.hidden = months.length === 0 || (months.length === 1 && !range);
    if (element.hidden) return;
    if (String(months) !== drawn) {
      drawn = String(months);
      const focused = svg.contains(document.activeElement);
      bars = bins(months);
      start = -1;
      const most = Math.max(...bars.map((bar) => bar.n));
      const width = 100 / bars.length;
      bars.forEach((bar, i) => {
        const high = bar.n && 6 + (94 * bar.n) / most;
        const name = `${bar.name}: ${pages(bar.n)}`;
        bar.node = draw("g", { role: "button", tabindex: -1, "aria-label": name },
          draw("rect", { class: "slot", x: `${i * width}%`, width: `${width}%`, height: "100%" }),
          draw("rect", { class: "bar", x: `${(i + 0.1) * width}%`, width: `${0.8 * width}%`, y: `${100 - high}%`, height: `${high}%` }),
          draw("title", {}, name));
      });
      svg.replaceChildren(...bars.map((bar) => bar.node));
      axis.replaceChildren(...[bars[0], ...bars.slice(1).slice(-1)].map((bar) => make("span", null, bar.name)));
      move(at);
      if (focused) bars[at].node.focus();
    }
    all.hidden = !range;
    const inside = bars.map((bar, i) => i).filter((i) => range && (!range.from || bars[i].to >= range.from) && (!range.to || bars[i].from <= range.to));
    chosen = inside.length ? [inside[0], inside.at(-1)] : [-1, -1];
    if (!down) paint(chosen);
  };
  return { element, update };
};
