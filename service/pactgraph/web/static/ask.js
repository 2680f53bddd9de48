// The button that copies an address; without this script it is not there, and the address can be copied by hand.
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    const told = button.nextElementSibling; // a live region: what changes is read out
    button.textContent = told.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = said; told.textContent = ""; }, 2000);
  });
}
