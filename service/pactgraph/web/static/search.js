// Search at once: what a search box may mean, while somebody types in it. Without this the box sends its form.
"use strict";
// On a narrow screen the results come first: what narrows them is one touch away.
if (matchMedia("(max-width: 52rem)").matches)
  for (const part of document.querySelectorAll(".facets details:not(:has([aria-current]))")) part.open = false;
for (const form of document.querySelectorAll('form.find, form.search-again')) {
  const input = form.querySelector('input[name="q"]');
  if (!input) continue;
  const list = document.createElement("ul");
  const told = document.createElement("p");
  const place = form.classList.contains("find") ? form : input.parentElement;
  const words = input.labels[0] ? input.labels[0].textContent : "";
  let hits = [], at = -1, waiting = 0, asking = null, asked = "";

  list.id = input.id + "-found";
  list.className = "found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words);
  told.className = "unseen";
  told.setAttribute("role", "status");
  place.classList.add("finding");
  place.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    autocapitalize: "off", spellcheck: "false",
  })) input.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    at = number;
    for (const [place, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(place === at));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const piece = (name, text, lang) => {
    const span = document.createElement("span");
    if (name) span.className = name;
    if (lang) span.lang = lang;
    span.textContent = text;
    return span;
  };
  const show = (answer) => {
    hits = answer.suggestions;
    list.replaceChildren(...hits.map((hit, number) => {
      const option = document.createElement("li"), what = piece("", "");
      option.id = list.id + "-" + number;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      if (hit.code) what.append(piece("code", hit.code), " ");
      what.append(piece("", hit.label, hit.language));
      option.append(what, piece("of", hit.kind_label));
      return option;
    }));
    told.textContent = hits.length ? answer.status : "";
    close();
    if (hits.length && document.activeElement === input) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (asking) asking.abort();
    if (text.length < 2) return show({ suggestions: [] });
    const address = new URL(form.action, location.href);
    address.pathname += "/suggest";
    address.search = new URLSearchParams([...new FormData(form)].filter(([name]) => name === "as_of" || name === "country"));
    address.searchParams.set("q", text);
    address.searchParams.set("lang", document.documentElement.lang);
    asking = new AbortController();
    try {
      const response = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (response.ok && input.value.trim() === text) show(await response.json());
    } catch { /* typed on, or the service is away: the form still works */ }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden, last = hits.length - 1;
    if (event.key === "ArrowDown" && !open && hits.length) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(0);
    } else if (event.key === "ArrowDown" && open) choose(at >= last ? -1 : at + 1);
    else if (event.key === "ArrowUp" && open) choose(at < 0 ? last : at - 1);
    else if (event.key === "Enter" && open && at >= 0) location.assign(hits[at].address);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(hits[[...list.children].indexOf(option)].address);
  });
}
