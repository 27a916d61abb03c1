// The preview at another time: a ribbon that says so, and the list of dates at which something changes, with a slider.
const makeFuture = (element, words) => {
  const DOOR = "/__yoyak/at";
  const STYLE = `
    .ahead-open, .as-of, section.ahead { position: fixed; z-index: 2147483647; color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif; }
    .ahead-open { left: 12px; bottom: 12px; border-radius: 22px; }
    .as-of { top: 8px; left: 50%; transform: translateX(-50%); display: flex; flex-wrap: wrap; justify-content: center; align-items: center; gap: 4px 16px;
      width: max-content; max-width: calc(100vw - 24px); padding: 4px 4px 4px 20px; color: var(--paper); background: var(--ink); border-radius: 26px; box-shadow: 0 0 24px #0006; }
    .as-of[hidden] { display: none; }
    .as-of p { margin: 0; }
    .as-of button { border-radius: 22px; }
    section.ahead { inset: auto auto 12px 12px; width: min(440px, calc(100vw - 24px)); max-height: 70vh; border: 1px solid var(--soft); border-radius: 4px; }
    section.ahead input { width: 100%; min-height: 44px; accent-color: var(--line); }
    section.ahead label { display: block; margin-top: 8px; }
    section.ahead li button { width: 100%; text-align: start; }
    section.ahead [aria-pressed="true"] { border: 2px solid var(--line); font-weight: bold; }
    section.ahead li p { margin: 4px 0 0; font-size: 14px; }`;
  const ribbon = element("div", { class: "as-of", hidden: "" });
  const said = element("p", { "aria-live": "polite" });
  const back = element("button", { type: "button" }, words.back);
  const opener = element("button", { type: "button", class: "ahead-open", "aria-expanded": "false", hidden: "" });
  const close = element("button", { type: "button" }, words.close);
  const slider = element("input", { type: "range", min: "0", step: "1" });
  const told = element("p", { "aria-live": "polite" });
  const list = element("ol", {});
  const panel = element("section", { class: "ahead", tabindex: "-1", "aria-label": words.dates, hidden: "" },
    element("div", { class: "top" }, element("strong", {}, words.dates), close),
    element("label", {}, words.slider, slider), told, list);
  let stops = [], key = "", waiting = 0, last = "";

  const changes = ({ changes }) => changes.map(({ title, effect }) => element("p", {}, `${title}: ${effect}`));
  const tell = (text) => { if (told.textContent !== text) told.textContent = text; };

  async function choose(at) {
    tell(words.wait);
    try {
      const answer = await fetch(DOOR, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ at }) });
      if (answer.status !== 202) throw new Error(answer.status);
    } catch { tell(words.failed); refresh(); }
  }

  function name() { // what the slider is at
    const stop = stops[slider.value];
    if (stop) slider.setAttribute("aria-valuetext", stop.label);
    return stop;
  }

  function draw(found, at) {
    const now = JSON.stringify(found.map((one) => [one.label, one.changes]));
    stops = found;
    slider.max = String(stops.length - 1);
    if (now !== key) {
      key = now;
      list.replaceChildren(...stops.map((stop) => {
        const button = element("button", { type: "button" }, stop.label);
        button.onclick = () => choose(stop.at);
        return element("li", {}, button, ...changes(stop));
      }));
    }
    [...list.children].forEach((one, n) => one.firstChild.setAttribute("aria-pressed", String(stops[n].at === at)));
    const place = stops.findIndex((one) => one.at === at);
    if (place >= 0) slider.value = String(place);
    tell(name()?.label ?? "");
  }

  async function refresh() {
    try {
      const { at, stops: found } = await (await fetch(DOOR)).json();
      draw(found, at);
    } catch { tell(words.failed); }
  }

  function turn(shown) {
    panel.hidden = !shown;
    opener.hidden = shown || !opener.textContent;
    opener.setAttribute("aria-expanded", String(shown));
    if (shown) refresh().then(() => slider.focus()); else opener.focus();
  }
  opener.onclick = () => turn(true);
  close.onclick = () => turn(false);
  back.onclick = () => choose("");
  panel.onkeydown = (event) => { if (event.key === "Escape") { event.stopPropagation(); turn(false); } };
  slider.oninput = () => {
    tell(name()?.label ?? "");
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (name()) choose(name().at); }, 400); // not for each step on the way
  };

  function show({ at, ahead }) {
    opener.textContent = ahead;
    opener.hidden = !panel.hidden || !ahead;
    if (said.textContent !== at) said.textContent = at;
    ribbon.hidden = !at;
    if (!panel.hidden && last !== at + ahead) refresh();
    else if (!panel.hidden && told.textContent === words.wait) refresh();
    last = at + ahead;
  }
  ribbon.append(said, back);
  return { show, STYLE, nodes: [opener, panel, ribbon] };
};
