/* yoyak: what a script adds. Everything on the site works without it. */
"use strict";

/* The button that copies an article's address and says so. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    let text = button.dataset.done;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      text = copyBySelection(button.dataset.copy) ? text : button.dataset.failed;
    }
    /* Emptied first, so that a second copy is announced too. */
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
    setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, 6000);
  });
}

/* For pages that are not served over https, where there is no clipboard. */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.readOnly = true;
  field.className = "only-read";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return copied;
}

/* Pictures of an article enlarge in a dialog; Esc, the button or a click beside the picture closes it. */
const article = document.querySelector("[data-enlarge]");
if (article && "HTMLDialogElement" in window) {
  for (const image of article.querySelectorAll(".body img")) {
    const width = image.naturalWidth || Number(image.getAttribute("width"));
    if (image.closest("a") || (width && width < 120)) continue;
    const link = document.createElement("a");
    link.className = "zoom";
    link.href = image.currentSrc || image.src;
    image.replaceWith(link);
    const words = document.createElement("span");
    words.className = "only-read";
    words.textContent = article.dataset.enlarge;
    link.append(image, words);
  }
  for (const link of article.querySelectorAll("a.zoom")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      enlarge(link);
    });
  }
}

function enlarge(link) {
  const small = link.querySelector("img");
  const caption = link.closest("figure")?.querySelector("figcaption");
  const dialog = document.createElement("dialog");
  const image = document.createElement("img");
  const close = document.createElement("button");
  dialog.className = "enlarged";
  dialog.setAttribute("aria-label", small.alt || article.dataset.enlarge);
  image.src = link.href;
  image.alt = small.alt;
  close.type = "button";
  close.className = "button";
  close.textContent = article.dataset.close;
  dialog.append(close, image);
  if (caption) {
    const words = document.createElement("p");
    words.textContent = caption.textContent;
    dialog.append(words);
  }
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  dialog.showModal();
}

/* What scrolls sideways inside the text can be reached with the keyboard; what does not scroll is no stop. */
const reach = new ResizeObserver((changed) => {
  for (const { target: box } of changed) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll("[tabindex='0']:is(table, pre)")) reach.observe(box);

/* On paper nothing is folded; what was folded is folded again afterwards. */
const folded = new Set();
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open])")) {
    folded.add(details);
    details.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
  folded.clear();
});

/* On paper an address has the site's host, and letters that people can read; one that its link says already is left out. */
const readable = (text) => text.replace(/(%[89a-f][0-9a-f])+/gi, (coded) => {
  try {
    const letters = decodeURIComponent(coded);
    return /^[\p{L}\p{M}\p{N}]+$/u.test(letters) ? letters : coded;
  } catch { return coded; /* Not UTF-8. */ }
});
const plain = (text) => readable(text.trim()).replace(/^(\w+:\/\/|mailto:)/i, "").replace(/\/$/, "");
addEventListener("beforeprint", () => {
  const site = document.querySelector(".site .address")?.textContent;
  for (const link of document.querySelectorAll("main a[href]:not([href^='#'])")) {
    if (!/^(https?|mailto):$/.test(link.protocol)) continue;
    const own = site && link.origin === location.origin;
    const address = readable(own ? new URL(link.pathname + link.search + link.hash, site).href : link.getAttribute("href"));
    link.dataset.address = plain(address) === plain(link.textContent) ? "" : address;
  }
});
