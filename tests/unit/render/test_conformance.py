"""The metadata of a PDF claim PDF/UA-1 beside what WeasyPrint claims, in one block."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

from casebook.render.conformance import declare_accessible, with_accessibility_claim

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
BLOCK = (
    f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    '<rdf:Description rdf:about="" pdfaid:part="3" pdfaid:conformance="A"/></rdf:RDF>'
).encode()


def test_the_claim_stands_beside_the_other_with_its_own_description() -> None:
    block = ET.fromstring(with_accessibility_claim(BLOCK))
    claims = {key: value for each in block for key, value in each.attrib.items()}
    assert claims["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert claims["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    described = [each.text for each in block.iter() if each.tag.endswith("namespaceURI")]
    assert described == ["http://www.aiim.org/pdfua/ns/id/"]


def test_a_document_keeps_what_its_metadata_said() -> None:
    metadata = SimpleNamespace(generate_rdf_metadata=lambda *_: BLOCK)
    declare_accessible(metadata)
    assert metadata.generate_rdf_metadata("a", 3, "A") == with_accessibility_claim(BLOCK)
