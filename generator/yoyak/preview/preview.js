// Only in yoyak's preview: makes the page the one of the last build, in its place or by loading it again, and shows the
// problems of that build over the last good page. Nothing inline, no page is written as a string: it works under any
// content policy.
(() => {
  "use strict";
  const SCROLL = "yoyak:scroll";
  const CLOSED = "yoyak:closed";
  const words = { /* words */ }; // the server puts them here: messages/, preview.window.
  /* parts */
  let stream = null;
  let look = null; // changes with the templates and the settings: then the page is loaded
  let shown = null; // the page as it came, before any script saw it
  let version = performance.getEntriesByType("navigation")[0]?.serverTiming?.find((entry) => entry.name === "yoyak")?.description;

  // Session storage may be switched off: then the scroll and a closed overlay are forgotten, and nothing else.
  const recall = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* see above */ } };

  const keepScroll = () => remember(SCROLL, JSON.stringify([location.pathname, scrollX, scrollY]));

  function restoreScroll() {
    const [path, left, top] = JSON.parse(recall(SCROLL) ?? "[]");
    remember(SCROLL, "[]");
    addEventListener("load", () => setTimeout(() => { history.scrollRestoration = "auto"; }), { once: true });
    if (path !== location.pathname) return;
    const go = () => { if (scrollY < top) scrollTo({ left, top, behavior: "instant" }); };
    go();
    addEventListener("load", go, { once: true }); // what was loaded later may have made room
  }

  function reload() {
    addEventListener("pagehide", keepScroll); // not now: somebody may scroll on until the new page is here
    history.scrollRestoration = "manual"; // else a browser glides to where the page before the last stood
    location.reload();
  }

  async function fetched() {
    const answer = await fetch(location.href);
    const told = /\bdesc="([^"]*)"/.exec(answer.headers.get("Server-Timing") ?? "");
    return { good: answer.ok && !answer.redirected, version: told?.[1], text: await answer.text() };
  }

  let wanted = null, renewing = false;

  async function renew(news) {
    wanted = news;
    if (renewing) return;
    renewing = true;
    try {
      while (wanted && wanted.version !== version) {
        const now = wanted;
        wanted = null;
        if (!shown || now.look !== look) return reload();
        const page = await fetched();
        if (!page.good || !morph(shown.text, page.text)) return reload();
        shown = page;
        version = page.version ?? now.version;
      }
    } catch { /* the server is gone: what its next one says is compared again */ } finally { renewing = false; }
  }

  async function keepAsItCame() {
    try {
      const page = await fetched();
      if (page.good && page.version === version) shown = page;
    } catch { /* then the next change loads the page */ }
  }

  function receive(news) {
    version ??= news.version;
    look ??= news.look;
    overlay.show(news);
    if (news.version !== version) renew(news);
  }

  // A browser allows six connections to a host. So one visible window holds the stream for all: the one that has the
  // lock. It signs every second; when it was silent for too long, e.g. held by a debugger, another takes the lock.
  const LOCK = "yoyak:stream";
  const PATIENCE = 4000;
  const SHOWN = 20000; // so often a window says what it shows: such pages are made first
  const query = "?page=" + encodeURIComponent(location.pathname);
  const channel = navigator.locks && globalThis.BroadcastChannel ? new BroadcastChannel("yoyak") : null;
  let place = null; // in the line for the lock, or with it
  let heard = 0, asked = 0, asking = null, gone = 0;

  const sign = (news) => channel?.postMessage({ news, lost: gone > 2 });

  function open() {
    if (stream?.readyState === EventSource.CLOSED) stream = null; // it has given up, e.g. the preview has ended
    gone = stream?.readyState === EventSource.OPEN ? 0 : gone + 1;
    overlay.lose(gone > 2);
    if (stream) return;
    stream = new EventSource("/__yoyak/events" + query);
    stream.onmessage = (event) => { gone = 0; sign(true); receive(JSON.parse(event.data)); };
  }

  function leave() {
    place?.abort();
    stream?.close();
    place = stream = null;
    gone = 0;
  }

  function join(steal) {
    const mine = place = new AbortController();
    const hold = () => mine.signal.aborted || new Promise((end) => {
      mine.signal.onabort = end;
      open();
      sign(true);
    });
    navigator.locks.request(LOCK, steal ? { steal } : { signal: mine.signal }, hold)
      .catch(() => { if (place === mine) leave(); }); // another has taken the lock
  }

  async function ask() {
    asked = performance.now();
    if (asking) return void (asking = "again");
    asking = "once";
    try { receive(await (await fetch("/__yoyak/news" + query)).json()); } catch { /* the next sign asks again */ }
    const again = asking === "again";
    asking = null;
    if (again) ask();
  }

  channel?.addEventListener("message", ({ data }) => {
    heard = performance.now();
    overlay.lose(data.lost);
    if (data.news && !document.hidden) ask();
  });

  function follow() {
    const now = performance.now();
    if (document.hidden) return leave();
    if (!channel) return open();
    if (stream) { open(); return sign(false); }
    if (!place) { heard = now; join(false); }
    else if (now - heard > PATIENCE) { heard = now; place.abort(); join(true); }
    if (now - asked > SHOWN || !asked) ask();
  }

  const STYLE = `
    :host { all: initial; --paper: #fffdfa; --ink: #1f1b16; --soft: #5c554b; --line: #b3261e; --mark: #fbe4e1; }
    @media (prefers-color-scheme: dark) {
      :host { --paper: #1d1b19; --ink: #f1ece4; --soft: #b9b1a5; --line: #ff8a80; --mark: #4a2320; }
    }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    section, .count {
      position: fixed; z-index: 2147483647; color: var(--ink); background: var(--paper);
      font: 15px/1.5 system-ui, sans-serif; border: 1px solid var(--line);
    }
    section { inset: auto 0 0; max-height: 60vh; overflow: auto; padding: 12px 20px 20px; border-width: 4px 0 0; box-shadow: 0 0 24px #0006; }
    .count { right: 12px; bottom: 12px; margin: 0; padding: 4px 12px; border-radius: 22px; }
    button.count { min-height: 44px; }
    .desk {
      position: fixed; z-index: 2147483646; left: 12px; bottom: 64px; display: inline-flex; align-items: center; min-height: 44px; padding: 0 14px;
      color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 22px; font: 14px/1.5 system-ui, sans-serif; text-decoration: none;
    }
    [hidden] { display: none; }
    .top { display: flex; justify-content: space-between; align-items: center; gap: 16px; }
    p { margin: 8px 0 0; overflow-wrap: anywhere; white-space: pre-line; }
    strong { font-size: 17px; }
    .place { font: 13px/1.5 ui-monospace, monospace; color: var(--soft); }
    ol { list-style: none; margin: 0; padding: 0; }
    li { padding: 8px 0; }
    pre { margin: 8px 0 0; overflow: auto; font: 13px/1.6 ui-monospace, monospace; tab-size: 4; }
    mark { display: block; color: inherit; background: var(--mark); }
    button { min-height: 44px; padding: 0 16px; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; cursor: pointer; }
    :focus-visible { outline: 3px solid var(--line); outline-offset: -3px; }`;

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const overlay = (() => {
    const host = element("div", { id: "yoyak-preview", lang: words.lang, dir: "ltr" });
    const close = element("button", { type: "button" }, words.close);
    const title = element("strong", {});
    const list = element("ol", {});
    const panel = element("section", { role: "alert", tabindex: "0", "aria-label": words.problems, hidden: "" },
      element("div", { class: "top" }, title, close), list);
    const open = element("button", { type: "button", class: "count", hidden: "" });
    const count = element("p", { role: "status", class: "count", hidden: "" });
    let key = "";

    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    const future = makeFuture(element, words);
    sheet.replaceSync(STYLE + future.STYLE);
    root.adoptedStyleSheets = [sheet];
    const desk = element("a", { class: "desk", href: "/_desk/article?page=" + encodeURIComponent(location.pathname) }, words.desk);
    root.append(...future.nodes, panel, open, count, desk);

    const sourceLine = ({ number, text, marked }) =>
      element(marked ? "mark" : "div", {}, `${String(number).padStart(5)}  ${text}`);
    const item = ({ place, message, hint, code, lines }) => {
      const made = element("li", {}, element("p", { class: "place" }, place), element("p", {}, [message, hint, code && `[${code}]`].filter(Boolean).join(" ")));
      if (lines.length) made.append(element("pre", { tabindex: "0", role: "group", "aria-label": words.lines.replace("{place}", () => place) }, ...lines.map(sourceLine)));
      return made;
    };

    function turn(shown) {
      panel.hidden = !shown;
      open.hidden = shown || !key;
      remember(CLOSED, shown ? "" : key);
    }
    close.onclick = () => { turn(false); open.focus(); };
    open.onclick = () => { turn(true); panel.focus(); };
    addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) close.onclick(); });

    let counts = "", lost = false;
    function tell() {
      if (!host.isConnected && window === window.top) document.body.append(host); // not in the frames of the desk
      count.textContent = lost ? words.lost : counts;
      count.hidden = !lost && (Boolean(key) || !counts);
    }
    function lose(now) { if (now !== lost) { lost = now; tell(); } }

    function show(news) {
      const { errors, title: heading, counts: found, rest } = news;
      future.show(news);
      const now = errors.length ? JSON.stringify(errors) : "";
      counts = open.textContent = found;
      const same = now === key;
      key = now;
      tell();
      if (same && panel.hidden === (recall(CLOSED) === now)) return;
      title.textContent = heading;
      list.replaceChildren(...errors.map(item));
      if (rest) list.append(element("li", {}, rest));
      turn(Boolean(now) && recall(CLOSED) !== now);
    }
    return { lose, show };
  })();

  restoreScroll();
  keepAsItCame();
  follow();
  setInterval(follow, 1000);
  addEventListener("visibilitychange", () => { asked = 0; follow(); });
  addEventListener("pageshow", follow);
  addEventListener("pagehide", leave);
})();
