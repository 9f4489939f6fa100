"""Nothing in the text of a page could make a browser ask for anything outside it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

_FETCHING = {"src", "srcset", "poster", "background", "data", "action", "formaction", "manifest"}
_FOREIGN = {"script", "link", "iframe", "object", "embed", "base", "video", "audio", "form"}
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]*)""")


class Attributes(HTMLParser):
    """Collects what a browser would fetch, what it would run, and all styles."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.foreign: list[str] = []
        self.styles: list[str] = []
        self.policies: list[str] = []
        self._styling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._styling = tag == "style"
        if tag == "meta" and dict(attrs).get("http-equiv") == "Content-Security-Policy":
            # What stands before its policy no policy is for.
            assert (self.styles, self.fetched) == ([], [])
            self.policies.append(dict(attrs)["content"] or "")
        if tag in _FOREIGN:
            self.foreign.append(tag)
        for name, value in attrs:
            if name in _FETCHING or (tag in {"image", "use"} and "href" in name):
                self.fetched.append(value or "")
            if name == "style":
                self.styles.append(value or "")
            if name.startswith("on"):
                self.foreign.append(name)

    def handle_data(self, data: str) -> None:
        if self._styling:
            self.styles.append(data)


@pytest.mark.slow
def test_pages_hold_all_they_show(every_page: list[Path]) -> None:
    pictures, typefaces = 0, 0
    for file in every_page:
        found = Attributes()
        found.feed(file.read_text(encoding="utf-8"))
        css = "".join(found.styles)
        addresses = _ADDRESS.findall(css)
        assert found.foreign == []
        (policy,) = found.policies
        assert policy.split("; ")[0] == "default-src 'none'"
        assert not {"script-src", "connect-src", "https:", "*"} & set(policy.split())
        assert "@import" not in css
        assert all(each.startswith("data:image/") for each in found.fetched)
        assert all(each.startswith("data:font/") for each in addresses)
        pictures += len(found.fetched)
        typefaces += len(addresses)
    assert len(every_page) == 11
    assert pictures >= 2
    assert typefaces >= 3 * len(every_page)
