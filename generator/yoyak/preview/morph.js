// How the page that is shown becomes the one that a build made, without being loaded again. What the page's own scripts
// did to it stays wherever the build changed nothing: three pages are compared, the one that came, the new one, and
// the one that is shown.
const morph = (() => {
  const CHANGED = "data-yoyak-changed"; // for a moment, on the blocks that a build changed
  const MOMENT = 2500;
  const FEW = 40; // blocks that are compared with each other
  const MANY = 800; // children that are: more take longer than to load the page
  const BLOCKS = "p,li,h1,h2,h3,h4,h5,h6,dt,dd,td,th,caption,figcaption,blockquote,pre,summary";
  // What the head says to programs alone is exchanged; whatever else differs outside of main needs the page anew.
  const UNSEEN = 'title,meta[name="description"],meta[property],meta[name^="twitter:"],link[rel="canonical"],link[rel="alternate"],script[type="application/ld+json"]';
  const FILES = ["src", "srcset", "poster", "data"];
  const STYLE = `
    @media screen {
      [${CHANGED}] { animation: yoyak-changed ${MOMENT}ms ease-out; }
      @keyframes yoyak-changed { from, 40% { background-color: #f0c33c66; box-shadow: 0 0 0 4px #f0c33c66; } }
    }
    @media screen and (prefers-reduced-motion: reduce) {
      [${CHANGED}] { animation: none; background-color: #f0c33c44; box-shadow: 0 0 0 4px #f0c33c44; }
    }`;
  let ending = 0;

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
  const mains = (page) => [...page.querySelectorAll("main")];

  function around(page) { // all but what is in main, as a text
    const root = page.documentElement.cloneNode(true);
    root.querySelector("main").replaceChildren();
    const [head, body] = ["head", "body"].map((name) => root.querySelector(name));
    const seen = [...head.children].filter((one) => !one.matches(UNSEEN)).map((one) => one.outerHTML);
    head.remove();
    return [...seen, body.outerHTML, root.cloneNode(false).outerHTML].join("\n");
  }

  function files(main) { // that it loads: a script of the page may have to see to a new picture
    const loaded = [...main.querySelectorAll(FILES.map((name) => `[${name}]`))].flatMap((one) => FILES.map((name) => one.getAttribute(name)));
    return [...loaded, ...[...main.querySelectorAll("script,style,link")].map((one) => one.outerHTML)].filter(Boolean);
  }

  function reachable(before, after) { // whether main is all that has to change
    if (mains(before).length !== 1 || mains(after).length !== 1 || mains(document).length !== 1) return false;
    const known = new Set(files(mains(before)[0]));
    return files(mains(after)[0]).every((file) => known.has(file)) && around(before) === around(after);
  }

  // Notes which node that is shown is which of the page as it came. Where a node has none, a script rebuilt its parent.
  function pair(live, came, pairs, rebuilt) {
    pairs.set(live, came);
    let next = live.firstChild;
    for (const child of came.childNodes) {
      let found = next;
      while (found && !(found.nodeName === child.nodeName && found.textContent === child.textContent)) found = found.nextSibling;
      if (!found && next?.nodeName === child.nodeName) found = next; // its words are a script's
      if (found) { pair(found, child, pairs, rebuilt); next = found.nextSibling; }
      else if (child.nodeType !== Node.TEXT_NODE || child.data.trim()) rebuilt.add(live);
    }
  }

  function byHtml(main) {
    const found = new Map();
    for (const one of main.querySelectorAll("*")) {
      const html = one.outerHTML, same = found.get(html);
      if (same) same.push(one); else found.set(html, [one]);
    }
    return found;
  }

  function changedBlocks(one, were) { // the innermost ones; a list that only lost an entry is none
    const inner = [...one.children].filter((child) => !were.has(child.outerHTML));
    if (inner.length) return inner.flatMap((child) => changedBlocks(child, were));
    const block = one.closest(BLOCKS);
    return block ? [block] : one.matches("main") || one.querySelector(BLOCKS) ? [] : [one];
  }

  function ends(was, now) { // how many letters two texts share at their beginnings and at their ends
    const least = Math.min(was.length, now.length);
    let head = 0, tail = 0;
    while (head < least && was[head] === now[head]) head += 1;
    while (tail < least - head && was.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
    return [head, tail];
  }

  function likeness(one, other) {
    const [was, now] = [one.textContent, other.textContent], [head, tail] = ends(was, now);
    return one.nodeName === other.nodeName ? (head + tail) / Math.max(was.length, now.length, 1) : 0;
  }

  // What did not change gets the same name on both sides for as long as it takes, so that it is found where it went;
  // so does a block that is much like one that is gone.
  function name(after, were, are, lives, blocks, gone) {
    const named = [];
    const give = (one, came, live) => {
      if ([one, came, live].some((it) => !it || it.hasAttribute("id"))) return;
      for (const it of [one, came, live]) it.setAttribute("id", `yoyak-same-${named.length}`);
      named.push(live);
    };
    const visit = (one) => {
      const html = one.outerHTML, same = were.get(html);
      if (same?.length === 1 && are.get(html).length === 1 && lives.has(same[0])) give(one, same[0], lives.get(same[0]));
      else [...one.children].forEach(visit);
    };
    [...after.children].forEach(visit);
    const left = new Set(gone.slice(0, FEW));
    for (const one of blocks.filter((it) => it !== after && after.contains(it)).slice(0, FEW)) {
      const [best] = [...left].sort((a, b) => likeness(b, one) - likeness(a, one));
      if (best && likeness(best, one) > 0.5) { left.delete(best); give(one, best, lives.get(best)); }
    }
    return () => named.forEach((one) => one.removeAttribute("id"));
  }

  function moved(offset, was, now) { // where an offset in a text is when the text became another one
    if (was === undefined || was === now) return offset;
    const [head, tail] = ends(was, now);
    if (offset <= head) return offset;
    return was.length - offset <= tail ? now.length - (was.length - offset) : Math.min(offset, now.length - tail);
  }

  function keepingSelection(run) {
    const selection = getSelection();
    const ends = selection?.rangeCount ? [[selection.anchorNode, selection.anchorOffset], [selection.focusNode, selection.focusOffset]] : [];
    const were = ends.map(([node]) => node.data);
    run();
    if (!ends.some(([node], n) => node.data !== were[n]) || !ends.every(([node]) => node.isConnected)) return;
    selection.setBaseAndExtent(...ends.flatMap(([node, offset], n) => [node, moved(offset, were[n], node.data)]));
  }

  function unmark() {
    clearTimeout(ending);
    for (const one of document.querySelectorAll(`[${CHANGED}]`)) { one.removeAttribute(CHANGED); void one.offsetWidth; }
  }

  // The innermost element that holds all that changed: idiomorph compares each child of an element with all others.
  function narrowed(live, came, made, lives) {
    const [were, are] = [[...came.childNodes], [...made.childNodes]];
    const first = were.findIndex((one, n) => !(are[n] && one.isEqualNode(are[n])));
    const [one, other, inner] = [were[first], are[first], lives.get(were[first])];
    const alone = were.length === are.length && were.every((it, n) => n <= first || it.isEqualNode(are[n]));
    if (!alone || !inner || one.nodeType !== Node.ELEMENT_NODE || !one.cloneNode(false).isEqualNode(other.cloneNode?.(false) ?? null)) return [live, came, made];
    return narrowed(inner, one, other, lives);
  }

  function mark(blocks, live, made) {
    for (const block of blocks)
      if (block !== made && made.contains(block)) block.setAttribute(CHANGED, "");
      else (live.closest(BLOCKS) ?? live).setAttribute(CHANGED, "");
  }

  function exchange(main, before, after) {
    const pairs = new Map(), rebuilt = new Set(), news = new Map();
    pair(main, before, pairs, rebuilt);
    const were = byHtml(before), are = byHtml(after);
    const [blocks, gone] = [changedBlocks(after, were), changedBlocks(before, are)].map((found) => [...new Set(found)]);
    const lives = new Map([...pairs].map(([live, came]) => [came, live]));
    const [live, came, made] = narrowed(main, before, after, lives);
    if (rebuilt.has(live)) throw new Error("a script of the page rebuilt what changed");
    if (came.childNodes.length > MANY || made.childNodes.length > MANY) throw new Error("too much to compare");
    const forget = name(made, were, are, lives, blocks, gone);
    mark(blocks, live, made);
    const callbacks = {
      beforeNodeMorphed(old, next) {
        if (pairs.get(old)?.isEqualNode(next)) return false;
        if (rebuilt.has(old)) throw new Error("a script of the page rebuilt what changed");
        news.set(old, next);
      },
      beforeNodeRemoved: (old) => old.nodeType !== Node.ELEMENT_NODE || pairs.has(old),
      beforeAttributeUpdated: (attribute, old) => {
        const [was, next] = [pairs.get(old), news.get(old)];
        return !(was && next && was.getAttribute(attribute) === next.getAttribute(attribute));
      },
    };
    try { Idiomorph.morph(live, [...made.childNodes], { morphStyle: "innerHTML", callbacks }); } finally { forget(); }
  }

  function exchangeHead(page) {
    for (const one of document.head.querySelectorAll(UNSEEN)) if (one.localName !== "title") one.remove();
    for (const one of page.head.querySelectorAll(UNSEEN)) if (one.localName !== "title") document.head.append(document.importNode(one, true));
    if (document.title !== page.title) document.title = page.title;
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  // Makes the page that came as the text `from` the one of the text `to`. False: it has to be loaded.
  return (from, to) => {
    const before = parsed(from), after = parsed(to);
    if (!reachable(before, after)) return false;
    try {
      unmark();
      if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      keepingSelection(() => exchange(mains(document)[0], mains(before)[0], mains(after)[0]));
      exchangeHead(after);
      ending = setTimeout(unmark, MOMENT);
    } catch { return false; }
    return true;
  };
})();
