/* A bundle: shows one of its pages at a time. The page of #/tags/ai/?top is tags/ai/, at the element "top". */
"use strict";

(async () => {
  /* parts */
  const held = [...document.querySelectorAll("script[type='text/plain']")];
  const text = (name) => held.find((one) => one.dataset.name === name).textContent;
  const bytes = (letters) => Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const words = JSON.parse(text("words"));
  const pictures = JSON.parse(text("pictures"));
  const scripts = held.filter((one) => !one.dataset.name).map((one) => one.textContent);
  const sheets = [...document.querySelectorAll("head > style")];
  const packed = new Blob([bytes(text("pages"))]).stream().pipeThrough(new DecompressionStream("deflate"));
  const pages = JSON.parse(await new Response(packed).text());
  const bar = makeBar(text("bar"));
  const panel = words.site === undefined ? null : makePanel({ root: bar.shadowRoot, words, site: words.site, name: words.name, add });
  for (const [key, page] of Object.entries(pages)) panel?.add(key, page.review);
  const urls = new Map();
  let shown = null;
  let state = history.state;

  function picture(name) {
    if (!urls.has(name)) {
      const [type, data] = pictures[name];
      urls.set(name, URL.createObjectURL(new Blob([bytes(data)], { type })));
    }
    return urls.get(name);
  }

  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };

  /* The page and the anchor of an address, encoded. One without a page is of the front page. */
  function placeOf(hash) {
    const place = hash.startsWith("#/") ? hash.slice(2) : `?${hash.slice(1)}`;
    const at = place.indexOf("?");
    return at < 0 ? [place, ""] : [place.slice(0, at), place.slice(at + 1)];
  }

  function show() {
    const [path, anchor] = placeOf(location.hash).map(decoded);
    const page = (Object.hasOwn(pages, path) && pages[path]) || pages["404.html"] || pages[""];
    if (page.to) {
      location.replace(page.to);
      return;
    }
    if (shown !== path) put(page);
    shown = path;
    goTo(anchor);
    state = null;
  }

  function put(page) {
    const made = new DOMParser().parseFromString(page.html, "text/html").body;
    for (const element of made.querySelectorAll("[data-style]")) element.style.cssText = element.dataset.style;
    for (const element of made.querySelectorAll("[data-picture]")) {
      const name = { img: "src", input: "src" }[element.localName] ?? "href";
      element.setAttribute(name, picture(element.dataset.picture));
    }
    for (const name of ["class", "id", "dir", "lang"]) {
      if (name in page.body) document.body.setAttribute(name, page.body[name]);
      else document.body.removeAttribute(name);
    }
    document.documentElement.lang = page.lang;
    document.title = page.title;
    sheets.forEach((sheet, number) => { sheet.disabled = !page.sheets.includes(number); });
    document.body.replaceChildren(...made.childNodes, bar);
    for (const number of page.scripts) {
      const script = document.createElement("script");
      script.textContent = scripts[number];
      document.body.append(script);
      script.remove();
    }
    panel?.show(page.review);
  }

  function goTo(anchor) {
    const place = anchor && (document.getElementById(anchor) ?? document.getElementsByName(anchor)[0]);
    if (state) scrollTo(0, state.y);
    else if (place) place.scrollIntoView();
    else scrollTo(0, 0);
    (place || document.querySelector("main"))?.focus({ preventScroll: true });
  }

  function add(parent, name, values = {}) {
    const made = Object.assign(document.createElement(name), values);
    parent.append(made);
    return made;
  }

  function makeBar(style) {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    host.lang = words.lang;
    add(root, "style", { textContent: style });
    const open = add(add(root, "div", { className: "bar" }), "button", { type: "button", textContent: words.search });
    const dialog = add(root, "dialog", { ariaLabel: words.search });
    const form = add(dialog, "form", { method: "dialog" });
    const field = add(form, "input", { type: "search", ariaLabel: words.search, autocomplete: "off" });
    add(form, "button", { type: "button", textContent: words.close }).addEventListener("click", () => dialog.close());
    const list = add(dialog, "ul");
    const find = () => {
      const wanted = field.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
      const fits = ([, page]) => page.name && wanted.every((word) => page.name.toLowerCase().includes(word));
      const found = wanted.length ? Object.entries(pages).filter(fits).slice(0, 50) : [];
      list.replaceChildren();
      for (const [path, page] of found) {
        const link = add(add(list, "li"), "a", { textContent: page.name, lang: page.lang });
        link.href = `#/${path.split("/").map(encodeURIComponent).join("/")}`;
        add(link, "small", { textContent: path });
        link.addEventListener("click", () => dialog.close());
      }
      if (wanted.length && !found.length) add(list, "li", { textContent: words.none });
    };
    open.addEventListener("click", () => { dialog.showModal(); field.select(); });
    field.addEventListener("input", find);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    return host;
  }

  /* A link within its page says only where: the page is the one that is shown. */
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (!link) return;
    keepPlace();
    if (link.getAttribute("href").startsWith("#/")) return;
    event.preventDefault();
    const anchor = link.getAttribute("href").slice(1);
    const address = `#/${placeOf(location.hash)[0]}?${anchor}`;
    if (event.ctrlKey || event.metaKey || event.shiftKey) open(address);
    else if (address === location.hash) goTo(decoded(anchor));
    else location.hash = address;
  });

  let waiting = 0;
  const keepPlace = () => {
    clearTimeout(waiting);
    history.replaceState({ y: scrollY }, "");
  };
  history.scrollRestoration = "manual";
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepPlace, 150);
  });
  addEventListener("popstate", (event) => {
    clearTimeout(waiting); // it would be kept for the page that is left
    state = event.state;
  });
  addEventListener("hashchange", show);
  show();
})();
