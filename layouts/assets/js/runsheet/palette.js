// What to say: a key opens it, a number or a few letters choose a situation.
export function palette({ sheet, fill }) {
  const dialog = sheet.querySelector("dialog.say");
  const find = dialog.querySelector("[data-find]");
  const found = dialog.querySelector("[data-found]");
  const said = dialog.querySelector("[data-said]");
  let situations = [];
  let state = "";
  let chosen = -1;
  let list = [];

  // Fetched at once, so that it is there when somebody shouts, and where that
  // failed once more when it is opened.
  async function get() {
    if (situations.length || state === "loading") return;
    state = "loading";
    try {
      const response = await fetch(sheet.dataset.words);
      if (response.ok) situations = await response.json();
      state = response.ok ? "there" : "failed";
    } catch {
      state = "failed";
    }
    if (dialog.open) show();
  }
  get();

  const make = (name, props = {}, ...inside) => {
    const e = Object.assign(document.createElement(name), props);
    e.append(...inside);
    return e;
  };

  // worth is how well a situation fits what was typed; 0 is not at all.
  function worth(s, words) {
    const texts = [s.title, s.cue, ...(s.also ?? []), s.move].map((t) => t.toLowerCase());
    let sum = 0;
    for (const w of words) {
      const i = texts.findIndex((t) => t.includes(w));
      if (i < 0) return 0;
      sum += texts.some((t) => t.startsWith(w) || t.includes(" " + w)) ? 2 : 1;
      if (i === 0) sum++;
    }
    return sum;
  }

  function show() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    list = words.length
      ? situations
          .map((s) => ({ s, n: worth(s, words) }))
          .filter((x) => x.n > 0)
          .sort((a, b) => b.n - a.n)
          .map((x) => x.s)
      : situations;
    chosen = words.length && list.length ? 0 : -1;
    found.replaceChildren(
      ...list.map((s, i) => {
        const button = make("button", { type: "button" }, ...(s.key ? [make("kbd", { textContent: s.key }), " "] : []), make("b", { textContent: s.title }), " ", make("span", { className: "cue", textContent: s.cue }));
        button.addEventListener("click", () => choose(i));
        return make("li", {}, button);
      }),
    );
    if (!list.length) found.replaceChildren(make("li", { className: "empty", textContent: empty[state] }));
    if (chosen === 0) say(list[0]);
    else said.replaceChildren();
    mark();
  }

  const empty = {
    loading: "The situations are on their way.",
    there: "No situation has these words.",
    failed: "The situations could not be fetched; they are linked below the script.",
  };

  function mark() {
    for (const [i, li] of [...found.children].entries()) li.toggleAttribute("data-now", i === chosen);
  }

  function choose(i) {
    if (!list[i]) return;
    chosen = i;
    mark();
    say(list[i]);
    found.children[i].scrollIntoView({ block: "nearest" });
  }

  function say(s) {
    const words = (title, lines, name) => (lines?.length ? [make("h3", { textContent: title }), make("ul", { className: name }, ...lines.map((l) => make("li", { textContent: fill(l) })))] : []);
    said.replaceChildren(
      make("h2", {}, make("a", { href: s.url, textContent: s.title })),
      make("p", { className: "move", textContent: s.move }),
      ...words("Say", s.say, "do-say"),
      ...words("Don't say", s.dont_say, "dont-say"),
    );
  }

  find.addEventListener("input", () => {
    const digit = /^[1-9]$/.test(find.value) ? situations.findIndex((s) => s.key === Number(find.value)) : -1;
    if (digit >= 0) {
      find.value = "";
      show();
      choose(list.findIndex((s) => s === situations[digit]));
      return;
    }
    show();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(Math.max(0, Math.min(list.length - 1, chosen + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Escape") {
      event.preventDefault(); // a box with words in it would only be emptied
      dialog.close();
    } else if (event.key === "Enter" && event.target === find) {
      event.preventDefault();
      choose(Math.max(0, chosen));
    }
  });

  return {
    open() {
      if (dialog.open) return;
      find.value = "";
      get();
      show();
      dialog.showModal();
      find.focus();
    },
  };
}
