// The blocks of an article's text in the browser: one file for the desk and for the pages of a bundle, which both
// have it inside. No string becomes HTML.
const makeBlocks = () => {
  // The blocks of the text, as yoyak/review/blocks.py has them: runs of words that no other block divides.
  const BLOCKS = new Set("BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "));

  function blocksOf(root) {
    const found = [];
    const holds = (node) => [...node.childNodes].some((child) => BLOCKS.has(child.nodeName) || holds(child));
    const shown = (node) => node.nodeType === 3 ? node.data.trim() !== "" : node.nodeType === 1;
    const keep = (run, parent) => { if (run.some(shown)) found.push({ run, parent }); };
    (function walk(parent) {
      let run = [];
      for (const child of parent.childNodes) {
        if (child.nodeType !== 1 || (!BLOCKS.has(child.nodeName) && !holds(child))) { run.push(child); continue; }
        keep(run, parent); run = [];
        if (child.nodeName === "TR") keep([...child.childNodes], child);
        else if (child.nodeName === "HR") found.push({ run: [], parent: child });
        else walk(child);
      }
      keep(run, parent);
    })(root);
    return found;
  }

  // The text of a block with white space folded, and for each of its letters where it stands in the page.
  function textOf({ run, parent }) {
    const code = parent.closest("pre") !== null;
    let text = "", gap = false;
    const places = [];
    const put = (letter, node, at) => {
      if (!code && /\s/.test(letter)) { gap = text !== ""; return; }
      if (gap) { text += " "; places.push({ node, at }); gap = false; }
      text += letter; places.push({ node, at });
    };
    (function walk(nodes) {
      for (const node of nodes) {
        if (node.nodeType === 3) [...node.data].reduce((at, letter) => { for (let n = 0; n < letter.length; n++) put(letter[n], node, at + n); return at + letter.length; }, 0);
        else if (node.nodeName === "BR") gap = text !== "";
        else if (node.nodeType === 1) {
          if (BLOCKS.has(node.nodeName)) gap = text !== "";
          walk(node.childNodes);
          if (BLOCKS.has(node.nodeName)) gap = text !== "";
        }
      }
    })(run);
    if (code) while (text.endsWith("\n")) { text = text.slice(0, -1); places.pop(); }
    if (code) while (text.startsWith("\n")) { text = text.slice(1); places.shift(); }
    return { text, places };
  }

  const blocksIn = (root) => blocksOf(root).map((block) => ({ ...block, ...textOf(block) }));

  // The range of some letters of a block; null when there are none.
  function rangeOf(block, start, end) {
    const { places } = block ?? {};
    if (!places?.[start] || end <= start) return null;
    const range = document.createRange();
    const last = places[Math.min(end, places.length) - 1];
    range.setStart(places[start].node, places[start].at);
    range.setEnd(last.node, last.at + 1);
    return range;
  }

  // The words of a block that are selected, with what stands before and after them; null when there are none.
  function selectedIn(blocks, root) {
    const selection = getSelection();
    if (selection.isCollapsed || !root.contains(selection.anchorNode) || !root.contains(selection.focusNode)) return null;
    const range = selection.getRangeAt(0);
    for (const block of blocks) {
      const { text, places } = block, last = places.at(-1);
      if (!last || range.comparePoint(places[0].node, places[0].at) > 0 || range.comparePoint(last.node, last.at + 1) < 0) continue;
      const inside = places.map(({ node, at }) => range.comparePoint(node, at) === 0 && range.comparePoint(node, at + 1) === 0);
      const from = inside.indexOf(true), to = inside.lastIndexOf(true) + 1;
      if (from < 0) continue;
      const words = text.slice(from, to), start = from + words.length - words.trimStart().length;
      if (!words.trim()) continue;
      const end = start + words.trim().length;
      return { block, quote: words.trim(), before: text.slice(Math.max(0, start - 32), start), after: text.slice(end, end + 32) };
    }
    return null;
  }

  return { blocksIn, rangeOf, selectedIn };
};
