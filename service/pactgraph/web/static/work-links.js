// Keys for the review of links. Every key has its button, and all of them can be switched off (WCAG 2.1.4).
(function () {
  "use strict";
  const store = "pactgraph-keys";
  const box = document.getElementById("keys");
  const remembered = () => { try { return localStorage.getItem(store); } catch (_) { return null; } };
  const remember = (value) => { try { localStorage.setItem(store, value); } catch (_) { /* not kept */ } };
  if (box) {
    box.checked = remembered() !== "off";
    box.closest("label").hidden = false;
    box.addEventListener("change", () => remember(box.checked ? "on" : "off"));
  }
  const typing = (target) => target instanceof Element
    && (target.matches("textarea, select, input:not([type=checkbox])") || target.isContentEditable);
  let sent = false;
  document.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); }
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) { return; }
    if (typing(event.target) || (box && !box.checked)) { return; }
    const key = event.key.toLowerCase();
    const field = document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(key));
    if (field) { field.focus(); } else if (found instanceof HTMLFormElement) { found.requestSubmit(); } else if (found) { found.click(); }
    if (field || found) { event.preventDefault(); }
  });
})();
