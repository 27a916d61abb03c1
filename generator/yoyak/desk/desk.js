// The desk's pages work without this. It adds: the words of notes marked in the text, selection to note, keys, and a
// new look when a build is done. No string becomes HTML.
(() => {
  "use strict";
  const words = { /* words */ }; // the server puts them here: messages/, desk.script.
  const body = document.querySelector("[data-body]");
  const form = document.getElementById("new-note");
  const notes = [...document.querySelectorAll(".note")];

  // The blocks of the text, as yoyak/review/blocks.py has them: runs of words that no other block divides.
  const BLOCKS = new Set("BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "));

  function blocksOf(root) {
    const found = [];
    const holds = (node) => [...node.childNodes].some((child) => BLOCKS.has(child.nodeName) || holds(child));
    const shown = (node) => node.nodeType === 3 ? node.data.trim() !== "" : node.nodeType === 1;
    const keep = (run, parent) => { if (run.some(shown)) found.push({ run, parent }); };
    (function walk(parent) {
      let run = [];
      for (const child of parent.childNodes) {
        if (child.nodeType !== 1 || (!BLOCKS.has(child.nodeName) && !holds(child))) { run.push(child); continue; }
        keep(run, parent); run = [];
        if (child.nodeName === "TR") keep([...child.childNodes], child);
        else if (child.nodeName === "HR") found.push({ run: [], parent: child });
        else walk(child);
      }
      keep(run, parent);
    })(root);
    return found;
  }

  // The text of a block with white space folded, and for each of its letters where it stands in the page.
  function textOf({ run, parent }) {
    const code = parent.closest("pre") !== null;
    let text = "", gap = false;
    const places = [];
    const put = (letter, node, at) => {
      if (!code && /\s/.test(letter)) { gap = text !== ""; return; }
      if (gap) { text += " "; places.push({ node, at }); gap = false; }
      text += letter; places.push({ node, at });
    };
    (function walk(nodes) {
      for (const node of nodes) {
        if (node.nodeType === 3) [...node.data].reduce((at, letter) => { for (let n = 0; n < letter.length; n++) put(letter[n], node, at + n); return at + letter.length; }, 0);
        else if (node.nodeName === "BR") gap = text !== "";
        else if (node.nodeType === 1) {
          if (BLOCKS.has(node.nodeName)) gap = text !== "";
          walk(node.childNodes);
          if (BLOCKS.has(node.nodeName)) gap = text !== "";
        }
      }
    })(run);
    if (code) while (text.endsWith("\n")) { text = text.slice(0, -1); places.pop(); }
    if (code) while (text.startsWith("\n")) { text = text.slice(1); places.shift(); }
    return { text, places };
  }

  globalThis.yoyakBlocks = () => blocks.map(({ text }) => text); // for the test that both sides find the same
  const blocks = body ? blocksOf(body).map((block) => ({ ...block, ...textOf(block) })) : [];

  function rangeOf(block, start, end) {
    const { places } = blocks[block] ?? {};
    if (!places?.[start] || end <= start) return null;
    const range = document.createRange();
    const last = places[Math.min(end, places.length) - 1];
    range.setStart(places[start].node, places[start].at);
    range.setEnd(last.node, last.at + 1);
    return range;
  }

  function mark() {
    if (!globalThis.Highlight || !CSS.highlights) return;
    const ranges = notes.filter((note) => note.dataset.block !== "" && !note.classList.contains("done"))
      .map((note) => rangeOf(Number(note.dataset.block), Number(note.dataset.start), Number(note.dataset.end))).filter(Boolean);
    CSS.highlights.set("note", new Highlight(...ranges));
    for (const number of (document.querySelector("[data-changed]")?.dataset.changed || "").split(" ").filter(Boolean)) {
      const parent = blocks[number]?.parent;
      if (parent && parent !== body) parent.dataset.new = "";
    }
  }

  function choose(note) {
    if (!globalThis.Highlight || !CSS.highlights) return;
    const range = note.dataset.block === "" ? null : rangeOf(Number(note.dataset.block), Number(note.dataset.start), Number(note.dataset.end));
    CSS.highlights.set("note-chosen", new Highlight(...(range ? [range] : [])));
    range?.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  }

  // Words selected in the text go into the form, with what stands before and after them.
  function take() {
    const selection = getSelection();
    if (!form || !body || selection.isCollapsed || !body.contains(selection.anchorNode) || !body.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0);
    for (const { text, places } of blocks) {
      const inside = places.map(({ node, at }) => range.comparePoint(node, at) === 0 && range.comparePoint(node, at + 1) === 0);
      const start = inside.indexOf(true), end = inside.lastIndexOf(true) + 1;
      if (start < 0) continue;
      form.elements.quote.value = text.slice(start, end).trim();
      form.elements.before.value = text.slice(Math.max(0, start - 32), start);
      form.elements.after.value = text.slice(end, end + 32);
      return;
    }
  }
  document.addEventListener("selectionchange", take);

  const typed = () => [...document.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox])")].some((field) => field.value !== field.defaultValue);

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
  let stream = null, first = true;
  function follow() {
    if (document.hidden) { stream?.close(); stream = null; return; }
    if (stream) return;
    stream = new EventSource("/__yoyak/events?page=" + encodeURIComponent(location.pathname));
    stream.onmessage = () => {
      if (first) { first = false; return; }
      if (typed() || !getSelection().isCollapsed) told(); else location.reload();
    };
  }
  addEventListener("visibilitychange", follow);
  const leave = () => { stream?.close(); stream = null; };
  addEventListener("beforeunload", leave); // else a new look would call back somebody who is on the way to another page
  addEventListener("pagehide", leave);
  mark();
  follow();
})();
