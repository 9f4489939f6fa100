"""Every kind of finding, by its stable code. ``docs/findings.md`` is made from this list.

Hundreds: 1 reading a file, 2 its form, 3 what it refers to, 4 completeness, 5 protocol,
6 consent and privacy, 7 eligibility, 8 marks, 9 programs.
A code keeps its meaning for ever; one that is no longer used is not given out again.
"""

from typing import Final

from casebook.diagnostics.finding import Code, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def _error(number: int, title: str, about: str) -> Code:
    return Code(f"CB{number}", _ERROR, title, about)


def _warning(number: int, title: str, about: str) -> Code:
    return Code(f"CB{number}", _WARNING, title, about)


def _note(number: int, title: str, about: str) -> Code:
    return Code(f"CB{number}", _NOTE, title, about)


UNREADABLE: Final = _error(101, "file cannot be read", "It is missing, a folder, or protected.")
NOT_UTF8: Final = _error(
    102, "not UTF-8 text", "Files are text in UTF-8. Save the file again with that encoding."
)
TOO_LARGE: Final = _error(
    103, "file too large", "A file of this kind stays far below this size; text pasted by mistake?"
)
EMPTY_FILE: Final = _error(104, "file is empty", "Start from `casebook new`, or write the keys.")
BROKEN_YAML: Final = _error(
    105, "not valid YAML", "The text breaks YAML's rules here, often by a quote, colon or indent."
)
TAB_INDENT: Final = _error(106, "tab used to indent", "YAML indents with spaces, never with tabs.")
KEY_TWICE: Final = _error(
    107, "key written twice", "Of two equal keys one would be lost without a word."
)
YAML_FEATURE: Final = _error(
    108, "YAML feature not taken",
    "Anchors, aliases, tags and merges hide what a file says; write the value out.",
)  # fmt: skip
SECOND_DOCUMENT: Final = _error(
    109, "second document in one file", "A file holds one document; remove the line `---`."
)
TOO_DEEP: Final = _error(110, "nested too deep", "No file of casebook needs so many levels.")
NOT_A_MAPPING: Final = _error(
    111,
    "file does not hold keys",
    "A file is a list of keys with values, such as `kind: portfolio`.",
)
CONTROL_CHARACTER: Final = _error(
    112, "character that no text needs", "Control characters do not belong in text; remove it."
)
TEXT_AFTER_HASH: Final = _warning(
    113, "text that is not read", "Outside of quotes, what follows ` #` is a comment."
)
NOT_JUDGED: Final = _note(
    114,
    "not held against the program",
    "What the program asks for comes to light once it is known.",
)
NO_GLYPH: Final = _warning(
    115, "character that cannot be printed",
    "No typeface of casebook has it, so that pages show its code in brackets.",
)  # fmt: skip
BROKEN_TABLE: Final = _error(
    116, "not a row of the table", "Every row has one cell for each column; quotes come in pairs."
)
TURNED_ROUND: Final = _error(
    117, "writing turned round",
    "A mark of direction shows letters in another order than they are written in.",
)  # fmt: skip
PILED_MARKS: Final = _error(
    118, "marks piled up on one letter", "No writing needs so many; they cover the lines above."
)
UNSEEN_CHARACTER: Final = _warning(
    119, "character that cannot be seen",
    "Nothing in the writing around it needs it; two equal words then differ.",
)  # fmt: skip
HIDDEN_LETTERS: Final = _error(
    120,
    "letters hidden in a text",
    "Invisible tags spell words that programs read and people do not.",
)
EMPTY_SELECTOR: Final = _error(
    121, "form chosen for nothing",
    "A variation selector follows a character that has one form, or another selector.",
)  # fmt: skip
ENDLESS_WORD: Final = _error(
    122, "word without an end", "No language has words of this length; separate them."
)
TOO_MUCH: Final = _error(
    123, "portfolio too large",
    "All files of a portfolio together stay far below this; behind the limit nothing is read.",
)  # fmt: skip

MISSING_KEY: Final = _error(201, "key is missing", "A value without which the file has no meaning.")
UNKNOWN_KEY: Final = _error(
    202, "unknown key", "Nothing is known by this key, so its value would be lost."
)
WRONG_TYPE: Final = _error(203, "wrong kind of value", "Another kind of value belongs here.")
OUT_OF_RANGE: Final = _error(204, "value out of range", "The value is below or above what can be.")
NOT_A_CHOICE: Final = _error(205, "not one of the choices", "Only the values listed are known.")
TOO_LONG: Final = _error(206, "too long", "The text or the list is longer than is taken.")
WRONG_KIND: Final = _error(
    207,
    "unknown or unexpected kind",
    "The first key says what a file is; another is expected here.",
)
WRONG_FORMAT: Final = _error(
    208, "format not known",
    "The file was written for another version of casebook; a newer one may read it.",
)  # fmt: skip
NOT_COHERENT: Final = _error(209, "values contradict each other", "Two values cannot both be so.")
MORE_FAULTS: Final = _error(
    210, "more faults than are listed", "Mend those that are listed; the rest comes to light then."
)

ID_TWICE: Final = _error(301, "id used twice", "Marks and results name a work by its id.")
UNKNOWN_STRUCTURE: Final = _error(
    302, "unknown structure", "The name is in no list of muscles, ligaments, scars and joints."
)
UNKNOWN_MEASURE: Final = _error(
    303, "unknown outcome measure", "Its range and sense are not known."
)
MEASURE_RANGE: Final = _error(
    304, "measure outside its range", "The scale has no such value; perhaps a slip of the pen."
)
DANGLING_CITATION: Final = _error(
    305, "citation without a reference", "The text cites a work that the references do not hold."
)
UNUSED_REFERENCE: Final = _warning(
    306, "reference never cited", "Cite the work where it is used, or take it out."
)
MISSING_ATTACHMENT: Final = _error(307, "attachment is missing", "The file named is not there.")
OUTSIDE_FOLDER: Final = _error(
    308, "file outside the portfolio",
    "A submission holds the portfolio's folder and nothing else; copy the file into it.",
)  # fmt: skip
NOT_AN_IMAGE: Final = _error(
    309, "not a picture", "Only PNG and JPEG pictures can be printed, judged by their content."
)
REFERENCE_TWICE: Final = _error(310, "reference id used twice", "A citation must mean one work.")
UNKNOWN_PROGRAM: Final = _error(311, "unknown program", "See `casebook program list`.")
UNKNOWN_LEVEL: Final = _error(312, "level not in the program", "The program has no such level.")
UNKNOWN_SECTION: Final = _error(
    313, "section the program does not have", "The program's own sections have fixed ids."
)
DAYS_OUT_OF_ORDER: Final = _error(
    314, "sessions out of order", "Sessions stand in the order of their days; the first is day 0."
)
STRAY_FILE: Final = _warning(
    315, "file that nothing reads", "A file lies where casebook does not look for one."
)
UNWANTED_KIND: Final = _error(
    317, "file of a kind that is not handed in",
    "Whoever opens a submission has its files on their computer; some names make them run.",
)  # fmt: skip
TITLE_TWICE: Final = _warning(
    316, "title used twice", "Two case studies with one title cannot be told apart."
)

MISSING_SECTION: Final = _error(401, "required part is missing", "The program asks for this part.")
ADVISED_SECTION: Final = _warning(402, "advised part is missing", "Good case studies have it.")
TITLE_WORDS: Final = _error(
    403, "title lacks words", "CARE item 1: the title names the kind of text."
)
KEYWORD_COUNT: Final = _error(404, "too few or too many keywords", "CARE item 2.")
TOO_SHORT: Final = _error(405, "too few words", "The program states the length of a case study.")
TOO_WORDY: Final = _error(406, "too many words", "The program states the length of a case study.")

RELEASE_WITHOUT_TEST: Final = _warning(
    501, "release without a failed test", "No window was open when this work began."
)
RELEASE_LATE: Final = _warning(
    502, "work finished after the window closed", "A new failed test must open another window."
)
RETEST_WITHOUT_TEST: Final = _warning(
    503, "retest without a failed test", "A retest repeats a test of the same muscle and side."
)
RETEST_WITHOUT_RELEASE: Final = _warning(
    504, "retest without work before it", "Between test and retest something has to be released."
)
NOT_RETESTED: Final = _warning(
    505, "not retested", "Without a retest nobody knows what the work did."
)
NOT_RESTORED: Final = _warning(
    506, "left inhibited", "The last retest failed and nothing else was tried."
)
EVENTS_OUT_OF_ORDER: Final = _error(507, "events out of order", "Events stand in order of time.")
TOO_FEW_CYCLES: Final = _warning(508, "too few cycles", "The protocol asks for more.")

NO_CONSENT: Final = _error(
    601, "consent is missing", "Nothing without consent enters a submission."
)
CONSENT_EXPIRED: Final = _error(602, "consent has expired", "Ask the client again, in writing.")
CONSENT_WITHDRAWN: Final = _error(
    603, "consent was withdrawn", "The case may no longer be used; take it out of the portfolio."
)
CONSENT_NARROW: Final = _error(
    604, "consent does not cover this", "Its scope lacks what is needed."
)
CONSENT_LATER: Final = _error(605, "consent signed later than used", "Consent comes first.")
IDENTIFIER: Final = _warning(
    606, "may identify the client",
    "One of the eighteen kinds of HIPAA Safe Harbor. The search warns; it finds not everything.",
)  # fmt: skip
AGE_OVER_89: Final = _warning(
    607, "age above 89", "Safe Harbor puts all of them into one group: 90."
)
LISTED_NAME: Final = _error(
    608, "name of the private list",
    "In a text, a file's name or a picture's properties; the list itself stays private.",
)  # fmt: skip
PRIVATE_FILE: Final = _error(
    609, "private list of names handed in",
    "The list of names is for your eyes; nothing of it enters a submission, under any name.",
)  # fmt: skip
LIKE_A_NAME: Final = _note(
    610,
    "like a name of the private list",
    "One letter differs, the word has a meaning too, or it is the author of a reference.",
)
PICTURE_DETAILS: Final = _warning(
    611, "picture that tells more than it shows",
    "Cameras and programs write place, time, owner and serial numbers into a picture's file.",
)  # fmt: skip
TELLING_NAME: Final = _warning(
    612, "file whose name may identify", "Names of files are handed in with the files."
)
NOT_LOOKED_INTO: Final = _note(
    613, "file that is not looked into",
    "PDFs, recordings and documents of other programs; read them, and their properties, yourself.",
)  # fmt: skip
NOT_SIGNED_OFF: Final = _note(
    614, "what may identify waits for a decision",
    "Take it out, or let a person say why it may stand: `casebook privacy --sign-off`.",
)  # fmt: skip
SIGNED_OFF: Final = _note(
    615, "looked through for what may identify",
    "A person has said so. Neither they nor casebook can promise that nothing is left.",
)  # fmt: skip
REVIEW_OUT_OF_DATE: Final = _warning(
    616, "changed since it was looked through",
    "A privacy review counts for the files as they were, to the byte.",
)  # fmt: skip
LIST_NOT_READ: Final = _error(
    617, "list of names that is not read",
    "It is called or placed otherwise than `private-names.txt` beside portfolio.yaml.",
)  # fmt: skip
PRIVATE_KEY: Final = _error(
    620, "private key handed in",
    "Whoever has it can sign in your name, or open what was sealed to you.",
)  # fmt: skip

NOT_YET_ELIGIBLE: Final = _error(701, "requirement not met", "The program asks for it.")
SOFT_REQUIREMENT: Final = _warning(702, "advice of the program not followed", "It does not decide.")

UNKNOWN_CRITERION: Final = _error(801, "unknown criterion", "The rubric has no such criterion.")
UNKNOWN_MARK_LEVEL: Final = _error(802, "level not on the scale", "The criterion has other steps.")
MARKED_TWICE: Final = _error(803, "criterion marked twice", "One grader gives one mark.")
UNMARKED: Final = _warning(
    804, "criterion without a mark", "There is no result until all are marked."
)
MUST_PASS_UNEXPLAINED: Final = _error(
    805, "failed must-pass criterion without reason", "Write what was seen, and where or when."
)
UNKNOWN_RATING: Final = _error(806, "unknown global rating", "The rubric lists its ratings.")
MARKED_FROM_PROTOCOL: Final = _error(
    807, "criterion is not marked by hand", "Its level follows from the session's protocol."
)
UNKNOWN_RUBRIC: Final = _error(808, "unknown rubric", "The program has no such rubric.")
NO_RESULT: Final = _error(809, "work without a result", "A submission holds graded work alone.")
UNKNOWN_COMMENT: Final = _error(
    810, "unknown comment", "`reuse` names comments that the program keeps for this criterion."
)
NOT_QUOTED: Final = _warning(
    811, "words that are not in the work",
    "A quotation stands in the work word for word, so that the candidate finds it.",
)  # fmt: skip
CONFLICT: Final = _error(
    812, "grader who must not judge this",
    "Nobody judges themselves, those they taught or treated, or those they are close to.",
)  # fmt: skip
UNDECLARED: Final = _error(
    813, "conflict not declared",
    "A finished sheet says what stands between grader and candidate, even if it is none.",
)  # fmt: skip
OTHER_SUBMISSION: Final = _error(
    814, "sheet about another submission",
    "Marks belong to what was handed in, as it was handed in; its digest tells.",
)  # fmt: skip
OTHER_RUBRIC: Final = _error(
    815, "rubric worded otherwise",
    "Marks belong to the words they were made by; the rubric has been changed since.",
)  # fmt: skip
BROKEN_SEAL: Final = _error(
    816, "sealed marks were changed",
    "What was sealed, by whom, when and in which order is in the digests, and they differ.",
)  # fmt: skip
UNTIED: Final = _error(
    817, "sheet that is tied to nothing",
    "A finished sheet names its submission, its rubric's wording and its grader's id.",
)  # fmt: skip
UNKNOWN_GRADER: Final = _error(
    818, "not a grader of the list", "The office's list says who grades, by id and name."
)
NOT_AS_ISSUED: Final = _error(
    819, "result or appeal was changed",
    "Each says its own digest. One that was edited, or says none, is not relied on.",
)  # fmt: skip
NOT_SIGNED: Final = _error(
    820, "not signed as it has to be",
    "A signature that is there has to fit; where signers are named, it has to be one of theirs.",
)  # fmt: skip
OTHER_RULES: Final = _error(
    821, "sheet for other rules",
    "Marks are weighed by the rules they were made for: pass mark, policy and requirements.",
)  # fmt: skip
NOT_ESTIMATED: Final = _error(
    850, "item without an estimate", "A judge's cut is the sum over all items; none may be missing."
)

UNKNOWN_PART: Final = _error(901, "unknown part of a case study", "Case studies have no such part.")
RUBRIC_TWICE: Final = _error(
    902, "two rubrics for one purpose", "One id and one kind of work each."
)
NO_PROTOCOL: Final = _error(903, "criterion without a protocol", "The program has no protocol.")
NO_RUBRIC: Final = _warning(904, "nothing to judge by", "Work is asked for that no rubric judges.")
NO_SESSION: Final = _note(
    905, "protocol without an observed session",
    "The protocol then speaks of the sessions in case studies alone.",
)  # fmt: skip
PALE_ACCENT: Final = _error(
    906, "accent too pale to be read",
    "Words are printed in the accent; they need a contrast of 4.5 to 1 (WCAG 2.2, AA).",
)  # fmt: skip
BANK_TWICE: Final = _error(
    907, "two comment banks for one rubric", "A mark that reuses a comment must mean one of them."
)
FOREIGN_RUBRIC: Final = _error(
    908, "not a rubric as that program writes it", "It was read to be imported, and cannot be."
)


def all_codes() -> tuple[Code, ...]:
    """Every code in order of its number."""
    found = [value for value in globals().values() if isinstance(value, Code)]
    return tuple(sorted(found, key=lambda code: code.id))
