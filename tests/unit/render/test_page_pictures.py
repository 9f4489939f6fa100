"""Pictures apart from a page's markup."""

import base64
from datetime import date

from casebook.render.document import Document, Enclosure
from casebook.render.page_pictures import sheet_of


def document(body: str) -> Document:
    enclosed = Enclosure("a", b"12345", "text/plain", "Data", "a")
    return Document("T", "T", "", (), "T", date(2026, 7, 1), body, enclosures=(enclosed,))


def test_each_picture_is_carried_once_and_named_by_its_content() -> None:
    """Four bytes, shown twice; what is enclosed is carried when the pages are bound."""
    address = f"data:image/png;base64,{base64.b64encode(b'1234').decode()}"
    sheet = sheet_of(document(f'<img alt="a" src="{address}"><img src="{address}">'))
    ((name, held),) = sheet.pictures.items()
    assert held == ("image/png", b"1234")
    assert sheet.document.body == f'<img alt="a" src="{name}"><img src="{name}">'
    assert sheet.carried_bytes == 4


def test_words_that_look_like_an_address_stay_words() -> None:
    body = '<p>src="data:text/html;base64,AAAA" data:image/png;base64,AAAA</p>'
    sheet = sheet_of(document(body))
    assert sheet.document.body == body
    assert sheet.pictures == {}
