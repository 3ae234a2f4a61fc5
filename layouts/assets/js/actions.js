// Narrows the ledger of actions by several things at once. Without it the pages of
// owners, services, types and states do so one at a time. The list of all actions
// is fetched when a filter is used; what is chosen is in the address.
import { day, make, speaker } from "./search-ui/dom.js";

const most = 100; // actions shown
const none = "-"; // those without an owner, a service or a type
const root = document.getElementById("actions-narrow");
const own = document.getElementById("actions-list");

const kinds = [
  { key: "owner", label: "Owner", any: "any owner", nothing: "nobody", of: (a) => a.owners },
  { key: "service", label: "Service", any: "any service", nothing: "no service", of: (a) => a.services },
  { key: "type", label: "Type", any: "any type", nothing: "no type", of: (a) => (a.type ? [a.type] : []) },
  { key: "state", label: "State", any: "any state", of: (a) => [a.state, a.overdue_days > 0 && "overdue", !a.due && !settled(a) && "undated"].filter(Boolean) },
];
const settled = (a) => a.state === "done" || a.state === "declined";
const values = (kind, a) => {
  const list = kind.of(a);
  return list.length ? list : [none];
};

let list; // a promise of all actions, once it was asked for
const fetched = () => (list ??= fetch(root.dataset.actions).then((r) => {
  if (!r.ok) throw new Error(`${r.status}`);
  return r.json();
}).catch((error) => {
  list = undefined; // try again the next time
  throw error;
}));

// chosen is what the address says or, where it says nothing, what the page is about.
const chosen = () => {
  const params = new URLSearchParams(location.search);
  return Object.fromEntries(kinds.map(({ key }) => [key, params.get(key) ?? root.dataset[key]]));
};
const asked = () => kinds.some(({ key }) => new URLSearchParams(location.search).has(key));

const status = make("p", { className: "vh", role: "status" });
const tell = speaker(status);
const said = make("p", { className: "page-meta" });
const found = make("div", { hidden: true });
const boxes = kinds.map((kind) => make("select", { name: kind.key, onchange: choose }));
const form = make("form", { className: "act-filters", hidden: true, onsubmit: (e) => e.preventDefault() },
  kinds.map((kind, i) => make("label", null, make("span", null, kind.label), boxes[i])));
const begin = make("button", { type: "button", className: "act-begin", onclick: () => show(true) }, "Narrow by owner, service, type and state");
root.append(begin, form, said, status, found);
root.hidden = false;

function choose() {
  const params = new URLSearchParams();
  boxes.forEach((box, i) => {
    const { key } = kinds[i];
    if (box.value || root.dataset[key]) params.set(key, box.value);
  });
  history.pushState(null, "", location.pathname + (params.size ? `?${params}` : ""));
  show(false);
}

// local is an address of the site as this page sees it, wherever the site is.
const local = (url, data) => new URL(url.startsWith(data.site.url) ? url.slice(data.site.url.length) : url, new URL(".", new URL(root.dataset.actions, location.href))).href;

// show shows what is chosen. Where that is no more than the page has anyway, the page's
// own list stays, and there is the form to choose with.
async function show(focus) {
  const want = chosen();
  let data;
  try {
    data = await fetched();
  } catch {
    said.textContent = "The list of actions could not be fetched. The lists by owner, service, type and state work without it.";
    tell(said.textContent);
    return;
  }
  begin.hidden = true;
  form.hidden = false;
  const meets = (a, but) => kinds.every((k) => k === but || !want[k.key] || values(k, a).includes(want[k.key]));
  kinds.forEach((kind, i) => {
    const counts = new Map();
    for (const a of data.actions) if (meets(a, kind)) for (const v of values(kind, a)) counts.set(v, (counts.get(v) ?? 0) + 1);
    if (want[kind.key] && !counts.has(want[kind.key])) counts.set(want[kind.key], 0);
    const names = [...counts.keys()].sort((a, b) => (a === none) - (b === none) || a.localeCompare(b));
    boxes[i].replaceChildren(new Option(kind.any, ""), ...names.map((v) => new Option(`${v === none ? kind.nothing : v === "undated" ? "no due date" : v} (${counts.get(v)})`, v, false, v === want[kind.key])));
  });
  const hits = data.actions.filter((a) => meets(a));
  const late = hits.filter((a) => a.overdue_days > 0).length;
  const plain = !asked();
  own.hidden = !plain;
  found.hidden = plain;
  if (focus) boxes[0].focus();
  if (plain) {
    said.textContent = "";
    return;
  }
  said.textContent = `${hits.length} ${hits.length === 1 ? "action" : "actions"}${late ? `, ${late} overdue` : ""}${hits.length > most ? `; the first ${most} are shown, ${hits.length - most} more with a narrower choice` : ""}`;
  tell(said.textContent);
  found.replaceChildren(make("ol", { className: "acts" }, hits.slice(0, most).map((a) => row(a, data))));
}

const hint = (text) => make("span", { className: "vh" }, text);
const unknown = (text) => make("span", { className: "unknown" }, text);

function row(a, data) {
  const date = settled(a) ? a.closed ?? a.due : a.due;
  return make("li", { className: a.overdue_days > 0 ? "act act-late" : "act" },
    make("p", { className: "act-due" },
      date ? [hint(settled(a) && a.closed ? `${a.state} on ` : "Due "), make("time", { dateTime: date }, day(date))] : !settled(a) && unknown("no due date"),
      a.overdue_days > 0 && [" ", make("strong", { className: "late" }, a.overdue_days === 1 ? "1 day overdue" : `${a.overdue_days} days overdue`)].flat()),
    make("div", { className: "act-what" },
      make("a", { className: "act-title", href: local(a.url, data) }, a.title),
      make("p", { className: "act-from" }, a.incident.severity && `${a.incident.severity} `, hint("Incident: "), make("a", { href: local(a.incident.url, data) }, a.incident.title)),
      a.result && make("p", { className: "act-result" }, a.result)),
    make("p", { className: "act-owner" }, hint("Owner: "), a.owners.length ? a.owners.join(", ") : unknown("no owner")),
    make("p", { className: "act-facts" },
      stateOf(a), a.type && make("span", null, hint("Type: "), a.type),
      /^https?:\/\//.test(a.ticket_url) ? make("a", { className: "external", href: a.ticket_url }, hint("Ticket "), short(a.ticket)) : a.ticket && make("span", null, hint("Ticket "), a.ticket)));
}

function stateOf(a) {
  const e = make("span", { className: "act-state" }, hint("State: "), a.state);
  e.dataset.state = a.state;
  return e;
}

// short is the end of an address, which is what people call a ticket.
const short = (ticket) => (/^https?:/.test(ticket) ? ticket.replace(/[?#].*$/, "").replace(/\/+$/, "").replace(/^.*\//, "").replace(/^(\d+)$/, "#$1") : ticket);

addEventListener("popstate", () => {
  if (asked() || !form.hidden) show(false);
});
if (asked()) show(false);
