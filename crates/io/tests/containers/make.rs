//! Makes WARC and WACZ files.

use data_encoding::{BASE32, HEXLOWER};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) const PAGE: &str = "<!doctype html><html><head><title>A report</title></head><body><article><h1>A report</h1>\
    <p>Five were killed when shells fell on the market of the town on Tuesday morning. Residents said \
    that rescuers were still looking for others below the ruins of several houses.</p>\
    <p>The monitor said that the number may rise, since some of the wounded were in danger.</p>\
    </article></body></html>";

/// Makes a PDF of one page: lines of glyphs with their heights above the lower edge, as they stand
/// from the left; every glyph is half as wide as high.
pub(crate) fn pdf(lines: &[(u32, &str)]) -> Vec<u8> {
    let mut glyphs: Vec<char> = lines.iter().flat_map(|(_, line)| line.chars()).collect();
    glyphs.sort_unstable();
    glyphs.dedup();
    let code = |c: char| 33 + glyphs.iter().position(|glyph| *glyph == c).expect("it is listed");
    let mut content = String::from("BT /F 12 Tf ");
    let mut map = format!("begincmap\n{} beginbfchar\n", glyphs.len());
    for &(height, line) in lines {
        let codes: String = line.chars().map(|c| format!("{:02x}", code(c))).collect();
        content += &format!("1 0 0 1 100 {height} Tm <{codes}> Tj ");
    }
    for &glyph in &glyphs {
        map += &format!("<{:02x}> <{:04x}>\n", code(glyph), u32::from(glyph));
    }
    map += "endbfchar\nendcmap";
    content += "ET";
    let widths = "500 ".repeat(glyphs.len());
    let last = 32 + glyphs.len();
    let stream = |text: &str| format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R/Resources<</Font<</F 4 0 R>>>>>>"
            .to_owned(),
        format!(
            "<</Type/Font/Subtype/TrueType/BaseFont/Some/FirstChar 33/LastChar {last}/Widths[{widths}]\
             /Encoding/WinAnsiEncoding/ToUnicode 5 0 R>>"
        ),
        stream(&map),
        stream(&content),
        "<</Title(A bulletin)/CreationDate(D:20171018)>>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let xref = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|place| file += &format!("{place:010} 00000 n \n"));
    let size = objects.len() + 1;
    file += &format!("trailer\n<</Size {size}/Root 1 0 R/Info 7 0 R>>\nstartxref\n{xref}\n%%EOF\n");
    file.into_bytes()
}

/// Packs bytes.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

/// Packs a page as Brotli that keeps its bytes as they are: 16 bits of window, one block that is
/// not the last, its length less one in 16 bits, "not compressed", the bytes, an empty last block.
pub(crate) fn brotli(page: &str) -> Vec<u8> {
    // So long that the head is no UTF-8, which would pass for unpacked.
    let padding = (25 - page.len() % 16) % 16;
    let page = format!("{page}{}", " ".repeat(padding));
    let head = (page.len() as u32 - 1) << 4 | 1 << 20;
    [&head.to_le_bytes()[..3], page.as_bytes(), &[3]].concat()
}

/// Makes the record of an answer with these headers of its own.
pub(crate) fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}\r\n");
    let told = "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:9>\r\n\
        WARC-Target-URI: http://a.example/9\r\nContent-Type: application/http\r\n";
    record("WARC/1.1", told, &[head.as_bytes(), body].concat())
}

/// Makes a record.
pub(crate) fn record(version: &str, headers: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!("{version}\r\n{headers}Content-Length: {}\r\n\r\n", block.len());
    record.push_str("");
    [record.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// Makes the record of an answer.
pub(crate) fn response(id: &str, url: &str, body: &[u8], is_packed: bool) -> Vec<u8> {
    let coding = if is_packed { "Content-Encoding: gzip\r\n" } else { "" };
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{coding}\r\n");
    let headers = format!(
        "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n\
         WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n\
         WARC-Payload-Digest: sha1:{}\r\n",
        BASE32.encode(&Sha1::digest(body))
    );
    record("WARC/1.1", &headers, &[head.as_bytes(), body].concat())
}

/// Makes a file with two pages, one of them in chunks and packed, and what is no page.
pub(crate) fn warc(version: &str, pack: bool) -> Vec<u8> {
    let info = b"software: crawler 1.0\r\nformat: WARC File Format 1.1\r\n";
    let packed = gzip(PAGE.as_bytes());
    let mut chunks = Vec::new();
    for chunk in packed.chunks(100) {
        chunks.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        chunks.extend(chunk);
        chunks.extend(b"\r\n");
    }
    chunks.extend(b"0\r\n\r\n");
    let digest = BASE32.encode(&Sha1::digest(&chunks));
    let block = [
        &b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"[..],
        &chunks,
    ]
    .concat();
    let headers = format!(
        "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:2>\r\nWARC-Target-URI: http://a.example/2\r\n\
         Content-Type: application/http;msgtype=response\r\nWARC-Payload-Digest: sha1:{digest}\r\n\
         WARC-Block-Digest: sha256:{}\r\n",
        HEXLOWER.encode(&Sha256::digest(&block))
    );
    let picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
    let records = [
        record(version, "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n", info),
        response("1", "http://a.example/1", PAGE.as_bytes(), false),
        record(version, "WARC-Type: response\r\nContent-Type: application/http\r\n", picture),
        record(version, &headers, &block),
    ];
    records.iter().flat_map(|record| if pack { gzip(record) } else { record.clone() }).collect()
}

/// Makes a WACZ; the bytes of `change` are not those that are listed.
pub(crate) fn wacz(version: &str, change: Option<&str>) -> Vec<u8> {
    let hash = |bytes: &[u8]| format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(bytes)));
    let archive = warc("WARC/1.1", true);
    let pages = b"{\"format\": \"json-pages-1.0\"}\n".to_vec();
    let resource = |path: &str, bytes: &[u8]| {
        format!(
            "{{\"path\": \"{path}\", \"hash\": \"{}\", \"bytes\": {}}}",
            hash(bytes),
            bytes.len()
        )
    };
    let package = format!(
        "{{\"profile\": \"data-package\", \"wacz_version\": \"{version}\", \"software\": \"archiver 2\", \
         \"resources\": [{}, {}]}}",
        resource("archive/data.warc.gz", &archive),
        resource("pages/pages.jsonl", &pages),
    );
    let digest =
        format!("{{\"path\": \"datapackage.json\", \"hash\": \"{}\"}}", hash(package.as_bytes()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mut bytes, method) in [
        ("archive/data.warc.gz", archive, CompressionMethod::Stored),
        ("pages/pages.jsonl", pages, CompressionMethod::Deflated),
        ("datapackage.json", package.into_bytes(), CompressionMethod::Deflated),
        ("datapackage-digest.json", digest.into_bytes(), CompressionMethod::Stored),
    ] {
        if change == Some(name) {
            bytes.push(b' ');
        }
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).expect("memory can be written");
        zip.write_all(&bytes).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}
