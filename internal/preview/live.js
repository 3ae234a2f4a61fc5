// Follows the changes of the site: fetches the page anew after each, puts it in
// place without moving the reader, and shows what is wrong with the content.
(() => {
  "use strict";
  let shown = 0; // version on the page; 0 until the first message
  let wanted = 0;
  let busy = false;

  // fetchPage reads the page as a document. XMLHttpRequest parses it without a
  // string ever being made into HTML by a script.
  const fetchPage = () =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("GET", location.href.split("#")[0]);
      request.responseType = "document";
      request.onload = () => (request.response ? resolve(request.response) : reject(new Error("no page")));
      request.onerror = () => reject(new Error("no answer"));
      request.send();
    });

  const themeSheet = (doc) => doc.querySelector('link[rel="stylesheet"]:not([href^="/_debrief/"])');
  const themeScripts = (doc) =>
    [...doc.querySelectorAll('head script[src]:not([src^="/_debrief/"])')].map((s) => s.getAttribute("src")).join(" ");

  // swapSheet loads the new stylesheet beside the old one and takes that away
  // once the new one is there.
  const swapSheet = (next) => {
    const old = themeSheet(document);
    const fresh = themeSheet(next);
    if (!fresh || old?.getAttribute("href") === fresh.getAttribute("href")) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = fresh.getAttribute("href");
    link.addEventListener("load", () => old?.remove());
    link.addEventListener("error", () => link.remove());
    if (old) old.after(link);
    else document.head.append(link);
  };

  const put = (next) => {
    // A page with a script of its own has to begin anew with it.
    if (themeScripts(document) !== themeScripts(next) || document.getElementById("search")) {
      location.reload();
      return;
    }
    swapSheet(next);
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    const opened = [...document.querySelectorAll("details")].map((d) => d.open);
    const x = scrollX;
    const y = scrollY;
    document.body.className = next.body.className;
    document.body.replaceChildren(...[...next.body.childNodes].map((n) => document.adoptNode(n)));
    document.querySelectorAll("details").forEach((d, i) => {
      if (opened[i] !== undefined) d.open = opened[i];
    });
    scrollTo({ left: x, top: y, behavior: "instant" });
    document.dispatchEvent(new Event("debrief:page"));
  };

  const update = async () => {
    if (busy) return;
    busy = true;
    while (shown !== wanted) {
      const version = wanted;
      try {
        put(await fetchPage());
      } catch {
        break; // the server is gone; the next message tries again
      }
      shown = version;
      document.documentElement.dataset.version = String(version);
    }
    busy = false;
  };

  const element = (name, text, className) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  };

  const tell = (findings) => {
    document.getElementById("debrief-findings")?.remove();
    if (!findings.length) return;
    const box = element("aside");
    box.id = "debrief-findings";
    box.setAttribute("role", "status");
    const details = element("details");
    details.open = true;
    details.append(element("summary", findings.length === 1 ? "1 error in the content" : `${findings.length} errors in the content`));
    for (const f of findings.slice(0, 20)) {
      details.append(element("p", f.where, "where"), element("p", f.text));
      if (f.excerpt) details.append(element("pre", f.excerpt));
      if (f.hint) details.append(element("p", `Hint: ${f.hint}`, "hint"));
    }
    box.append(details);
    document.documentElement.append(box);
  };

  const source = new EventSource("/_debrief/events");
  source.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.findings) tell(message.findings);
    if (!shown) {
      shown = wanted = message.version;
      document.documentElement.dataset.version = String(shown);
    }
    wanted = message.version;
    update();
  };
})();
