// Where words of an article are in the page that shows it, whatever else its template shows around them.
const makePlaces = ({ blocksIn, rangeOf }) => {
  const plain = (letters) => letters.normalize("NFC");
  const same = (block, wanted) => wanted === "" || plain(block.text) === wanted;

  /* The blocks of the article that have words, each with the name that yoyak has for it. The rest of the page has none:
     what stands at a picture, a button or the words for a frame, is not of the article. */
  function named(root, wanted) {
    const found = blocksIn(root);
    const last = found.length - wanted.length;
    for (let first = last; first >= 0; first--) {
      if (wanted.every(([, words], number) => same(found[first + number], words))) {
        return wanted.map(([id], number) => ({ ...found[first + number], id })).filter((_, number) => wanted[number][1] !== "");
      }
    }
    const made = [];
    let at = 0; // a template shows something else between the blocks
    for (const [id, words] of wanted) {
      const place = found.findIndex((block, number) => number >= at && words !== "" && same(block, words));
      if (place >= 0) { made.push({ ...found[place], id }); at = place + 1; }
    }
    return made;
  }

  function places(blocks, letters) {
    const found = [];
    for (const block of blocks) {
      for (let at = block.text.indexOf(letters); letters && at >= 0; at = block.text.indexOf(letters, at + 1)) found.push({ block, at });
    }
    return found;
  }

  const without = (halves) => halves.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
  const anchorAt = (block, at, letters) => ({
    block: block.id, quote: letters, before: without(block.text.slice(Math.max(0, at - 32), at)),
    after: without(block.text.slice(at + letters.length, at + letters.length + 32)),
  });
  const between = ({ block, at }, one) => block.text.slice(0, at).endsWith(one.before) && block.text.slice(at + one.quote.length).startsWith(one.after);

  /* Where a note is; null when nobody can tell. */
  function rangeFor(blocks, one) {
    const found = places(blocks, one.quote);
    const near = found.filter((place) => between(place, one));
    const own = near.filter(({ block }) => block.id === one.block);
    const chosen = [own, found, near].find((list) => list.length === 1);
    return chosen ? rangeOf(chosen[0].block, chosen[0].at, chosen[0].at + one.quote.length) : null;
  }

  /* The anchor of words that were typed, or the name of what is said of them. */
  function anchorOf(blocks, letters) {
    const folded = letters.replace(/\s+/g, " ");
    const written = [letters, folded, plain(folded)].find((one) => places(blocks, one).length);
    if (written === undefined) return "review.not-there";
    const found = places(blocks, written);
    return found.length > 1 ? "review.several" : anchorAt(found[0].block, found[0].at, written);
  }

  return { named, rangeFor, anchorAt, anchorOf, without };
};
