"""The tags of a PDF, mended where WeasyPrint's are not what PDF/UA asks for."""

from collections.abc import Iterable
from typing import Any


def tidy_list_items(pdf: Any) -> None:  # noqa: ANN401 - pydyf ships no types
    """Put what a list item holds into the item's body, beside its label.

    WeasyPrint hangs paragraphs, quotations and code right under the item, where only a label and
    a body may stand.

    Args:
        pdf: The finished file's objects, before they are written.

    Source:
        ISO 14289-1, 7.2, with ISO 32000-1, 14.8.4.3.3.
    """
    items = [each for each in pdf.objects if isinstance(each, dict) and each.get("S") == "/LI"]
    for item in items:
        kids = [_object(pdf, each) for each in item["K"]]
        if any(kid["S"] not in {"/Lbl", "/LBody"} for kid in kids):
            _give_body(pdf, item, kids)


def set_apart(pdf: Any, within: str) -> None:  # noqa: ANN401 - as above
    """Let the identifiers of a piece's tags begin with its name, for other pieces have the same.

    Args:
        pdf: As above.
        within: The piece's name; empty for a whole document.
    """
    if not within:
        return
    for each in pdf.objects:
        if isinstance(each, dict) and "ID" in each:
            # Why the string itself: cells refer to their headers by the same one.
            each["ID"].string = f"{within}-{each['ID'].string}"


def _object(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401 - pydyf ships no types
    return pdf.objects[int(reference.split()[0])]


def _give_body(pdf: Any, item: Any, kids: Iterable[Any]) -> None:  # noqa: ANN401 - as above
    labels = [kid for kid in kids if kid["S"] == "/Lbl"]
    held = [kid for kid in kids if kid["S"] != "/Lbl"]
    body = type(item)({"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"]})
    pdf.add_object(body)
    body["P"] = item.reference
    body["K"] = type(item["K"])(kid.reference for kid in held)
    for kid in held:
        kid["P"] = body.reference
        if kid["S"] == "/LBody":
            kid["S"] = "/Div"
    item["K"] = type(item["K"])([*(kid.reference for kid in labels), body.reference])
