// Copy buttons on code blocks, also on those that come with a new body.
function addButtons() {
  for (const pre of document.querySelectorAll(".code > pre:only-child")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.setAttribute("aria-live", "polite");
    button.textContent = "Copy";
    pre.after(button);
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".copy");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => (button.textContent = "Copy"), 2000);
});

if (navigator.clipboard) {
  document.addEventListener("DOMContentLoaded", () => {
    addButtons();
    new MutationObserver(addButtons).observe(document.documentElement, { childList: true, subtree: true });
  });
}
