// Practice: a card at a time, the replies folded until one is chosen. Progress is
// kept on this device.
const box = document.querySelector("[data-practice]");
const cards = [...box.querySelectorAll("[data-card]")];
const key = "debrief.practice:" + location.pathname;
let done = {}; // by card: the number of the reply that was chosen
try {
  const kept = JSON.parse(localStorage.getItem(key));
  if (typeof kept === "object" && !Array.isArray(kept)) done = kept ?? {};
} catch {
  // Nothing is kept here.
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify(done));
  } catch {
    // It is only practice.
  }
}

const progress = box.querySelector("[data-progress]");
const status = box.querySelector("[data-told]");

function show(card) {
  const chosen = done[card.dataset.card];
  for (const [i, reply] of [...card.querySelectorAll("[data-reply]")].entries()) {
    const open = chosen !== undefined;
    reply.querySelector("[data-outcome]").hidden = !open;
    const button = reply.querySelector("button");
    button.disabled = open;
    button.setAttribute("aria-pressed", String(chosen === i));
    reply.toggleAttribute("data-chosen", chosen === i);
  }
  // A reply may lead elsewhere; the others lead on.
  const on = card.querySelector("[data-on]");
  on.hidden = chosen === undefined;
  const elsewhere = card.querySelector("[data-chosen] [data-then]");
  for (const then of card.querySelectorAll("[data-then]")) then.hidden = then !== elsewhere;
  for (const a of on.querySelectorAll("a")) a.hidden = elsewhere !== null;
}

function count() {
  const best = cards.filter((c) => c.querySelectorAll("[data-reply]")[done[c.dataset.card]]?.dataset.best !== undefined).length;
  const n = cards.filter((c) => done[c.dataset.card] !== undefined).length;
  progress.textContent = n ? `${n} of ${cards.length} cards; the calmest reply in ${best}` : `${cards.length} cards`;
}

for (const card of cards) {
  for (const [i, reply] of [...card.querySelectorAll("[data-reply]")].entries()) {
    reply.querySelector("button").addEventListener("click", () => {
      done[card.dataset.card] = i;
      keep();
      show(card);
      count();
      status.textContent = reply.dataset.best === undefined ? "Read what it leads to, and what another reply would have." : "That one helps.";
      reply.querySelector("[data-outcome]").focus();
    });
  }
  card.querySelector("[data-again]").addEventListener("click", () => {
    delete done[card.dataset.card];
    keep();
    show(card);
    count();
    card.querySelector("button").focus();
  });
  show(card);
}
box.querySelector("[data-restart]").addEventListener("click", () => {
  done = {};
  keep();
  cards.forEach(show);
  count();
  cards[0]?.scrollIntoView();
});
count();
