// The bookmark: packs what is selected, or the whole page, and opens the preview's own page with it. It sends nothing
// to anybody else: what stands behind # in an address never leaves the browser.
(async () => {
  // Forms and pictures of a page may be called "title" or "body" and stand in the document's place for them.
  const of = (one, name) => Object.getOwnPropertyDescriptor(Document.prototype, name).get.call(one);
  const documents = [];
  const look = (view) => {
    try { documents.push(view.document); } catch { return; } // a frame of another site
    for (let n = 0; n < view.length; n++) look(view[n]);
  };
  look(window);
  const words = (one) => (of(one, "body") ?? of(one, "documentElement"))?.innerText ?? "";
  const selected = (one) => { const it = one.getSelection(); return it && !it.isCollapsed && it.toString().trim() ? it : null; };
  // An article in a frame of the same site, as blogs have it, is the page when the window itself says little.
  const longest = documents.reduce((a, b) => words(b).length > 2 * words(a).length ? b : a);
  const from = documents.find(selected) ?? longest;
  const chosen = selected(from);
  const [html, head, body] = ["documentElement", "head", "body"].map((name) => of(from, name));
  const page = document.implementation.createHTMLDocument("");
  const style = (one) => from.defaultView.getComputedStyle(one);
  const away = (one, its) => {
    const box = one.getBoundingClientRect();
    return parseFloat(its.textIndent) < -500 || /^rect\((0|1)px/.test(its.clip)
      || (/absolute|fixed/.test(its.position) && box.width && (box.right + from.defaultView.scrollX < 0 || box.bottom + from.defaultView.scrollY < 0));
  };
  const unseen = (one) => {
    if (one.matches('script[type*="ld+json"]')) return false;
    if (one.matches("script,noscript,style,link,input,select,textarea,template,svg")) return true;
    const its = style(one);
    return its.display === "none" || (one !== body && away(one, its));
  };
  const letters = (one, range) => {
    const around = one.parentElement, its = around && !around.matches("script") && style(around);
    if (its && (its.visibility !== "visible" || parseFloat(its.fontSize) === 0)) return "";
    const end = one === range?.endContainer ? range.endOffset : one.data.length;
    return one.data.slice(one === range?.startContainer ? range.startOffset : 0, end);
  };
  const copy = (one, range) => {
    if (range && one.getRootNode() === range.startContainer.getRootNode() && !range.intersectsNode(one)) return "";
    if (one.nodeType === 3) return letters(one, range);
    if (one.nodeType !== 1 || unseen(one)) return "";
    const made = page.importNode(one, false);
    const slotted = one.localName === "slot" ? one.assignedNodes() : [];
    for (const child of slotted.length ? slotted : (one.shadowRoot ?? one).childNodes) made.append(copy(child, range));
    return made;
  };
  const all = page.importNode(html, false), top = page.createElement("head");
  const told = head?.querySelectorAll('meta,link[rel~="canonical"],script[type*="ld+json"]') ?? [];
  top.append(...[...told].map((one) => page.importNode(one, true)));
  let text = page.createElement("body");
  if (chosen) {
    for (let n = 0; n < chosen.rangeCount; n++) {
      const range = chosen.getRangeAt(n), at = range.commonAncestorContainer;
      const around = at.nodeType === 3 ? at.parentNode : at === html || at === from ? body ?? html : at;
      const parts = around.nodeType === 1 ? [copy(around, range)] : [...around.childNodes].map((one) => copy(one, range));
      for (const part of parts.filter(Boolean)) {
        for (const name of around.nodeType === 1 ? ["class", "id", "role"] : []) part.removeAttribute(name); // it may be called a sidebar
        text.append(...(part.localName === "body" ? part.childNodes : [part]));
      }
    }
  } else {
    const whole = copy(body ?? html);
    if (whole.localName === "body") text = whole; else text.append(whole);
  }
  page.replaceChild(all.localName === "html" ? all : page.createElement("html"), page.documentElement);
  page.documentElement.append(top, text);
  page.title = of(from, "title") || of(document, "title");
  const address = (value) => { try { return new URL(value, from.baseURI).href; } catch { return value; } };
  const each = (value) => value.split(/,\s+/).map((one) => one.trim().replace(/^\S+/, address)).join(", ");
  for (const one of page.querySelectorAll("*"))
    for (const { name, value } of [...one.attributes])
      if (name === "style" || name.startsWith("on") || value.length > 4000) one.removeAttribute(name);
      else if (/srcset$/.test(name)) one.setAttribute(name, each(value));
      else if ((/^(href|src|poster|data-src)$/.test(name) && !value.startsWith("#")) || (name.startsWith("data-") && /^[^\s"{]+\.(jpe?g|png|gif|webp|avif)(\?\S*)?$/i.test(value)))
        one.setAttribute(name, address(value));
  const clip = { html: page.documentElement.outerHTML, text: chosen ? chosen.toString() : words(from), address: location.href, title: page.title };
  const packed = async () => {
    const stream = new Blob([JSON.stringify(clip)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    let sent = "";
    for (const byte of new Uint8Array(await new Response(stream).arrayBuffer())) sent += String.fromCharCode(byte);
    return btoa(sent).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  let sent = await packed();
  if (sent.length > 1500000) { Object.assign(clip, { html: "", cut: true }); sent = await packed(); }
  const there = "http://127.0.0.1:PORT/__yoyak/clip#KEY." + sent;
  // A page in a sandbox opens windows that are in it too, and cannot show the preview.
  const boxed = self.origin === "null" && location.protocol.startsWith("http");
  if (boxed || !open(there, "_blank")) location.href = there;
})();
