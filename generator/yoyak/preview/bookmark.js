// The bookmark: packs what is selected, or the whole page, and opens the preview's own page with it. It sends nothing
// to anybody else: what stands behind # in an address never leaves the browser.
(async () => {
  const chosen = getSelection();
  const some = chosen && !chosen.isCollapsed && chosen.toString().trim();
  const page = document.implementation.createHTMLDocument("");
  if (some) {
    page.head.append(...[...document.head.querySelectorAll('meta,link[rel~="canonical"],script[type*="ld+json"]')].map((one) => one.cloneNode(true)));
    for (let n = 0; n < chosen.rangeCount; n++) page.body.append(chosen.getRangeAt(n).cloneContents());
    page.documentElement.lang = document.documentElement.lang;
  } else {
    const whole = document.documentElement.cloneNode(true);
    const copies = [...whole.querySelectorAll("*")];
    const unseen = [...document.documentElement.querySelectorAll("*")].map((one, n) =>
      document.body.contains(one) && !one.matches("script") && getComputedStyle(one).display === "none" && copies[n]);
    unseen.forEach((one) => one && one.remove());
    page.replaceChild(whole, page.documentElement);
  }
  page.querySelectorAll('script:not([type*="ld+json"]),style,link:not([rel~="canonical"]),input,select,textarea,template,svg').forEach((one) => one.remove());
  page.title = document.title;
  const address = (value) => { try { return new URL(value, document.baseURI).href; } catch { return value; } };
  for (const one of page.querySelectorAll("*"))
    for (const { name, value } of [...one.attributes])
      if (name === "style" || name.startsWith("on") || value.length > 4000) one.removeAttribute(name);
      else if (["href", "src", "poster", "data-src"].includes(name) && !value.startsWith("#")) one.setAttribute(name, address(value));
  const clip = { html: page.documentElement.outerHTML, text: some ? chosen.toString() : document.body.innerText, address: location.href, title: document.title };
  const packed = async () => {
    const stream = new Blob([JSON.stringify(clip)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    let text = "";
    for (const byte of new Uint8Array(await new Response(stream).arrayBuffer())) text += String.fromCharCode(byte);
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  let sent = await packed();
  if (sent.length > 1500000) { Object.assign(clip, { html: "", cut: true }); sent = await packed(); }
  const there = "http://127.0.0.1:PORT/__yoyak/clip#KEY." + sent;
  if (!open(there, "_blank")) location.href = there;
})();
