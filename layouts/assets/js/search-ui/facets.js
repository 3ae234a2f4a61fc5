// Filters: the values that the pages found have, to narrow the search with.

import { make } from "./dom.js";

const shownAtFirst = 6; // values of a group

export const fieldNames = { kind: "Kind", severity: "Severity", service: "Service", factor: "Contributing factor", year: "Year" };

const opened = new Set(); // groups of which all values are shown

// helps tells whether a group can narrow anything, or is narrowing it.
const helps = (values, total) => values.some((v) => v.on || v.n !== total);

const value = (field, v, toggle) => {
  const box = make("input", { type: "checkbox", checked: v.on, "data-key": `${field}:${v.value}` });
  box.addEventListener("change", () => toggle(field, v.value));
  return make("li", null, make("label", null, box, make("span", null, v.name), make("span", { className: "n" }, String(v.n))));
};

const group = ({ field, values }, toggle) => {
  const ul = make("ul");
  const fill = () => {
    const all = opened.has(field) || values.length <= shownAtFirst + 1; // one more takes no more room than the button
    ul.replaceChildren(...values.filter((v, i) => all || v.on || i < shownAtFirst).map((v) => value(field, v, toggle)));
    if (all) return;
    const button = make("button", { type: "button" }, `${values.length - ul.children.length} more`, make("span", { className: "vh" }, ` under ${fieldNames[field]}`));
    button.addEventListener("click", () => {
      const first = ul.children.length - 1;
      opened.add(field);
      fill();
      ul.children[first].querySelector("input").focus();
    });
    ul.append(make("li", { className: "more-values" }, button));
  };
  fill();
  return make("fieldset", { className: "facet" }, make("legend", null, fieldNames[field]), ul);
};

// facets returns the groups that help to narrow so many results. toggle is called
// with a field and a value.
export const facets = (counts, total, toggle) => counts.filter((f) => helps(f.values, total)).map((f) => group(f, toggle));
