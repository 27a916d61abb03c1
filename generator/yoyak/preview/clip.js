// The preview's page that a bookmark opens: it hands over what stands behind # in its address, and says what became of it.
(() => {
  "use strict";
  const WORDS = {
    ko: {
      wait: "담는 중입니다…",
      nothing: "담을 내용이 없습니다. 기사 페이지에서 북마크를 누르십시오. 북마크는 yoyak clip --bookmark 로 만듭니다.",
      old: "이 북마크는 다른 사이트의 것이거나 오래되었습니다. 새로 만드십시오: yoyak clip --bookmark",
      broken: "보낸 내용을 읽을 수 없습니다. 다시 눌러 보십시오.",
      lost: "미리보기가 응답하지 않습니다. yoyak serve 가 실행 중인지 확인하십시오.",
      large: "보낸 내용이 너무 큽니다. 기사 부분만 선택해 다시 누르십시오.",
      taken: "초안으로 저장했습니다", known: "이미 있는 기사입니다", failed: "기사로 만들지 못했습니다",
      look: "확인할 항목: ", keys: { title: "제목", date: "날짜", authors: "필자", source: "출처", lang: "언어", rights: "이용 조건", "no date": "날짜 없음", "no theme": "주제 없음" }, show: "미리보기에서 열기", close: "창 닫기",
    },
    en: {
      wait: "Taking it…",
      nothing: "There is nothing to take. Click the bookmark on an article's page. Make the bookmark with: yoyak clip --bookmark",
      old: "This bookmark is of another site, or old. Make it anew: yoyak clip --bookmark",
      broken: "What was sent cannot be read. Try again.",
      lost: "The preview does not answer. See whether yoyak serve is running.",
      large: "This is too large. Select the article only, and click again.",
      taken: "Saved as a draft", known: "This is an article already", failed: "No article could be made of it",
      look: "Look at: ", keys: {}, show: "Open in the preview", close: "Close this window",
    },
  };
  const words = WORDS[document.documentElement.lang] ?? WORDS.en;
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
    if (look.length) parts.push(element("p", words.look + look.join(", ")));
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
