// Lists that grow while people talk: a line each, with an empty one at the end.
export const TYPES = ["prevent", "detect", "mitigate", "respond", "safety"];

const make = (name, props = {}, ...inside) => {
  const e = Object.assign(document.createElement(name), props);
  e.append(...inside);
  return e;
};

export function captures({ sheet, state, keep, tell }) {
  const lists = [...sheet.querySelectorAll("[data-list]")];
  const actions = sheet.querySelector("[data-actions]");
  if (!actions) return { show() {} };

  function show() {
    for (const box of lists) {
      box.querySelector("ul")?.remove();
      const lines = (state().lists[box.dataset.list] ??= []);
      const ul = make("ul", { className: "captured" });
      box.append(ul);
      for (let i = 0; i <= lines.length; i++) ul.append(line(box, i));
    }
    showActions();
  }

  // again makes lists anew that have lost a line, and leaves the focus where it went.
  function again(li, make) {
    const fields = () => [...sheet.querySelectorAll(".captured :is(input, select, button)")];
    li.remove();
    const at = fields().indexOf(document.activeElement);
    make();
    fields()[at]?.focus();
  }

  function line(box, i) {
    const name = box.dataset.list;
    const lines = () => state().lists[name];
    const input = make("input", { value: lines()[i] ?? "", autocomplete: "off" });
    input.setAttribute("aria-label", `${box.dataset.one} ${i + 1}`);
    const li = make("li", {}, input);
    input.addEventListener("input", () => {
      if (i === lines().length) {
        li.after(line(box, i + 1));
        if (name === "parking") li.append(toAction());
      }
      lines()[i] = input.value;
      keep();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      li.nextElementSibling?.querySelector("input").focus();
    });
    // An emptied line goes when it is left.
    input.addEventListener("blur", () => {
      if (i < lines().length && !input.value.trim()) {
        lines().splice(i, 1);
        keep();
        setTimeout(again, 0, li, show);
      }
    });
    const toAction = () => {
      const button = make("button", { type: "button", className: "button", textContent: "Make an action" });
      button.addEventListener("click", () => {
        state().actions.push({ title: input.value.trim(), owner: "", due: "", type: "" });
        lines().splice(i, 1);
        keep();
        show();
        actions.querySelector("li:nth-last-child(2) input")?.focus();
        tell("It is a candidate action now");
      });
      return button;
    };
    if (name === "parking" && i < lines().length) li.append(toAction());
    return li;
  }

  function showActions() {
    actions.querySelector("ol")?.remove();
    const ol = make("ol", { className: "captured" });
    actions.append(ol);
    for (let i = 0; i <= state().actions.length; i++) ol.append(action(i));
  }

  function action(i) {
    const known = () => state().actions[i];
    const field = (name, label, props) => {
      const input = make("input", { autocomplete: "off", value: known()?.[name] ?? "", ...props });
      input.setAttribute("aria-label", `${label} of action ${i + 1}`);
      if (!props?.type) input.placeholder = label;
      input.addEventListener("input", () => change(name, input.value));
      return input;
    };
    const change = (name, value) => {
      if (!known()) {
        state().actions.push({ title: "", owner: "", due: "", type: "" });
        li.after(action(i + 1));
      }
      known()[name] = value;
      keep();
    };
    const type = make("select", {}, make("option", { value: "", textContent: "type" }), ...TYPES.map((t) => make("option", { value: t, textContent: t })));
    type.setAttribute("aria-label", `Type of action ${i + 1}`);
    type.value = known()?.type ?? "";
    type.addEventListener("input", () => change("type", type.value));
    const title = field("title", "What");
    title.className = "action-title";
    const li = make("li", {}, title, field("owner", "Owner"), field("due", "Due", { type: "date" }), type);
    title.addEventListener("blur", (event) => {
      if (known() && !title.value.trim() && !li.contains(event.relatedTarget)) {
        state().actions.splice(i, 1);
        keep();
        setTimeout(again, 0, li, showActions);
      }
    });
    return li;
  }

  return { show };
}
