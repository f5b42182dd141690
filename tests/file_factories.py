"""Files as people hand them over, made byte by byte: Word documents and PDFs, sound, damaged and made to harm."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="{main}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def make_zip(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def word_body(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'


def paragraph(*runs: str, properties: str = "") -> str:
    texts = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{texts}</w:p>"


def make_docx(*paragraphs: str, inner: str = "", main: str = "word/document.xml", **parts: str) -> bytes:
    body = word_body("".join(paragraph(words) for words in paragraphs) + inner)
    return make_zip(
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": RELATIONS.format(main=main), main: body}
        | {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    )


def make_pdf(*lines: str, encrypt: str = "") -> bytes:
    shown = "".join(f"BT /F1 12 Tf 72 {760 - 16 * number} Td ({line}) Tj ET\n" for number, line in enumerate(lines))
    content = shown or "0.5 g 72 72 400 600 re f\n"  # a grey box stands for the picture of a page
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}endstream",
    ]
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {encrypt} >>"
    at = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n"
    return f"{made}{at}\n%%EOF\n".encode("latin-1")


def make_locked_pdf() -> bytes:
    """A PDF whose password is not the empty one: what it says of its passwords fits none."""
    digests = f"/O <{'41' * 32}> /U <{'42' * 32}>"
    return make_pdf("Secret", encrypt=f"/Encrypt << /Filter /Standard /V 1 /R 2 {digests} /P -4 >> /ID [<00> <00>]")
