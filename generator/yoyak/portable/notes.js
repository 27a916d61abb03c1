// What a reviewer said in a bundle: kept by the browser where it keeps anything for a file, and the file that is sent.
// What the browser kept may be anything: what has not the form is not taken.
const makeNotes = (name) => {
  const place = `yoyak-review ${name}`;
  const EVENTS = ["note", "approve", "request-changes"], KINDS = ["comment", "suggestion", "fact", "rights"];
  const SCOPES = ["facts", "law", "rights", "language"];
  const isText = (value) => typeof value === "string";
  const isThing = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  let now = { by: { name: "", email: "" }, said: [], seen: {}, drafts: {}, unsent: false };
  let keeps = true, lost = false;

  const isAnchor = (one) => isThing(one) && ["block", "quote", "before", "after"].every((key) => isText(one[key]));
  const isSaid = (one) => isThing(one) && ["id", "path", "title", "at", "text", "instead", "seen"].every((key) => isText(one[key]))
    && EVENTS.includes(one.event) && KINDS.includes(one.kind) && (one.anchor === null || isAnchor(one.anchor))
    && Array.isArray(one.scope) && one.scope.every((scope) => SCOPES.includes(scope));
  const isDraft = (one) => isThing(one) && ["quote", "kind", "text", "instead", "changes", "reason"].every((key) => isText(one[key]))
    && KINDS.includes(one.kind) && (one.anchor === null || isAnchor(one.anchor));
  const those = (found, fits) => Object.fromEntries(Object.entries(isThing(found) ? found : {}).filter(([, value]) => fits(value)));

  function checked(found) {
    const by = isThing(found.by) && isText(found.by.name) && isText(found.by.email) ? found.by : now.by;
    const said = found.said.filter(isSaid);
    return { by, said, seen: those(found.seen, isText), drafts: those(found.drafts, isDraft), unsent: found.unsent === true };
  }

  /* What there is now. Another window of the same file may have written since; what this one could not keep, it has. */
  function read() {
    if (!keeps) return now;
    let written = null, whole = true;
    try {
      written = localStorage.getItem(place);
      const found = written === null ? now : JSON.parse(written);
      now = checked(found);
      whole = now.said.length === found.said.length;
    } catch {
      if (written === null) keeps = false;
      whole = false;
    }
    if (!whole && written !== null) setAside(written);
    return now;
  }

  function setAside(written) {
    lost = true;
    try {
      localStorage.setItem(`${place} (damaged)`, written);
      localStorage.setItem(place, JSON.stringify(now));
    } catch {
      keeps = false;
    }
  }

  function change(edit) {
    read();
    edit(now);
    const used = new Set(now.said.map((one) => one.seen));
    for (const digest of Object.keys(now.seen)) if (!used.has(digest)) delete now.seen[digest];
    try {
      localStorage.setItem(place, JSON.stringify(now));
      keeps = true;
    } catch {
      keeps = false;
    }
  }

  /* One way to write a text: without halves of characters and without controls, which no program could read back. */
  const clean = (text) => text.replace(/\r\n?/g, "\n").replace(/\p{Cs}/gu, "\ufffd").replace(/[^\P{Cc}\n\t]/gu, "").trim();
  const called = (text) => clean(text).replace(/[\p{C}\p{Z}]+/gu, " ").trim();

  function asEvent({ id, path, event, at, kind, scope, anchor, text, instead, seen }) {
    const by = { name: called(now.by.name), email: called(now.by.email) };
    return {
      path, event, id, by, at, ...(event === "note" ? { kind } : {}), ...(scope.length ? { scope } : {}),
      ...(anchor ? { anchor } : {}), ...(text ? { text } : {}), ...(instead ? { instead } : {}), seen,
    };
  }

  function file(site) {
    const { said, seen } = read();
    return `${JSON.stringify({ "yoyak-review": 1, site, events: said.map(asEvent), seen }, null, 2)}\n`;
  }

  /* An event is one file of at most 64 kB in the site's folder. */
  const fits = (one) => new TextEncoder().encode(JSON.stringify(asEvent(one))).length < 50_000;

  try { // some browsers keep nothing for a file, and say so only here
    localStorage.setItem(`${place} (try)`, "");
    localStorage.removeItem(`${place} (try)`);
  } catch {
    keeps = false;
  }
  return {
    read, change, file, fits, clean, called, place, KINDS, SCOPES,
    get keeps() { return keeps; },
    get lost() { return lost; },
  };
};
