"""What a PDF says of itself: PDF/A-3a for keeping, and PDF/UA-1 for reading aloud, at once.

WeasyPrint writes one standard's claim; the other is added to the same block of metadata, since
validators read the first block alone. The two standards ask for nothing that excludes the other
(ISO 19005-3, ISO 14289-1).
"""

from typing import Any, Final
from xml.etree import ElementTree as ET

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PDFUAID: Final = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION: Final = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA: Final = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY: Final = "http://www.aiim.org/pdfa/ns/property#"

_PREFIXES: Final = {
    "pdfuaid": _PDFUAID,
    "pdfaExtension": _EXTENSION,
    "pdfaSchema": _SCHEMA,
    "pdfaProperty": _PROPERTY,
}


def declare_accessible(metadata: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
    """Make the metadata of a laid-out document claim PDF/UA-1 beside what it claims already."""
    generate = metadata.generate_rdf_metadata

    def with_claim(variant: str, version: int, conformance: str) -> bytes:
        return with_accessibility_claim(generate(variant, version, conformance))

    metadata.generate_rdf_metadata = with_claim


def with_accessibility_claim(rdf: bytes) -> bytes:
    """The RDF block with the claim of PDF/UA-1.

    PDF/A knows no PDF/UA schema, so the claim brings its own description along, as ISO 19005-3,
    6.6.2.3.3 has it for schemas that are not predefined.
    """
    for prefix, name in _PREFIXES.items():
        ET.register_namespace(prefix, name)
    # Why not a hardened parser: the block was written by WeasyPrint in this process.
    block = ET.fromstring(rdf)  # noqa: S314
    claim = _described(block)
    claim.set(f"{{{_PDFUAID}}}part", "1")
    schemas = ET.SubElement(_described(block), f"{{{_EXTENSION}}}schemas")
    schema = _resource(ET.SubElement(schemas, f"{{{_RDF}}}Bag"))
    _say(schema, _SCHEMA, schema="PDF/UA Universal Accessibility Schema", namespaceURI=_PDFUAID)
    _say(schema, _SCHEMA, prefix="pdfuaid")
    properties = ET.SubElement(schema, f"{{{_SCHEMA}}}property")
    part = _resource(ET.SubElement(properties, f"{{{_RDF}}}Seq"))
    _say(part, _PROPERTY, name="part", valueType="Integer", category="internal")
    _say(part, _PROPERTY, description="Indicates, which part of ISO 14289 standard is followed")
    written: bytes = ET.tostring(block, encoding="utf-8")
    return written


def _described(block: ET.Element) -> ET.Element:
    return ET.SubElement(block, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})


def _resource(parent: ET.Element) -> ET.Element:
    return ET.SubElement(parent, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})


def _say(parent: ET.Element, namespace: str, **words: str) -> None:
    for name, text in words.items():
        ET.SubElement(parent, f"{{{namespace}}}{name}").text = text
