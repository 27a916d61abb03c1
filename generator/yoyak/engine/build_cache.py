"""What one process keeps between two builds of a site: the preview builds after every save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from yoyak.model.sources import Asset, FileStamp
from yoyak.store.remembered import BuildState, FileRow
from yoyak.store.store import Store, close_store

if TYPE_CHECKING:
    from yoyak.engine.page_maker import Press


class Session:
    """Filled by builds; whatever is missing is fetched from the store or the disk."""

    def __init__(
        self, first: Callable[[], Sequence[str]] = tuple, shown: Callable[[str, str], None] | None = None
    ) -> None:
        """`first` names the output paths of pages that somebody looks at; `shown` is told the
        path and the digest of one that is in its place while the build goes on."""
        self.first, self.shown = first, shown
        self.keep_good = False
        """Let an article that could be read stand in for its file when that breaks, as long as this lasts."""
        self.store: Store | None = None
        self.state: BuildState | None = None
        self.build_id = b""
        """Which build of the store's this is of: another process may have built since."""
        self.files: dict[str, FileRow] | None = None
        self.press: Press | None = None
        self.addresses: frozenset[str] | None = None
        self.assets: Mapping[str, Asset] | None = None
        self.outputs: dict[str, FileStamp] | None = None
        """The stamps of the files of the output. Whether another hand changed them meanwhile is not looked for."""

    def close(self) -> None:
        """Let go of the store."""
        if self.store:
            close_store(self.store)
        self.store = None

    def forget(self) -> None:
        """Forget all but the store."""
        self.state = self.files = self.press = self.addresses = self.assets = self.outputs = None
