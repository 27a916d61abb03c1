// The review panel of a bundle: notes on words, a verdict, and one file of them to send. No string becomes HTML.
const makePanel = ({ root, words, site, name, add }) => {
  const notes = makeNotes(`${site} ${name}`);
  const { blocksIn, rangeOf, selectedIn } = makeBlocks();
  const { named, rangeFor, anchorAt, anchorOf, without } = makePlaces({ blocksIn, rangeOf });
  const host = root.host;
  let page = null, blocks = [], picked = null, anchor = null, removed = null, clock = 0;

  // --- what it is made of ---
  const field = (parent, tag, label, values = {}) => {
    const box = add(parent, "label", { textContent: label });
    return add(box, tag, values);
  };
  const button = (parent, label, act, values = {}) => {
    const made = add(parent, "button", { type: "button", textContent: label, ...values });
    made.addEventListener("click", act);
    return made;
  };
  const live = (parent, role) => { const made = add(parent, "p", { className: role }); made.setAttribute("role", role); return made; };
  const option = (list, value, label) => add(list, "option", { value, textContent: label });

  const bar = root.querySelector(".bar");
  const pick = button(bar, words["review.pick"], () => openWith(picked), { hidden: true, className: "strong" });
  const opener = button(bar, "", () => toggle(panel.hidden));
  bar.prepend(pick, opener);
  const panel = add(root, "section", { className: "panel", hidden: true });
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "heading");
  const head = add(panel, "div", { className: "head" });
  const heading = add(head, "h2", { id: "heading", tabIndex: -1 });
  button(head, words.close, () => toggle(false));
  const warning = live(panel, "alert"), status = live(panel, "status");

  const about = add(panel, "div");
  const form = add(about, "form");
  const formHeading = add(form, "h3");
  const quote = field(form, "textarea", words["review.on"], { rows: 2, maxLength: 2000 });
  add(form, "p", { className: "quiet", textContent: words["review.on.hint"] });
  const kind = field(form, "select", words["review.kind"]);
  for (const one of notes.KINDS) option(kind, one, words[`review.kind.${one}`]);
  const said = field(form, "textarea", words["review.text"], { rows: 4, maxLength: 20000 });
  const instead = field(form, "textarea", words["review.instead"], { rows: 2, maxLength: 2000 });
  const wrong = live(form, "alert");
  const formButtons = add(form, "div", { className: "buttons" });
  const keep = add(formButtons, "button", { type: "submit", className: "strong" });
  const cancel = button(formButtons, words["review.cancel"], () => { clear(); changed(); });

  const mineHeading = add(about, "h3", { textContent: words["review.notes"], tabIndex: -1 });
  const mine = add(about, "ol");

  const verdict = add(about, "form");
  add(verdict, "h3", { textContent: words["review.verdict"] });
  const decided = add(verdict, "div");
  const reason = field(verdict, "textarea", words["review.reason"], { rows: 2, maxLength: 20000 });
  const group = add(verdict, "fieldset");
  add(group, "legend", { textContent: words["review.scope"] });
  const scopes = notes.SCOPES.map((one) => {
    const box = add(group, "label"), made = add(box, "input", { type: "checkbox", value: one });
    box.append(words[`review.scope.${one}`]);
    return made;
  });
  const refused = live(verdict, "alert");
  const verdictButtons = add(verdict, "div", { className: "buttons" });
  button(verdictButtons, words["review.approve"], () => decide("approve"));
  button(verdictButtons, words["review.request"], () => decide("request-changes"));

  const sending = add(panel, "form");
  add(sending, "h3", { textContent: words["review.send"] });
  const all = add(sending, "ul");
  const who = field(sending, "input", words["review.name"], { autocomplete: "name", maxLength: 200 });
  const address = field(sending, "input", words["review.address"], { type: "email", autocomplete: "email", maxLength: 200 });
  add(sending, "p", { className: "quiet", textContent: words["review.address.hint"] });
  const unnamed = live(sending, "alert");
  const unsent = add(sending, "p", { className: "quiet" });
  const saving = add(sending, "div", { className: "buttons" });
  add(saving, "button", { type: "submit", className: "strong", textContent: words["review.save"] });
  const copy = add(sending, "details");
  add(copy, "summary", { textContent: words["review.copy"] });
  const copied = field(copy, "textarea", words["review.copy.label"], { rows: 6, readOnly: true });

  // --- the notes in the text ---
  const fits = globalThis.Highlight && globalThis.CSS?.highlights;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media screen {
    ::highlight(yoyak-note) { background-color: color-mix(in srgb, orange 35%, transparent); text-decoration: underline 2px }
    ::highlight(yoyak-chosen) { background-color: Highlight; color: HighlightText }
    [data-yoyak-noted] { outline: 2px dashed orange; outline-offset: 2px }
    @media (min-width: 64rem) { html:has(> body > [data-yoyak-open]) { padding-inline-end: 24rem } } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  function mark() {
    const ranges = (page ? ofPage() : []).map((one) => one.anchor && rangeFor(blocks, one.anchor)).filter(Boolean);
    if (fits) CSS.highlights.set("yoyak-note", new Highlight(...ranges));
    else for (const { parent } of blocks) {
      parent.toggleAttribute("data-yoyak-noted", ranges.some((range) => parent.contains(range.startContainer)));
    }
  }

  function showWords(range) {
    if (fits) CSS.highlights.set("yoyak-chosen", new Highlight(range));
    range.startContainer.parentElement.scrollIntoView({ block: innerWidth < 768 ? "start" : "center" });
  }

  // --- what was said ---
  const ofPage = () => notes.read().said.filter((one) => one.path === page.path);
  const isNote = (one) => one.event === "note";
  const draft = () => notes.read().drafts[page.path];
  const newId = () => `n${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const entry = (event, values) => ({
    id: newId(), path: page.path, title: page.title, event, at: new Date().toISOString(), kind: "comment", scope: [],
    anchor: null, text: "", instead: "", seen: page.digest, ...values,
  });

  function put(one, instead_of = () => false) {
    notes.change((now) => {
      now.said = [...now.said.filter((other) => other.id !== one.id && !instead_of(other)), one];
      now.seen[one.seen] ??= page.seen;
      now.unsent = true;
    });
  }

  function tell() {
    status.textContent = words[notes.keeps ? "review.kept" : "review.held"];
    setTimeout(() => { if (!status.children.length) status.textContent = ""; }, 8000); // it stands over the panel
  }

  function takeAway(one) {
    const { seen } = notes.read();
    removed = [one, seen[one.seen]];
    notes.change((now) => { now.said = now.said.filter(({ id }) => id !== one.id); now.unsent = now.said.length > 0; });
    status.textContent = words[isNote(one) ? "review.deleted" : "review.taken-back"];
    const undo = button(status, words["review.undo"], () => {
      const [back, words_then] = removed;
      notes.change((now) => { now.said.push(back); if (words_then) now.seen[back.seen] = words_then; now.unsent = true; });
      status.textContent = "";
      render();
      mineHeading.focus();
    });
    render();
    undo.focus();
  }

  /* The anchor of the words in the form; a text when they have none. */
  function asked() {
    const letters = quote.value.trim();
    if (!letters) return null;
    if (anchor && anchor.quote.trim() === letters) return anchor;
    const found = anchorOf(blocks, letters);
    return typeof found === "string" ? words[found] : found;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const where = asked(), suggests = kind.value === "suggestion";
    const one = entry("note", {
      anchor: where, kind: kind.value, text: notes.clean(said.value), instead: suggests ? notes.clean(instead.value) : "",
      ...(form.dataset.changes ? { id: form.dataset.changes } : {}),
    });
    const why = typeof where === "string" ? [where, quote] : suggests && !where ? [words["review.no-quote"], quote]
      : suggests && !one.instead ? [words["review.no-instead"], instead] : !one.text && !one.instead ? [words["review.no-text"], said]
      : !notes.fits(one) ? [words["review.long"], said] : null;
    wrong.textContent = why ? why[0] : "";
    if (why) { why[1].focus(); return; }
    put(one);
    clear();
    changed();
    tell();
    mineHeading.focus();
  });

  function decide(event) {
    const one = entry(event, {
      text: notes.clean(reason.value), scope: event === "approve" ? scopes.filter((box) => box.checked).map((box) => box.value) : [],
    });
    const why = event === "request-changes" && !one.text ? words["review.no-reason"] : notes.fits(one) ? "" : words["review.long"];
    refused.textContent = why;
    if (why) { reason.focus(); return; }
    put(one, (other) => other.path === page.path && !isNote(other));
    reason.value = "";
    changed();
    tell();
    decided.querySelector("button")?.focus();
  }
  verdict.addEventListener("submit", (event) => event.preventDefault());

  // --- what is being written ---
  function fill(values) {
    ({ anchor = null } = values);
    quote.value = values.quote ?? ""; kind.value = values.kind ?? "comment"; said.value = values.text ?? "";
    instead.value = values.instead ?? ""; form.dataset.changes = values.changes ?? "";
    wrong.textContent = refused.textContent = "";
    shape();
  }
  function clear() { fill({}); }
  function shape() {
    instead.parentElement.hidden = kind.value !== "suggestion";
    const changes = form.dataset.changes !== "";
    formHeading.textContent = words[changes ? "review.changing" : "review.new"];
    keep.textContent = words[changes ? "review.change" : "review.add"];
    cancel.hidden = !changes && ![quote, said, instead].some((one) => one.value);
  }
  /* Keeps what is being written: a window may be closed at any time. */
  function keepDraft() {
    const value = { quote: quote.value, anchor, kind: kind.value, text: said.value, instead: instead.value, changes: form.dataset.changes, reason: reason.value };
    const some = value.quote || value.text || value.instead || value.changes || value.reason;
    const { path } = page;
    notes.change((now) => { if (some) now.drafts[path] = value; else delete now.drafts[path]; });
    shape();
    warn();
  }
  function changed() { keepDraft(); render(); }
  for (const one of [quote, kind, said, instead, reason]) one.addEventListener("input", () => { keepDraft(); status.textContent = ""; });

  function openWith(found) {
    toggle(true);
    if (!found || !page) return;
    const start = found.before ? found.block.text.indexOf(found.before + found.quote) + found.before.length : found.block.text.indexOf(found.quote);
    const long = found.quote.length > 2000;
    if (!long) { anchor = { ...anchorAt(found.block, start, found.quote), before: without(found.before), after: without(found.after) }; quote.value = found.quote; }
    changed();
    wrong.textContent = long ? words["review.long-quote"] : "";
    said.focus();
  }

  // --- what is shown ---
  function warn() {
    const found = [notes.keeps ? "" : words["review.lost"], notes.lost ? words["review.damaged"] : ""].join(" ").trim();
    if (warning.textContent !== found) warning.textContent = found; // else it would be read aloud at each key
  }

  function render() {
    const { said: entries, unsent: more } = notes.read();
    opener.textContent = `${words["review.open"]}${entries.length ? ` · ${entries.length}` : ""}`;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
    heading.textContent = page ? page.title : words["review.open"];
    about.hidden = !page;
    warn();
    if (page) renderPage();
    all.replaceChildren();
    const paths = [...new Map(entries.map((one) => [one.path, one])).values()];
    if (!paths.length) add(all, "li", { textContent: words["review.nothing"] });
    for (const one of paths) {
      const key = keys[one.path], item = add(all, "li"), count = entries.filter(({ path }) => path === one.path).length;
      const link = add(item, key === undefined ? "span" : "a", { textContent: `${one.title} · ${count}` });
      if (key !== undefined) link.href = `#/${key.split("/").map(encodeURIComponent).join("/")}`;
    }
    unsent.textContent = entries.length && more ? words["review.unsent"] : "";
    if (copy.open) copied.value = notes.file(site);
    mark();
  }

  function renderPage() {
    mine.replaceChildren();
    const entries = ofPage(), notesHere = entries.filter(isNote), judged = entries.find((one) => !isNote(one));
    if (!notesHere.length) add(mine, "li", { className: "quiet", textContent: words["review.none"] });
    for (const one of notesHere) renderNote(one);
    decided.replaceChildren();
    if (!judged) return;
    const line = add(decided, "p", { className: "decided", textContent: words[`review.${judged.event}.done`] });
    if (judged.seen !== page.digest) line.append(` ${words["review.older"]}`);
    if (judged.scope.length) add(decided, "p", { className: "quiet", textContent: judged.scope.map((scope) => words[`review.scope.${scope}`]).join(" · ") });
    if (judged.text) add(decided, "p", { className: "words", textContent: judged.text });
    button(add(decided, "div", { className: "buttons" }), words["review.take-back"], () => takeAway(judged));
  }

  function renderNote(one) {
    const item = add(mine, "li"), range = one.anchor && rangeFor(blocks, one.anchor);
    add(item, "p", { className: "quiet", textContent: words[`review.kind.${one.kind}`] });
    if (one.anchor) add(item, "blockquote", { textContent: one.anchor.quote });
    else add(item, "p", { className: "quiet", textContent: words["review.whole"] });
    if (one.anchor && !range) add(item, "p", { className: "quiet", textContent: words["review.gone"] });
    if (one.text) add(item, "p", { className: "words", textContent: one.text });
    if (one.instead) add(item, "p", { className: "words", textContent: `→ ${one.instead}` });
    const row = add(item, "div", { className: "buttons" });
    const of = (label) => ({ ariaLabel: `${label}: ${(one.anchor?.quote || one.text).slice(0, 60)}` });
    const labelled = (label, act) => button(row, label, act, of(label));
    if (range) labelled(words["review.show"], () => showWords(range));
    labelled(words["review.edit"], () => {
      if ((said.value || instead.value) && form.dataset.changes !== one.id) { wrong.textContent = words["review.first"]; said.focus(); return; }
      fill({ ...one, quote: one.anchor?.quote ?? "", changes: one.id });
      changed();
      said.focus();
    });
    labelled(words["review.delete"], () => takeAway(one));
  }

  function toggle(open) {
    if (open === !panel.hidden) return;
    panel.hidden = !open;
    host.toggleAttribute("data-yoyak-open", open);
    render();
    (open ? heading : opener).focus();
  }

  // --- the file ---
  for (const [input, key] of [[who, "name"], [address, "email"]]) {
    input.addEventListener("input", () => { notes.change((now) => { now.by[key] = input.value; now.unsent = now.said.length > 0; }); unnamed.textContent = ""; warn(); });
  }
  function fileName() {
    const stamp = new Date().toISOString().slice(0, 16).replace(/[-:]/g, "");
    return `review-${notes.called(who.value).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40)}-${stamp}.json`;
  }
  sending.addEventListener("submit", (event) => {
    event.preventDefault();
    const { said: entries } = notes.read();
    const why = !notes.called(who.value) ? [words["review.no-name"], who] : entries.length ? null : [words["review.nothing"], heading];
    unnamed.textContent = why ? why[0] : "";
    if (why) { why[1].focus(); return; }
    const file = fileName(), url = URL.createObjectURL(new Blob([notes.file(site)], { type: "application/json" }));
    add(panel, "a", { href: url, download: file, hidden: true }).click();
    panel.lastChild.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    notes.change((now) => { now.unsent = false; });
    render();
    unsent.textContent = words["review.saved"].replace("{file}", () => file);
  });
  copy.addEventListener("toggle", render);

  // --- what happens around it ---
  document.addEventListener("selectionchange", () => {
    const found = page && selectedIn(blocks, document.body); // of all that is selected, the first words of the article
    clearTimeout(clock);
    if (found) { picked = found; pick.hidden = false; return; }
    clock = setTimeout(() => { picked = null; pick.hidden = true; }, 400); // a touch on the button takes the selection away
  });
  pick.addEventListener("pointerdown", (event) => event.preventDefault());
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden && !event.isComposing && panel.contains(event.target)) toggle(false); });
  addEventListener("storage", (event) => { if (event.key === notes.place) render(); });
  addEventListener("beforeunload", (event) => {
    if (notes.keeps) return;
    const { unsent: more, drafts } = notes.read();
    if (!more && !Object.keys(drafts).length) return;
    event.preventDefault();
    event.returnValue = true; // what older browsers look at
  });

  const keys = {};
  const { by } = notes.read();
  who.value = by.name;
  address.value = by.email;
  return {
    add(key, review) { if (review) keys[review.path] = key; },
    show(review) {
      page = review ?? null;
      blocks = page ? named(document.querySelector("main") ?? document.body, page.blocks) : [];
      picked = null;
      pick.hidden = true;
      status.textContent = "";
      if (fits) CSS.highlights.delete("yoyak-chosen");
      const kept = page && draft();
      reason.value = kept?.reason ?? "";
      fill(kept || {});
      render();
    },
  };
};
