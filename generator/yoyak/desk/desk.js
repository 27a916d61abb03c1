// The desk's pages work without this. It adds: the words of notes marked in the text, selection to note, keys, and a
// new look when a build changed what is shown. No string becomes HTML.
(() => {
  "use strict";
  const words = { /* words */ }; // the server puts them here: messages/, desk.script.
  const body = document.querySelector("[data-body]");
  const form = document.getElementById("new-note");
  const notes = [...document.querySelectorAll(".note")];
  const came = document.querySelector("main").outerHTML; // before anything here has touched it

  /* parts */
  const { blocksIn, rangeOf, selectedIn } = makeBlocks();

  globalThis.yoyakBlocks = () => blocks.map(({ text }) => text); // for the test that both sides find the same
  const blocks = body ? blocksIn(body) : [];

  function mark() {
    if (!globalThis.Highlight || !CSS.highlights) return;
    const ranges = notes.filter((note) => note.dataset.block !== "" && !note.classList.contains("done"))
      .map((note) => rangeOf(blocks[note.dataset.block], Number(note.dataset.start), Number(note.dataset.end))).filter(Boolean);
    CSS.highlights.set("note", new Highlight(...ranges));
    for (const number of (document.querySelector("[data-changed]")?.dataset.changed || "").split(" ").filter(Boolean)) {
      const parent = blocks[number]?.parent;
      if (parent && parent !== body) parent.dataset.new = "";
    }
  }

  function choose(note) {
    if (!globalThis.Highlight || !CSS.highlights) return;
    const range = note.dataset.block === "" ? null : rangeOf(blocks[note.dataset.block], Number(note.dataset.start), Number(note.dataset.end));
    CSS.highlights.set("note-chosen", new Highlight(...(range ? [range] : [])));
    range?.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  }

  // Words selected in the text go into the form, with what stands before and after them.
  function take() {
    const found = form && body ? selectedIn(blocks, body) : null;
    for (const name of found ? ["quote", "before", "after"] : []) form.elements[name].value = found[name];
  }
  document.addEventListener("selectionchange", take);

  const fields = () => [...document.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox])")];
  const typed = () => fields().filter((field) => field.value !== field.defaultValue);

  // --- keys ---
  const list = notes.length ? notes : [...document.querySelectorAll(".row")];
  let at = -1;
  function step(by) {
    if (!list.length) return;
    at = (at + by + list.length) % list.length;
    const one = list[at];
    (one.matches(".note") ? one : one.querySelector("a")).focus();
    if (one.matches(".note")) choose(one);
  }
  for (const note of notes) note.addEventListener("focus", () => { at = list.indexOf(note); choose(note); });
  const press = (value) => document.querySelector(`.verdict button[value=${value}]`)?.focus();
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => { take(); form?.elements.text.focus(); },
    a: () => press("approve"),
    r: () => (list[at]?.querySelector("textarea") ?? form?.elements.text)?.focus(),
    "/": () => document.querySelector(".home")?.focus(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input, textarea, select")) return;
    const key = keys[event.key];
    if (key) { event.preventDefault(); key(); }
  });

  // --- a new look after a build, but never while somebody is writing ---
  function told() {
    if (document.querySelector("[data-told]")) return;
    const line = document.createElement("p");
    line.className = "told"; line.dataset.told = ""; line.setAttribute("role", "status");
    const again = document.createElement("a");
    again.href = location.href; again.textContent = words.again;
    line.append(words.changed, " ", again);
    document.querySelector("main").before(line);
  }
  // What is typed in the moment in which the page is already on its way out comes back on the next one.
  const TYPED = "yoyak:typed";
  const nameOf = (field) => `${field.closest("[id]").id} ${field.name}`;
  function keepTyped() {
    const found = typed().map((field) => [nameOf(field), field.value]);
    try { sessionStorage.setItem(TYPED, JSON.stringify([location.href, found])); } catch { /* it may be switched off */ }
  }
  function putTyped() {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(TYPED)); sessionStorage.removeItem(TYPED); } catch { return; }
    if (kept?.[0] !== location.href) return;
    const found = new Map(kept[1]);
    for (const field of fields()) field.value = found.get(nameOf(field)) ?? field.value;
  }

  async function look() {
    if (document.querySelector("[data-answer]")) return; // a form's answer, which says itself what was changed
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && page.querySelector("main")?.outerHTML === came) return;
    if (typed().length || !getSelection().isCollapsed) return told();
    addEventListener("pagehide", keepTyped);
    location.reload();
  }
  let stream = null;
  function follow() {
    if (document.hidden) { stream?.close(); stream = null; return; }
    if (stream) return;
    stream = new EventSource("/__yoyak/events?page=" + encodeURIComponent(location.pathname));
    stream.onmessage = () => look().catch(() => {}); // the preview is gone: its next message asks again
  }
  addEventListener("visibilitychange", follow);
  const leave = () => { stream?.close(); stream = null; };
  addEventListener("beforeunload", leave); // else a new look would call back somebody who is on the way to another page
  addEventListener("pagehide", leave);

  // --- the sheet for paper: the number of each note behind its words, from the last to the first ---
  function number() {
    const placed = notes.filter((note) => note.dataset.block !== "");
    for (const note of placed.sort((a, b) => b.dataset.block - a.dataset.block || b.dataset.end - a.dataset.end || b.dataset.number - a.dataset.number)) {
      const range = rangeOf(blocks[note.dataset.block], Number(note.dataset.start), Number(note.dataset.end));
      if (!range) continue;
      const sign = document.createElement("sup");
      sign.className = "number";
      sign.textContent = note.dataset.number;
      range.collapse(false);
      range.insertNode(sign);
    }
  }
  putTyped();
  mark();
  if (document.querySelector("[data-numbered]")) number();
  follow();
})();
