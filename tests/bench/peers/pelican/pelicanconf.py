"""Pelican's settings: the same pages as the other generators'."""

SITENAME = "두레 다이제스트"
SITEURL = "https://digest.example.org"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "ko"
SLUGIFY_USE_UNICODE = True
MARKDOWN: dict[str, object] = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.toc": {}}}

ARTICLE_URL, ARTICLE_SAVE_AS = "articles/{slug}/", "articles/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "themes/{slug}/", "themes/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "sources/{slug}/", "sources/{slug}/index.html"
DAY_ARCHIVE_URL, DAY_ARCHIVE_SAVE_AS = "days/{date:%Y-%m-%d}/", "days/{date:%Y-%m-%d}/index.html"
CATEGORIES_SAVE_AS = "themes/index.html"
TAGS_SAVE_AS = "tags/index.html"
AUTHORS_SAVE_AS = "sources/index.html"
ARCHIVES_SAVE_AS = "days/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DIRECT_TEMPLATES = ["index", "categories", "tags", "authors", "archives", "sitemap"]

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None, "author": None, "period_archives": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = "themes/{slug}/feed.xml"
TAG_FEED_ATOM = "tags/{slug}/feed.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
