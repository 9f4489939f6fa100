"""What casebook takes from strangers at most: every limit on untrusted input, in one place.

``docs/limits.md`` is made of this module. A limit says its unit in its name, and below it what it
bounds and why it is this figure and no other.
"""

from typing import Final

# --- files that people write -----------------------------------------------------------------

FILE_BYTES: Final = 2_000_000
"""One file of text; the longest sample has a hundredth of it."""

LARGEST_READ_BYTES: Final = 8 * FILE_BYTES
"""What of a file of text is taken from the disk, so that one above its limit is told its size."""

NESTING: Final = 40
"""Values inside values in a file of text, as steps from its top; the samples go down five.
Deeper ones would use up the stack of whatever reads them."""

NODES: Final = 100_000
"""Values in a file of text; the longest sample has 410, and each takes about a kilobyte."""

PORTFOLIO_TEXT_BYTES: Final = 4_000_000
"""All files of text of one portfolio, its program's included; one of ninety documentations has
1.4 million, and each million costs seconds wherever it is checked or printed."""

PORTFOLIO_NODES: Final = 250_000
"""Values in all of them; ninety documentations have 37,000."""

PORTFOLIO_WORKS: Final = 200
"""Case studies and observed sessions of one portfolio; the program that asks for most wants 90."""

ATTACHMENT_BYTES: Final = 25_000_000
"""A form or a picture beside a text; a scan of ten pages has 5 million."""

ATTACHMENTS_BYTES: Final = 100_000_000
"""All attachments of a portfolio; a submission holds each of them twice, by itself and in the
packet, and pictures twice more on pages, within what a zip may have."""

PICTURES_BYTES: Final = 64_000_000
"""All pictures that a portfolio's pages show, each as often as it is shown: as they are handed in,
and as they are drawn anew. Ninety figures of 300 kB have half of it."""

LOGO_BYTES: Final = 2_000_000
"""A program's logo, which stands on every page that is made."""

# --- a submission's zip ----------------------------------------------------------------------

ARCHIVE_BYTES: Final = 256_000_000
"""A zip, sealed or not, before it is unpacked; about ten times the largest submission seen."""

ARCHIVE_ENTRIES: Final = 4_000
"""Files in a zip."""

ARCHIVE_TOTAL_BYTES: Final = 512_000_000
"""All files of a zip unpacked."""

ARCHIVE_FILE_BYTES: Final = 128_000_000
"""One file of a zip unpacked."""

ARCHIVE_NAME_BYTES: Final = 512
"""One name in a zip, folders included."""

ARCHIVE_NAME_PARTS: Final = 16
"""Folders and file of one name in a zip; a submission's own names have three to six, and comparing
names costs as much as all their parts together."""

ARCHIVE_RATIO: Final = 200
"""Unpacked to packed size of one file that unpacks to more than a megabyte; text reaches about 20,
deflate at most 1032."""

RECORD_BYTES: Final = 4_000_000
"""A submission's record of itself; it has 250 bytes for each file, and 4,000 files at most."""

RECORD_DEPTH: Final = 16
"""Values inside values in that record; ours has four. JSON of any depth would use up the stack."""

# --- a sealed submission ---------------------------------------------------------------------

SEAL_HEADER_BYTES: Final = 8_192
"""The header of a sealed file, which is read before anything is decrypted; one of casebook's has
about 300 bytes, one to eight keys about 1,500."""

SEAL_STANZAS: Final = 8
"""Keys that one file is sealed to, and what its program put there to keep others from taking the
list for short. Each costs its reader a calculation on a curve for each identity; casebook seals to
one, and a careful sender perhaps to a second of their own."""

SEAL_KEYS: Final = 16
"""Identities in one file: an office's present key and those it had before."""

KEY_FILE_BYTES: Final = 64_000
"""A file with a recipient or identities; one line of either has under 80 bytes."""

# --- signatures ------------------------------------------------------------------------------

SIGNATURE_BYTES: Final = 4_000
"""A signature's file; an Ed25519 one has about 320."""

SIGNERS_BYTES: Final = 4_000_000
"""A file of allowed signers: some 30,000 lines."""

KEY_ROUNDS: Final = 1_000
"""Rounds of bcrypt that a private key asks for before its passphrase opens it; ssh-keygen writes
16 or 24, and 1,000 take about eight seconds."""

# --- bags of others --------------------------------------------------------------------------

BAG_TAG_FILE_BYTES: Final = 64_000_000
"""A manifest or another tag file of a bag in a folder; it is held in memory, and at this size a
manifest lists about 400,000 files."""

BAG_FILES: Final = 1_000_000
"""Files in a bag in a folder; each takes about a kilobyte of memory while a bag is checked."""

# --- findings --------------------------------------------------------------------------------

FINDINGS_A_FILE: Final = 500
"""Findings of one kind in one file that are listed; the rest is counted. Nobody reads as many, and
a file can have hundreds of thousands."""

IDENTIFIERS_A_TEXT: Final = 50
"""Likely identifiers in one text that are listed, in the same way."""

SUGGESTIONS: Final = 200
"""Unknown names in a portfolio for which the nearest known one is looked for; each takes up to a
hundredth of a second."""

# --- privacy ---------------------------------------------------------------------------------

PRIVATE_NAMES_BYTES: Final = 200_000
"""A private list of names; a thousand names with notes beside them take about 50 kB."""

PRIVATE_NAMES: Final = 1_000
"""Names in it: each is looked for in every text, so that the time grows with their number."""

SEARCHED_TEXT_BYTES: Final = 2_000_000
"""One file that is searched as text for identifiers; as much as a file of casebook may have."""

SEARCHED_TOTAL_BYTES: Final = 8_000_000
"""All texts that are searched in one go; twice what a portfolio may have. A million bytes that hold
nothing but telephone numbers take half a minute."""

SEARCHED_FILES: Final = 4_000
"""Files of a folder that are looked into for what may identify; as many as a submission holds."""

PICTURE_NOTE_BYTES: Final = 1_000_000
"""What a picture's file tells in words beside the picture (XMP, comments), unpacked."""

# --- pages -----------------------------------------------------------------------------------

RENDER_SECONDS: Final = 15
"""Computing for one document, and four times as much by the clock; the longest sample takes two."""

RENDER_MEMORY_BYTES: Final = 350_000_000
"""Making one document; the longest sample takes 160 million. Two are made at a time, which stays
below a gigabyte with the program around them."""

RENDER_WORKS: Final = 4
"""Works in one document up to which the two figures above hold. Only a document of more works may
take more, so that nothing in one work can win it."""

RENDER_SECONDS_A_WORK: Final = 2
"""Added for each further work; a long case study takes half a second."""

RENDER_MEMORY_BYTES_A_WORK: Final = 14_000_000
"""Added for each further work; a long case study takes 13 million."""

RENDER_CARRIED_BYTES: Final = 4_000_000
"""Pictures in a document and files that it encloses: for each such step the next two figures add
room. What a sample carries is a twentieth."""

RENDER_MEMORY_BYTES_A_CARRIED_BYTE: Final = 4
"""Added for each byte of these steps: it is there once as it is, and packed up to three times while
the file is put together."""

RENDER_CARRIED_BYTES_A_SECOND: Final = 10_000_000
"""Adds a second for each of these: they are packed, 30 million bytes in a second."""

RENDER_PAGES: Final = 20_000
"""Pages of one document; a long case study has ten, and two hundred of them two thousand."""

RENDER_PDF_BYTES: Final = 256_000_000
"""One PDF; as much as a submission may have."""

# --- texts -----------------------------------------------------------------------------------

LINE_CHARACTERS: Final = 300
"""One line, such as a title or a name; a title of a published case report has about 100."""

TEXT_CHARACTERS: Final = 20_000
"""One text of a part, such as a discussion; a whole case report for a journal has about as much."""

ID_CHARACTERS: Final = 64
"""An id, which names files too."""

PATH_CHARACTERS: Final = 240
"""The path of a file inside a portfolio; Windows takes 259 with all folders before."""

COMBINING_MARKS: Final = 10
"""Marks on one letter; Hebrew with points and accents has about five. Unicode Annex 15 takes 30 for
far beyond any use; at that height they would cover five lines of a page."""

WORD_CHARACTERS: Final = 200
"""Letters and digits in a row in scripts that have blanks; the longest words of any language that
is written stay below 100."""

# --- a packet's PDF --------------------------------------------------------------------------

PACKET_SECONDS: Final = 15
"""Computing to take one apart, and four times as much by the clock; one with 90 case studies takes
less than two."""

PACKET_MEMORY_BYTES: Final = 300_000_000
"""Taking one apart, beside its own bytes; the reader by itself takes 60 million."""

PACKET_MEMORY_BYTES_A_BYTE: Final = 4
"""Added for each byte of the PDF: it is there as it came, as it is read, and unpacked."""

# --- pictures --------------------------------------------------------------------------------

PICTURE_PIXELS: Final = 20_000_000
"""One picture, by what its file says before anything is decoded; a telephone's has 12 million."""

PICTURE_DRAWN_BYTES: Final = 100_000_000
"""One picture written anew; the largest have four bytes for each point before they are packed."""

PICTURE_SECONDS: Final = 15
"""Computing to decode one and write it anew, and four times as much by the clock; the largest takes
three to six."""

PICTURE_MEMORY_BYTES: Final = 500_000_000
"""Decoding one; the largest takes four bytes for each point, three times at once."""

PICTURES_SECONDS: Final = 10
"""All pictures of a portfolio together, beside what the next figure adds."""

PICTURES_SECONDS_A_MEGABYTE: Final = 2
"""Added for each million bytes of a picture's file; a telephone's photograph has three to five and
takes half a second, while a file made to take long is small."""

PICTURES_A_SECOND: Final = 20
"""Pictures that add a second to what all may take together, however small they are; a small one
takes a hundredth."""

# --- files that casebook may write over ------------------------------------------------------

OVERWRITTEN_PDF_BYTES: Final = 256 * 1024 * 1024
"""A PDF that is searched for casebook's own mark before it is made anew; above, it counts as the
user's own."""

# --- rubrics of other programs ---------------------------------------------------------------

FOREIGN_CRITERIA: Final = 100
"""Criteria of one rubric; as many as a rubric of casebook holds."""

FOREIGN_LEVELS: Final = 21
"""Levels of one criterion; as many as casebook holds, from 0 to 20."""

FOREIGN_DEPTH: Final = 6
"""Folders within folders in which a rubric may lie in a file of CASE; platforms use up to three."""
