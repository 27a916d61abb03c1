// The preview's page that a bookmark opens: it hands over what stands behind # in its address, and says what became of it.
(() => {
  "use strict";
  const words = { /* words */ }; // the server puts them here: messages/, preview.clip-page.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :root { color-scheme: light dark; }
    body { font: 17px/1.7 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; word-break: keep-all; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; line-height: 1.35; }
    code { font-size: .9em; }
    .actions { display: flex; gap: 12px; flex-wrap: wrap; }
    .actions > * { min-height: 44px; padding: 8px 16px; box-sizing: border-box; font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px; text-decoration: none; cursor: pointer; }
  `);
  document.adoptedStyleSheets = [sheet];
  const main = document.querySelector("main");
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const say = (...parts) => main.replaceChildren(...parts);

  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  }

  function tell(news) {
    const done = news.path !== "";
    const parts = [element("h1", done ? (news.known ? words.known : words.taken) : words.failed)];
    if (news.title) parts.push(element("p", news.title));
    if (done) parts.push(element("p", "")), parts.at(-1).append(element("code", news.path));
    const look = news.look.filter((key) => key !== "status").map((key) => words.keys[key] ?? key); // the heading says that it is a draft
    if (look.length) parts.push(element("p", words.look.replace("{keys}", () => look.join(", "))));
    parts.push(...news.problems.map((one) => element("p", one)));
    const actions = element("p", "", { class: "actions" });
    if (news.url) actions.append(element("a", words.show, { href: news.url }));
    const close = element("button", words.close, { type: "button" });
    close.onclick = () => window.close();
    actions.append(close);
    say(...parts, actions);
  }

  async function hand() {
    const [, key, sent] = /^#([\w-]+)\.([\w-]+)$/.exec(location.hash) ?? [];
    history.replaceState(null, "", location.pathname); // else a reload sends it once more, and the history keeps it
    if (!sent) return say(element("p", words.nothing));
    say(element("p", words.wait, { role: "status" }));
    let body;
    try { body = await unpacked(sent); } catch { return say(element("p", words.broken)); }
    if (new Blob([body]).size > 6000000) return say(element("p", words.large));
    let answer;
    try {
      answer = await fetch("/__yoyak/clip", { method: "POST", body, headers: { "Content-Type": "application/json", "X-Yoyak-Key": key } });
    } catch { return say(element("p", words.lost)); }
    if (answer.status === 403) return say(element("p", words.old));
    if (answer.status === 413) return say(element("p", words.large));
    if (!answer.ok) return say(element("p", words.broken));
    tell(await answer.json());
  }
  hand();
})();
