"""PDFs written object by object, as no library would write them."""


def written_pdf(*objects: str | bytes, trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of these objects, with a table of where they are."""
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        data = written if isinstance(written, bytes) else written.encode()
        body += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = (
        f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{len(body)}\n%%EOF".encode()
    )
    return body + head + table + tail


def packed_stream(data: bytes, filters: str) -> bytes:
    """A stream object of data that is packed by these filters already."""
    return b"<< /Length %d /Filter %b >>\nstream\n%b\nendstream" % (
        len(data),
        filters.encode(),
        data,
    )
