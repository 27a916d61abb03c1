// Eleventy pages one list; a list for each term is made here, as one long list of slices.
const PAGE_SIZE = 20;
const byTerm = (articles, key) => {
  const terms = new Map();
  for (const article of articles)
    for (const term of [article.data[key]].flat()) {
      if (!terms.has(term)) terms.set(term, []);
      terms.get(term).push(article);
    }
  return [...terms].map(([term, items]) => ({ term, items, newest: items.slice(0, PAGE_SIZE) }));
};
const slices = (kind, terms) =>
  terms.flatMap(({ term, items }) => {
    const total = Math.ceil(items.length / PAGE_SIZE);
    return Array.from({ length: total }, (_, index) => ({
      kind, term, total, number: index + 1, items: items.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    }));
  });
const KINDS = { themes: "themes", tags: "topics", sources: "source", days: "day" };

export default function (config) {
  const articles = (api) => api.getFilteredByGlob("content/articles/*.md").sort((a, b) => b.date - a.date);
  const eachKind = (api, kinds, make) => kinds.flatMap((kind) => make(kind, byTerm(articles(api), KINDS[kind])));
  config.addCollection("articles", articles);
  config.addCollection("slices", (api) => eachKind(api, Object.keys(KINDS), slices));
  config.addCollection("kinds", (api) => eachKind(api, Object.keys(KINDS), (kind, terms) => [{ kind, terms }]));
  config.addCollection("feeds", (api) =>
    eachKind(api, ["themes", "tags"], (kind, terms) => terms.map((term) => ({ kind, ...term }))));
  config.addFilter("day", (date) => date.toLocaleDateString("sv-SE", { timeZone: "Asia/Seoul" }));
  config.addFilter("moment", (date) => date.toISOString());
  config.addFilter("newest", (list) => list.slice(0, PAGE_SIZE));
  return { dir: { input: "content", includes: "../_includes", output: "output" }, markdownTemplateEngine: false };
}
