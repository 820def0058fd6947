"""Holds printed documents against what a reader of paper expects: no heading and no caption ends a page."""

import re
import subprocess
import sys

LEADS = re.compile(r"(Table \d+|Figure \d+|Data for Figure \d+|Charts): ")
FOOTER = re.compile(r"Page \d+ of \d+")


def hold(paper):
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
    pages = [[line.strip() for line in page.splitlines()] for page in text.split("\f")]
    pages = [[line for line in page if line and not FOOTER.fullmatch(line)] for page in pages]
    captions = sum(bool(LEADS.match(line)) for page in pages for line in page)
    wrong = [f"page {number} ends with “{page[-1]}”" for number, page in enumerate(pages, 1) if page and LEADS.match(page[-1])]
    return wrong if captions > 5 else ["too few captions were found"]


wrong = [f"{paper}: {what}" for paper in sys.argv[1:] for what in hold(paper)]
print("\n".join(wrong), file=sys.stderr)
sys.exit(1 if wrong else 0)
