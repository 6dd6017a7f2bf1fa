# ruff: noqa
# fmt: off
"""Accessibility and soundness checker for one or more .docx files, from the XML alone (stdlib only, no Word needed).

usage: python docx_a11y.py FILE.docx [...] [--json] [--strict] [--only ID,ID] [--skip ID,ID]
Prints one line per violation: SEVERITY ID where: message. Exit 1 if an ERROR is found (--strict: also on a WARNING), 2 if unreadable.
Rules: Microsoft Accessibility Checker rules for Word (ms), WCAG 2.2 / EN 301 549 ch. 10 for documents (wcag), and structural defects that
schema validators miss (struct). Contrast follows style chain, table style first row, cell and paragraph shading; theme colours use the
cached RGB value. It is a floor, not a verdict: reading order, sense of alt text and plain language still need a person.
"""
import argparse, json, re, sys, zipfile
from collections import Counter
from xml.etree import ElementTree as ET

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
      "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
      "v": "urn:schemas-microsoft-com:vml", "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
      "dc": "http://purl.org/dc/elements/1.1/", "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
      "rel": "http://schemas.openxmlformats.org/package/2006/relationships"}
q = lambda t: "{%s}%s" % (NS[t.split(":")[0]], t.split(":")[1])
VAL = q("w:val")
SEV = {"E": "ERROR", "W": "WARN", "T": "TIP"}


def on(el):                                             # w:b, w:cantSplit ... toggles
    return el is not None and el.get(VAL, "1") not in ("0", "false", "off")


def lum(h):
    c = [int(h[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    c = [x / 12.92 if x <= .03928 else ((x + .055) / 1.055) ** 2.4 for x in c]
    return .2126 * c[0] + .7152 * c[1] + .0722 * c[2]


def ratio(a, b):
    x, y = sorted((lum(a), lum(b)), reverse=True)
    return (x + .05) / (y + .05)


class Doc:
    def __init__(self, path):
        self.z = zipfile.ZipFile(path); self.names = set(self.z.namelist())
        X = lambda n: ET.fromstring(self.z.read(n)) if n in self.names else None
        self.doc, self.styles, self.num, self.settings = X("word/document.xml"), X("word/styles.xml"), X("word/numbering.xml"), X("word/settings.xml")
        self.core = X("docProps/core.xml"); self.rels = {}
        for n in self.names:
            if n.endswith(".rels"): self.rels[n] = {r.get("Id"): r for r in X(n)}
        self.hf = {n: X(n) for n in self.names if re.match(r"word/(header|footer|footnotes|endnotes)\d*\.xml$", n)}
        self.body = self.doc.find("w:body", NS); self.parent = {c: p for p in self.doc.iter() for c in p}
        self.st = {s.get(q("w:styleId")): s for s in self.styles.findall("w:style", NS)} if self.styles is not None else {}
        self.default_p = next((i for i, s in self.st.items() if s.get(q("w:type")) == "paragraph" and s.get(q("w:default")) in ("1", "true")), None)
        self.out = []

    def add(self, sev, rid, where, msg): self.out.append((sev, rid, where, msg))

    # ---- style resolution -------------------------------------------------------------------------------------------
    def chain(self, sid):
        seen = []
        while sid and sid in self.st and sid not in seen:
            seen.append(sid); b = self.st[sid].find("w:basedOn", NS); sid = b.get(VAL) if b is not None else None
        return [self.st[s] for s in seen]

    def psid(self, p):
        s = p.find("w:pPr/w:pStyle", NS); return s.get(VAL) if s is not None else self.default_p

    def prop(self, p, r, path):                          # first hit: run, run style, paragraph style chain, doc defaults
        for src in ([r.find("w:rPr", NS)] if r is not None else []):
            if src is not None:
                e = src.find(path, NS)
                if e is not None: return e
                rs = src.find("w:rStyle", NS)
                for s in self.chain(rs.get(VAL)) if rs is not None else []:
                    e = s.find("w:rPr/" + path, NS)
                    if e is not None: return e
        for s in self.chain(self.psid(p)):
            e = s.find("w:rPr/" + path, NS)
            if e is not None: return e
        return None

    def default(self, path):
        return self.styles.find("w:docDefaults/w:rPrDefault/w:rPr/" + path, NS) if self.styles is not None else None

    def level(self, p):
        o = p.find("w:pPr/w:outlineLvl", NS)
        for s in self.chain(self.psid(p)):
            if o is not None: break
            o = s.find("w:pPr/w:outlineLvl", NS)
        if o is not None: return int(o.get(VAL)) + 1 if int(o.get(VAL)) < 9 else 0
        for s in self.chain(self.psid(p)):
            m = re.match(r"(?i)heading (\d)$", (s.find("w:name", NS).get(VAL) if s.find("w:name", NS) is not None else ""))
            if m: return int(m.group(1))
        return 0

    def sname(self, p):
        s = self.st.get(self.psid(p)); n = s.find("w:name", NS) if s is not None else None
        return (n.get(VAL) if n is not None else "").lower()

    def numbered(self, p):
        if p.find("w:pPr/w:numPr", NS) is not None: return True
        return any(s.find("w:pPr/w:numPr", NS) is not None for s in self.chain(self.psid(p)))


def text(p):
    return "".join({q("w:t"): e.text or "", q("w:tab"): "\t", q("w:br"): "\n"}.get(e.tag, "") for e in p.iter() if e.tag in (q("w:t"), q("w:tab"), q("w:br")))


def short(s, n=50):
    s = " ".join(s.split()); return repr(s[:n] + ("..." if len(s) > n else ""))


def up(d, e, tag):
    while e is not None and e.tag != tag: e = d.parent.get(e)
    return e


def fill(el):
    f = el.get(q("w:fill")) if el is not None else None
    return f if f and re.fullmatch(r"[0-9A-Fa-f]{6}", f) else None


def background(d, p):
    f = fill(p.find("w:pPr/w:shd", NS)) or next((fill(s.find("w:pPr/w:shd", NS)) for s in d.chain(d.psid(p)) if fill(s.find("w:pPr/w:shd", NS))), None)
    if f: return f, None
    tc = up(d, p, q("w:tc")); color = None
    while tc is not None:
        tr, tbl = up(d, tc, q("w:tr")), up(d, tc, q("w:tbl")); ts = tbl.find("w:tblPr/w:tblStyle", NS); look = tbl.find("w:tblPr/w:tblLook", NS)
        first = tbl.findall("w:tr", NS)[:1] == [tr]; sty = None
        if ts is not None:
            firston = look is None or look.get(q("w:firstRow")) in ("1", "true") or int(look.get(VAL, "0") or "0", 16) & 0x20
            for s in d.chain(ts.get(VAL)):
                for tp in s.findall("w:tblStylePr", NS):
                    if first and firston and tp.get(q("w:type")) == "firstRow":
                        sty = sty or fill(tp.find("w:tcPr/w:shd", NS)); c = tp.find("w:rPr/w:color", NS)
                        color = color or (c.get(VAL) if c is not None else None)
        f = fill(tc.find("w:tcPr/w:shd", NS)) or sty
        if f: return f, color
        tc = up(d, d.parent.get(tbl), q("w:tc"))
    return "FFFFFF", color


def check(path):
    d = Doc(path); A = d.add; paras = list(d.body.iter(q("w:p"))); where = {p: f"p{i}" for i, p in enumerate(paras, 1)}
    tables = list(d.body.iter(q("w:tbl"))); roots = [("document", d.doc)] + [(n[5:-4], r) for n, r in d.hf.items()]
    # -- properties, language, protection ------------------------------------------------------------------------------
    core = lambda t: (d.core.findtext(t, "", NS) or "").strip() if d.core is not None else ""
    if not core("dc:title") or core("dc:title").lower() in ("word document", "untitled", "document", "document1"): A("E", "doc-title", "core", "no meaningful title property (WCAG 2.4.2)")
    if core("dc:creator") in ("", "python-docx", "docxtpl"): A("W", "doc-author", "core", f"author is {core('dc:creator')!r}")
    if not core("cp:keywords"): A("T", "doc-keywords", "core", "no keywords")
    if "generated by python-docx" in core("dc:description"): A("W", "doc-comment", "core", "description still says 'generated by python-docx'")
    lang = d.default("w:lang")
    if lang is None or not lang.get(VAL): A("E", "doc-lang", "styles", "no w:lang in document defaults (WCAG 3.1.1)")
    elif core("dc:language") and core("dc:language").lower() != lang.get(VAL).lower(): A("W", "doc-lang-match", "core", f"dc:language {core('dc:language')} is not w:lang {lang.get(VAL)}")
    if d.settings is not None:
        pr = d.settings.find("w:documentProtection", NS)
        if pr is not None and pr.get(q("w:enforcement")) in ("1", "true", "on"): A("E", "doc-protected", "settings", "protection may block assistive technology (ms)")
        if on(d.settings.find("w:updateFields", NS)): A("W", "update-fields", "settings", "w:updateFields makes Word ask a question on opening")
        if d.settings.find("w:attachedTemplate", NS) is not None: A("W", "attached-template", "settings", "refers to an outside template")
    for n in sorted(d.names):
        if re.search(r"vbaProject|\.bin$|activeX|embeddings/|\.exe$", n, re.I): A("E", "active-content", n, "macro, ActiveX or embedded object")
        if "/media/" in n and d.z.getinfo(n).file_size > 800_000: A("T", "media-size", n, f"{d.z.getinfo(n).file_size // 1024} KiB image")
    for n, rs in d.rels.items():
        for i, r in rs.items():
            if r.get("TargetMode") == "External" and not r.get("Type", "").endswith("/hyperlink"): A("E", "external-part", n, f"{i} loads {r.get('Target')!r} from outside")
            if r.get("TargetMode") == "External" and re.match(r"(?i)(javascript|file|data|vbscript):", r.get("Target", "")): A("E", "unsafe-link", n, f"{i} {r.get('Target')[:60]!r}")
    # -- images and other objects ---------------------------------------------------------------------------------------
    ids = Counter()
    for part, root in roots:
        for kind in ("inline", "anchor"):
            for o in root.iter(q("wp:" + kind)):
                pr = o.find("wp:docPr", NS); alt = (pr.get("descr") or pr.get("title") or "").strip(); ids[pr.get("id")] += 1
                deco = any(on_(x) for x in pr.iter(q("adec:decorative"))) if (on_ := lambda x: x.get("val") in ("1", "true")) else False
                w = f"{part} {pr.get('name')}"
                if not alt and not deco: A("E", "alt-missing", w, "no alternative text and not marked decorative (WCAG 1.1.1)")
                elif alt and (re.search(r"\.(png|jpe?g|gif|svg|emf|bmp)$", alt, re.I) or re.fullmatch(r"(?i)(picture|image|chart|graphic) ?\d*", alt)): A("E", "alt-poor", w, f"alt text is {alt!r}")
                elif len(alt) > 300: A("T", "alt-long", w, f"alt text has {len(alt)} characters; put the data in a table nearby")
                elif re.match(r"(?i)(image|picture|photo|graphic) of\b", alt): A("T", "alt-redundant", w, "alt text starts with 'image of'")
                if kind == "anchor" and part == "document": A("W", "not-inline", w, "floating object: set 'in line with text' (ms)")
        for s in root.iter(q("w:pict")):
            if "PowerPlusWaterMark" in ET.tostring(s, "unicode") or "WordPictureWatermark" in ET.tostring(s, "unicode"): A("W", "watermark", part, "watermark (ms)")
            elif not any(x.get("alt") for x in s.iter()): A("E", "alt-missing", part, "VML picture without alt text")
        if any(True for _ in root.iter(q("w:txbxContent"))): A("W", "text-box", part, "text box: reading order is not reliable")
        for s in root.iter(q("w:sdt")):
            p = s.find("w:sdtPr", NS)
            if p is not None and p.find("w:docPartObj", NS) is None and p.find("w:alias", NS) is None: A("W", "control-title", part, "content control without a title (ms)")
        if any(True for _ in root.iter(q("w:effect"))): A("W", "animated-text", part, "text effect blinks or moves")
    for i, n in ids.items():
        if n > 1: A("E", "dup-docpr-id", "document", f"{n} drawings share id {i}")
    # -- headings -------------------------------------------------------------------------------------------------------
    heads = [(p, d.level(p)) for p in paras if d.level(p) and not d.sname(p).startswith("toc")]
    if not heads and len(paras) > 15: A("E", "no-headings", "document", "no heading styles (ms, WCAG 1.3.1)")
    last = 0
    for p, l in heads:
        t = text(p).strip()
        if not t: A("W", "heading-empty", where[p], f"empty heading {l}"); continue
        if l > last + 1: A("W", "heading-skip", where[p], f"heading {l} follows level {last}: {short(t)}")
        if len(t) > 200: A("T", "heading-long", where[p], f"{len(t)} characters: {short(t)}")
        last = l
    # -- paragraphs -----------------------------------------------------------------------------------------------------
    empty = 0; seen = set(); defsz = d.default("w:sz"); defcol = d.default("w:color")
    for p in paras:
        t = text(p); has = bool(t.strip()) or any(p.iter(q("w:drawing"))) or any(p.iter(q("w:sectPr"))) or any(x.get(q("w:type")) == "page" for x in p.iter(q("w:br")))
        intable = up(d, p, q("w:tc")) is not None; empty = 0 if has or intable else empty + 1
        if empty == 2: A("W", "blank-paragraphs", where[p], "empty paragraphs used for spacing (ms: repeated blank characters)")
        if re.search(r"[ \u00a0]{4,}|\t{3,}", t): A("W", "repeated-blanks", where[p], f"runs of blanks or tabs: {short(t)}")
        for e in p.iter(q("w:t")):
            if e.text and re.search(r"[\n\r\t]", e.text): A("W", "raw-newline", where[p], "line break or tab inside w:t is shown as a space"); break
        if re.search(r"\bTODO\b|\bTBC\b|XXX", t): A("T", "unfinished", where[p], f"note to self in the text: {short(t)}")
        if re.search(r"\{\{.*\}\}|\{%.*%\}|Lorem ipsum|Right-click to update|Error! (Bookmark|Reference)", t): A("E", "leftover", where[p], f"template marker or placeholder: {short(t)}")
        if intable and t.strip() in ("nan", "NaN", "None", "NaT", "<NA>", "True", "False"): A("W", "raw-value", where[p], f"cell shows {t.strip()!r}")
        if not d.numbered(p) and re.match(r"\s*([\u2022\u25cf\u25e6\u00b7*\-\u2013] |\(?\d{1,2}[.)] )\S", t) and not d.level(p) and not intable and not d.sname(p).startswith(("toc", "table of")):
            A("W", "fake-list", where[p], f"typed bullet or number, not a list: {short(t)}")
        runs = [r for r in p.iter(q("w:r")) if (r.findtext("w:t", "", NS) or "").strip()]
        if runs and not d.level(p) and not intable and len(t) < 80 and not t.rstrip().endswith((".", ":", "?", "!", ";")) and "caption" not in d.sname(p) and not d.sname(p).startswith(("toc", "title", "subtitle")) \
           and all(on(r.find("w:rPr/w:b", NS)) for r in runs) and p.find("w:pPr/w:pStyle", NS) is None: A("T", "fake-heading", where[p], f"bold text instead of a heading style: {short(t)}")
        jc = p.find("w:pPr/w:jc", NS)
        if jc is not None and jc.get(VAL) == "both": A("T", "justified", where[p], "justified text is harder to read")
        bg, tcol = background(d, p) if runs else ("FFFFFF", None)
        for r in runs:
            c = d.prop(p, r, "w:color"); c = c.get(VAL) if c is not None else (tcol or (defcol.get(VAL) if defcol is not None else "000000"))
            c = c if re.fullmatch(r"[0-9A-Fa-f]{6}", c or "") else ("FFFFFF" if lum(bg) < .18 else "000000")        # auto flips on dark
            b = fill(r.find("w:rPr/w:shd", NS)) or bg; szel = d.prop(p, r, "w:sz"); szel = szel if szel is not None else defsz
            sz = int(szel.get(VAL)) / 2 if szel is not None else 10.0; bold = on(d.prop(p, r, "w:b")); need = 3 if sz >= 18 or (bold and sz >= 14) else 4.5
            if ratio(c, b) < need and (c, b, need) not in seen: seen.add((c, b, need)); A("E", "contrast", where[p], f"#{c} on #{b} is {ratio(c, b):.2f}:1, needs {need}:1 (WCAG 1.4.3): {short(r.findtext('w:t', '', NS))}")
            if sz < 8 and ("sz", sz) not in seen: seen.add(("sz", sz)); A("T", "small-text", where[p], f"{sz} pt: {short(t)}")
    # -- links ----------------------------------------------------------------------------------------------------------
    marks = Counter(b.get(q("w:name")) for b in d.doc.iter(q("w:bookmarkStart"))); mids = Counter(b.get(q("w:id")) for b in d.doc.iter(q("w:bookmarkStart")))
    for h in d.doc.iter(q("w:hyperlink")):
        t = text(h).strip(); a = h.get(q("w:anchor")); w = where.get(up(d, h, q("w:p")), "?")
        if not t and not any(True for _ in h.iter(q("w:drawing"))): A("W", "link-empty", w, "link without text")
        elif re.fullmatch(r"(?i)(click )?here|link|more|read more|https?://\S+", t): A("W", "link-text", w, f"link text {short(t)} says nothing on its own (WCAG 2.4.4)")
        if a and a not in marks: A("E", "broken-anchor", w, f"no bookmark {a!r}")
    for part, root in roots:                             # every r:embed, r:link, r:id must have its relationship
        have = d.rels.get(f"word/_rels/{part}.xml.rels", {})
        for rid in sorted({v for e in root.iter() for k, v in e.attrib.items() if k.startswith("{" + NS["r"] + "}")} - set(have)): A("E", "broken-link", part, f"no relationship {rid}")
    for n, c in marks.items():
        if c > 1: A("E", "dup-bookmark", "document", f"bookmark name {n!r} used {c} times")
    if any(c > 1 for c in mids.values()): A("E", "dup-bookmark", "document", "bookmark id used twice")
    # -- tables ---------------------------------------------------------------------------------------------------------
    for i, t in enumerate(tables, 1):
        rows = t.findall("w:tr", NS); w = f"table{i}"; hdr = [on(r.find("w:trPr/w:tblHeader", NS)) for r in rows]; grid = len(t.findall("w:tblGrid/w:gridCol", NS))
        first = short(text(rows[0])) if rows else ""
        if not rows: A("E", "table-empty", w, "no rows"); continue
        if not hdr[0]: A("E", "table-header", w, f"first row is not marked as a repeating header (ms, WCAG 1.3.1): {first}")
        if any(b and not a for a, b in zip(hdr, hdr[1:])): A("W", "table-header-gap", w, "header row flag below a body row")
        if any(True for r in rows for _ in r.iter(q("w:vMerge"))) or any(int(g.get(VAL)) > 1 for r in rows for g in r.iter(q("w:gridSpan"))): A("W", "table-merged", w, "merged or split cells (ms)")
        if up(d, d.parent[t], q("w:tc")) is not None: A("W", "table-nested", w, "nested table (ms)")
        if len(rows) > 3 and not all(on(r.find("w:trPr/w:cantSplit", NS)) for r in rows): A("T", "row-split", w, "rows may break across pages (no w:cantSplit)")
        if t.find("w:tblPr/w:tblpPr", NS) is not None: A("W", "table-floating", w, "text wraps around the table")
        if len(rows) > 3 and t.find("w:tblPr/w:tblCaption", NS) is None and t.find("w:tblPr/w:tblDescription", NS) is None: A("T", "table-alt", w, "no title or description in table properties")
        for j, r in enumerate(rows, 1):
            n = 0
            for c in r.findall("w:tc", NS):
                g = c.find("w:tcPr/w:gridSpan", NS); n += int(g.get(VAL)) if g is not None else 1
                if len(c) == 0 or c[-1].tag not in (q("w:p"), q("w:sdt")): A("E", "cell-no-paragraph", f"{w} row {j}", "cell must end with a paragraph; Word calls the file corrupt")
                if fill(c.find("w:tcPr/w:shd", NS)) and lum(fill(c.find("w:tcPr/w:shd", NS))) < .75 and not "".join(text(p) for p in c.iter(q("w:p"))).strip(): A("W", "colour-only", f"{w} row {j}", "coloured cell without text (WCAG 1.4.1)")
            gb = sum(int(x.get(VAL)) for k in ("gridBefore", "gridAfter") for x in r.findall(f"w:trPr/w:{k}", NS))
            if grid and n + gb != grid: A("E", "row-cells", f"{w} row {j}", f"{n + gb} cells, grid has {grid}")
    # -- fields, contents, references -----------------------------------------------------------------------------------
    for part, root in roots:
        depth = 0
        for f in root.iter(q("w:fldChar")):
            k = f.get(q("w:fldCharType")); depth += {"begin": 1, "end": -1}.get(k, 0)
            if depth < 0: break
        if depth: A("E", "field-open", part, "field begin and end do not match")
    instr = " ".join((e.text or "") for e in d.doc.iter(q("w:instrText"))) + " ".join(e.get(q("w:instr"), "") for e in d.doc.iter(q("w:fldSimple")))
    for m in re.findall(r"\b(?:PAGEREF|REF)\s+(\S+)", instr):
        if m not in marks: A("E", "broken-anchor", "field", f"{m} has no bookmark")
    if len(heads) > 12 and not re.search(r"\bTOC\b", instr): A("W", "no-toc", "document", f"{len(heads)} headings and no table of contents")
    if re.search(r"\bTOC\b", instr):
        n = sum(1 for p in paras if d.sname(p).startswith("toc ") and not d.sname(p).startswith("toc heading") and text(p).strip())
        if n < 2: A("W", "toc-empty", "document", "contents field holds no entries until someone updates it")
    ft = " ".join((e.text or "") for n, r in d.hf.items() for e in r.iter(q("w:instrText"))) + " ".join(e.get(q("w:instr"), "") for r in d.hf.values() for e in r.iter(q("w:fldSimple")))
    if len(paras) > 60 and not re.search(r"\bPAGE\b", ft): A("W", "no-page-number", "footer", "no PAGE field in header or footer")
    used = {e.get(VAL) for _, r in roots for t in ("w:pStyle", "w:rStyle", "w:tblStyle") for e in r.iter(q(t))}
    for s in sorted(x for x in used if x and x not in d.st): A("E", "style-missing", "document", f"style {s!r} is not defined")
    nums = {n.get(q("w:numId")) for n in d.num.findall("w:num", NS)} if d.num is not None else set()
    for s in sorted({n.get(VAL) for _, r in roots for n in r.iter(q("w:numId"))} - nums - {"0"}): A("E", "num-missing", "document", f"list definition {s} is not defined")
    return d.out


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0]); ap.add_argument("files", nargs="+")
    for f in ("json", "strict"): ap.add_argument("--" + f, action="store_true")
    for f in ("only", "skip"): ap.add_argument("--" + f, default="")
    a = ap.parse_args(argv); rc = 0; allout = {}
    for f in a.files:
        try: out = check(f)
        except (zipfile.BadZipFile, ET.ParseError, KeyError, AttributeError, OSError) as e: print(f"ERROR unreadable {f}: {type(e).__name__}: {e}"); rc = 2; continue
        out = [o for o in out if (not a.only or o[1] in a.only.split(",")) and o[1] not in a.skip.split(",")]
        out.sort(key=lambda o: "EWT".index(o[0])); n = Counter(o[0] for o in out); allout[f] = out
        if not a.json:
            for s, i, w, m in out: print(f"{SEV[s]:5} {i:18} {w}: {m}")
            print(f"{f}: {n['E']} errors, {n['W']} warnings, {n['T']} tips")
        if n["E"] or (a.strict and n["W"]): rc = max(rc, 1)
    if a.json: print(json.dumps({f: [dict(zip(("severity", "id", "where", "message"), o)) for o in v] for f, v in allout.items()}, indent=1))
    return rc


if __name__ == "__main__":
    sys.exit(main())
