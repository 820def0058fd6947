"""Holds pages against axe-core in headless Chromium, wide and narrow: any violation fails."""

import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

CALL = """<script>axe.run(document).then(found => {
  const said = document.createElement('pre');
  said.id = 'axe-said';
  said.textContent = JSON.stringify({passed: found.passes.length, violations: found.violations.map(
    one => one.id + ': ' + one.help + ': ' + one.nodes[0].html)});
  document.body.appendChild(said);
});</script>"""


WIDTHS = [1280, 500]


def hold(axe, page, width):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "page.html"
        text = pathlib.Path(page).read_text(encoding="utf-8")
        copy.write_text(text.replace("</body>", f"<script>{axe}</script>{CALL}</body>"), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000", "--dump-dom",
                   f"--window-size={width},900"]
        browser = subprocess.run(["chromium", *options, copy.as_uri()], capture_output=True, text=True, check=True)
    said = re.search(r'<pre id="axe-said">(.*?)</pre>', browser.stdout, re.DOTALL)
    if said is None:
        return ["axe-core gave no answer"]
    found = json.loads(html.unescape(said.group(1)))
    return found["violations"] if found["passed"] > 10 else ["axe-core looked at too little"]


axe = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
wrong = [f"{page} at {width} px: {what}" for page in sys.argv[2:] for width in WIDTHS for what in hold(axe, page, width)]
print("\n".join(wrong), file=sys.stderr)
sys.exit(1 if wrong else 0)
