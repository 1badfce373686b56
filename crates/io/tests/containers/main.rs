//! Containers: each is made here, cut into its records, and every fault is told.

mod broken;
mod make;

use make::*;
use sijill_io::{DateBasis, EncodingBasis, Inputs, Item, Provenance};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What came of a record: where, the document as `id|title|published|outlet|url|text`, or the fault.
struct Read {
    location: String,
    told: String,
    original: Vec<u8>,
    provenance: Provenance,
}

fn directory(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("containers").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a directory can be made");
    path
}

fn read(path: &Path) -> Vec<Read> {
    let root = format!("{}/", path.parent().expect("it lies in a directory").display());
    let mut read = Vec::new();
    for piece in Inputs::new([path]) {
        piece.items(&mut |item: Item<'_>| {
            let told = match item.document {
                Ok(document) => {
                    let or = |value: Option<String>| value.unwrap_or_default();
                    let day = or(document.published.map(|day| day.to_string()));
                    let (title, outlet) = (or(document.title), or(document.outlet));
                    let id = document.id.replace(&root, "");
                    format!("{id}|{title}|{day}|{outlet}|{}|{}", or(document.url), document.text)
                }
                Err(error) => format!("error: {}", error.to_string().replace(&root, "")),
            };
            read.push(Read {
                location: item.location.replace(&root, ""),
                told,
                original: item.original.unwrap_or_default().into_owned(),
                provenance: item.provenance,
            });
        });
    }
    read
}

/// Writes a file and reads it.
fn read_bytes(directory: &Path, name: &str, bytes: &[u8]) -> Vec<Read> {
    let path = directory.join(name);
    fs::write(&path, bytes).expect("a file can be written");
    read(&path)
}

fn told(read: &[Read]) -> Vec<&str> {
    read.iter().map(|read| read.told.as_str()).collect()
}

#[test]
fn a_row_of_a_table_is_a_document() {
    let table = "id;Title;Text;Published;Link\n\
                 1;One;\"Two lines\nof text\";2017-10-18;http://a.example/1\n\
                 ;;Alone;;\n\
                 3;;;2017-10-18;\n\
                 4;;Late;yesterday;\n";
    let read = read_bytes(&directory("csv"), "posts.csv", table.as_bytes());
    assert_eq!(
        told(&read),
        [
            "1|One|2017-10-18||http://a.example/1|Two lines\nof text",
            "posts.csv:4||||Alone".replace("||||", "|||||").as_str(),
            "error: posts.csv:5: holds no text",
            "error: posts.csv:6: published 'yesterday' is not a date",
        ]
        .map(|line| line.to_owned())
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
    );
    assert_eq!(read[0].original, b"1;One;\"Two lines\nof text\";2017-10-18;http://a.example/1");
    assert_eq!(read[1].original, b";;Alone;;");
}

#[test]
fn a_table_without_a_text_is_told() {
    let read = read_bytes(&directory("csv-other"), "events.csv", b"date,killed\n2017-10-18,5\n");
    let error = "error: events.csv:1: no column is called 'text' (found date, killed)";
    assert_eq!(told(&read), [error]);
}

#[test]
fn a_sheet_of_auto_archiver_keeps_who_collected_it() {
    let sheet = "Link,Archive status,Archive location,Archive date,Upload timestamp,Upload title,Text content,Hash\n\
                 http://a.example/v,success,s3://b/v.mp4,2022-03-02T10:00:00+00:00,2022-03-01T08:00:00+00:00,Video,Words below it,SHA-256:ab\n";
    let read = read_bytes(&directory("auto-archiver"), "sheet.csv", sheet.as_bytes());
    assert_eq!(told(&read), ["sheet.csv:2|Video|2022-03-01||http://a.example/v|Words below it"]);
    let provenance = &read[0].provenance;
    assert_eq!(provenance.tool.as_deref(), Some("auto-archiver"));
    assert_eq!(provenance.collected_at.as_deref(), Some("2022-03-02T10:00:00+00:00"));
    let notes = ["archive status: success", "archive location: s3://b/v.mp4", "hash: SHA-256:ab"];
    assert_eq!(provenance.notes, notes);
}

#[test]
fn an_item_of_a_feed_is_a_document() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\" xmlns:media=\"m\"><channel>\
        <title>The &amp; Paper</title><link>http://a.example</link>\
        <item><title>One</title><link>http://a.example/1</link><guid>g1</guid>\
        <pubDate>Wed, 18 Oct 2017 23:30:00 +0300</pubDate><description>short</description>\
        <content:encoded><![CDATA[<p>Five <b>killed</b></p><p>in the town</p>]]></content:encoded>\
        <media:title>a picture</media:title></item>\
        <item><title>Two</title><link>http://a.example/2</link><pubDate>Thu, 19 Oct 2017</pubDate><description>a &lt;i&gt;b&lt;/i&gt;</description></item>\
        </channel></rss>";
    let folder = directory("feed");
    let found = read_bytes(&folder, "news.rss", rss.as_bytes());
    assert_eq!(
        told(&found),
        [
            "g1|One|2017-10-18|The & Paper|http://a.example/1|Five killed\n\nin the town",
            "http://a.example/2|Two|2017-10-19|The & Paper|http://a.example/2|a b",
        ]
    );
    assert_eq!(found[0].location, "news.rss#1");
    assert!(found[0].original.starts_with(b"<item><title>One"));
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><entry><id>tag:1</id>\
        <title type=\"html\">T</title><link rel=\"self\" href=\"x\"/><link href=\"http://b.example/1\"/>\
        <updated>2018-01-02T03:04:05Z</updated><summary>S</summary></entry></feed>";
    let found = read_bytes(&folder, "unnamed.xml", atom.as_bytes());
    assert_eq!(told(&found), ["tag:1|T|2018-01-02|A|http://b.example/1|S"]);
}

#[test]
fn a_message_of_telegram_is_a_document() {
    let export = "{\n \"name\": \"Channel\",\n \"type\": \"public_channel\",\n \"id\": 7,\n \"messages\": [\n\
        {\"id\": 1, \"type\": \"service\", \"date\": \"2017-10-17T08:00:00\", \"text\": \"\"},\n\
        {\"id\": 2, \"type\": \"message\", \"date\": \"2017-10-18T09:30:00\", \"text\": [\"Five \", {\"type\": \"bold\", \"text\": \"killed\"}], \"forwarded_from\": \"Other\"},\n\
        {\"id\": 3, \"type\": \"message\", \"date\": \"2017-10-18T09:31:00\", \"photo\": \"p.jpg\", \"text\": \"\"},\n\
        {\"id\": 4, \"type\": \"message\", \"date\": \"2017-10-19T00:00:00\", \"text\": \"says \\\"messages\\\": [\"}\n ]\n}";
    let folder = directory("telegram");
    let found = read_bytes(&folder, "result.json", export.as_bytes());
    assert_eq!(
        told(&found),
        [
            "result.json#2||2017-10-18|Channel||Five killed",
            "result.json#4||2017-10-19|Channel||says \"messages\": [",
        ]
    );
    assert_eq!(found[0].provenance.notes, ["forwarded from: Other"]);
    let whole = format!("{{\"chats\": {{\"list\": [{export}, {export}]}}}}");
    // Every chat numbers its own messages.
    let found = read_bytes(&folder, "result.json", whole.as_bytes());
    let ids: Vec<&str> = found.iter().map(|read| read.location.as_str()).collect();
    assert_eq!(&ids[..2], ["result.json#7/2", "result.json#7/4"]);
    assert_eq!(found.len(), 4);
    let cut = &export.as_bytes()[..export.len() - 30];
    let found = read_bytes(&folder, "result.json", cut);
    let error = "error: result.json:9: the export breaks off in the middle of a record";
    assert_eq!(told(&found), ["result.json#2||2017-10-18|Channel||Five killed", error]);
    assert!(found[1].original.starts_with(b"{\"id\": 4,"), "what is left of it is kept");
    let found = read_bytes(&folder, "result.json", b"{\"a\": 1}");
    assert!(told(&found)[0].contains("is no export of Telegram Desktop"));
}

#[test]
fn mail_is_read_with_its_encodings() {
    let mail = "From: The Desk <desk@a.example>\r\nSubject: =?UTF-8?B?2YLYqtmE2Yk=?=\r\n\
        Date: Wed, 18 Oct 2017 09:30:00 +0300\r\nMessage-ID: <1@a.example>\r\n\
        Content-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        =DE=CA=E1\r\n";
    let folder = directory("mail");
    let words = "\u{642}\u{62a}\u{644}";
    let wanted = format!("one.eml|{words}\u{649}|2017-10-18|The Desk||{words}");
    assert_eq!(told(&read_bytes(&folder, "one.eml", mail.as_bytes())), [wanted]);
    let provenance = &read_bytes(&folder, "one.eml", mail.as_bytes())[0].provenance;
    assert_eq!(provenance.encoding, Some("windows-1256"));
    let plain = "From: a@a.example\nSubject: Two\n\n>From the front\n";
    let mailbox = format!(
        "From a Wed Oct 18\n{}\n\nFrom b Wed Oct 18\n{plain}\n",
        mail.replace("\r\n", "\n")
    );
    let found = read_bytes(&folder, "all.mbox", mailbox.as_bytes());
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].told, "all.mbox#2|Two||a@a.example||From the front");
    let joined: Vec<u8> = found.iter().flat_map(|read| read.original.clone()).collect();
    assert_eq!(joined, mailbox.as_bytes());
}

#[test]
fn a_page_of_a_warc_is_a_document() {
    let folder = directory("warc");
    for (name, version, pack) in [
        ("a.warc", "WARC/1.0", false),
        ("b.warc.gz", "WARC/1.1", true),
        ("unnamed", "WARC/1.1", true),
    ] {
        let bytes = warc(version, pack);
        let found = read_bytes(&folder, name, &bytes);
        let text =
            "Five were killed when shells fell on the market of the town on Tuesday morning.";
        assert_eq!(found.len(), 2, "{:?}", told(&found));
        assert!(found[0].told.starts_with("http://a.example/1|"), "{}", found[0].told);
        assert!(found.iter().all(|read| read.told.contains(text)), "{:?}", told(&found));
        let provenance = &found[0].provenance;
        assert_eq!(provenance.http_status, Some(200));
        assert_eq!(provenance.tool.as_deref(), Some("crawler 1.0"));
        assert_eq!(provenance.collected_at.as_deref(), Some("2020-01-02T03:04:05Z"));
        assert_eq!(provenance.warc_record_id.as_deref(), Some("<urn:uuid:1>"));
        assert!(
            provenance.notes.iter().any(|note| note.starts_with("payload digest checked: sha1:"))
        );
        assert_eq!(found[0].location, format!("{name}#urn:uuid:1"));
    }
}

#[test]
fn a_page_is_read_as_the_server_packed_and_told_it() {
    let folder = directory("warc-served");
    let packed = brotli(PAGE);
    let html = "Content-Type: text/html\r\nContent-Encoding: br\r\n";
    let found = read_bytes(&folder, "br.warc", &answer(html, &packed));
    assert!(told(&found)[0].contains("Five were killed when shells fell"), "{:?}", told(&found));
    let found = read_bytes(&folder, "cut.warc", &answer(html, &packed[..200]));
    assert!(told(&found)[0].starts_with("error: "), "{:?}", told(&found));
    let packed = zstd::encode_all(PAGE.as_bytes(), 3).expect("memory can be packed");
    let html = "Content-Type: text/html\r\nContent-Encoding: zstd\r\n";
    let found = read_bytes(&folder, "zstd.warc", &answer(html, &packed));
    assert!(told(&found)[0].contains("Five were killed when shells fell"), "{:?}", told(&found));
    assert_eq!(found[0].original, packed);
    let found = read_bytes(&folder, "cut.warc", &answer(html, &packed[..packed.len() / 2]));
    assert!(told(&found)[0].starts_with("error: "), "{:?}", told(&found));
    // Three letters are too few to guess by.
    let plain = "Content-Type: text/plain; charset=\"ISO-8859-6\"\r\n";
    let found = read_bytes(&folder, "told.warc", &answer(plain, b"\xe2\xca\xe4"));
    assert!(told(&found)[0].ends_with("|\u{642}\u{62a}\u{644}"), "{:?}", told(&found));
    let Provenance { encoding, encoding_by, .. } = &found[0].provenance;
    assert_eq!((*encoding, *encoding_by), (Some("ISO-8859-6"), Some(EncodingBasis::Declared)));
}

#[test]
fn a_page_tells_its_day_in_many_ways() {
    let folder = directory("page-days");
    for (mark, wanted) in [
        (
            "<meta property=\"article:published_time\" content=\"2017-10-18T09:00:00+03:00\">",
            "2017-10-18",
        ),
        (
            "<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \
             \"@type\": \"NewsArticle\", \"headline\": \"A report\", \
             \"datePublished\": \"2017-10-18T09:00:00Z\"}</script>",
            "2017-10-18",
        ),
        ("<meta name=\"pubdate\" content=\"2017-10-18\">", "2017-10-18"),
        ("<time itemprop=\"datePublished\" datetime=\"2017-10-18T09:00\">x</time>", "2017-10-18"),
        ("<time datetime=\"2017-10-18\">x</time>", "2017-10-18"),
        // Which of them is that of the article?
        ("<time datetime=\"2017-10-18\">x</time><time datetime=\"2017-10-19\">y</time>", ""),
    ] {
        let page = PAGE.replace("</title>", &format!("</title>{mark}"));
        let found = read_bytes(&folder, "page.html", page.as_bytes());
        let day = told(&found)[0].split('|').nth(2).unwrap_or_default();
        assert_eq!(day, wanted, "{mark}");
        let by = (!wanted.is_empty()).then_some(DateBasis::Page);
        assert_eq!(found[0].provenance.published_by, by, "{mark}");
    }
}

#[test]
fn a_warc_packed_with_zstandard_is_read_with_its_dictionary() {
    let folder = directory("warc-zstd");
    let words = PAGE.repeat(4).into_bytes();
    let packed_words = zstd::encode_all(&*words, 3).expect("memory can be packed");
    for (name, dictionary, frame) in [
        ("plain", &[][..], None),
        ("words", &words[..], Some(&words)),
        ("packed-words", &words[..], Some(&packed_words)),
    ] {
        let mut packer = zstd::bulk::Compressor::with_dictionary(3, dictionary).expect("it packs");
        let mut bytes = Vec::new();
        if let Some(frame) = frame {
            bytes.extend(b"\x5d\x2a\x4d\x18");
            bytes.extend((frame.len() as u32).to_le_bytes());
            bytes.extend(frame);
        }
        let pages = ["1", "2"].map(|id| response(id, "http://a.example/", PAGE.as_bytes(), false));
        for page in pages {
            bytes.extend(packer.compress(&page).expect("memory can be packed"));
        }
        for file in ["pages.warc.zst", "unnamed"] {
            let found = read_bytes(&folder, file, &bytes);
            assert_eq!(found.len(), 2, "{name}: {:?}", told(&found));
            assert!(found.iter().all(|read| read.told.contains("Five were killed")), "{name}");
        }
    }
}

#[test]
fn a_warc_whose_bytes_were_changed_is_refused() {
    let bytes = warc("WARC/1.1", false);
    let at = bytes.windows(4).position(|bytes| bytes == b"Five").expect("it is there");
    let mut changed = bytes;
    changed[at + 3] = b'f';
    let found = read_bytes(&directory("warc-changed"), "a.warc", &changed);
    let start = "error: a.warc#urn:uuid:1: the payload bytes have the digest 'sha1:";
    assert!(found[0].told.starts_with(start), "{}", found[0].told);
    assert!(!found[0].original.is_empty() && found[1].told.starts_with("http://a.example/2|"));
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let folder = directory("bomb");
    // A record of 2 GB of zeros, in two megabytes.
    let path = folder.join("bomb.warc.gz");
    let file = fs::File::create(&path).expect("a file can be made");
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    let length = 3_u64 << 30;
    write!(packed, "WARC/1.1\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n")
        .expect("it can be packed");
    let zeros = vec![0; 1 << 20];
    for _ in 0..1200 {
        packed.write_all(&zeros).expect("it can be packed");
    }
    packed.finish().expect("it can be packed");
    let found = read(&path);
    let error =
        "error: bomb.warc.gz#1: unpacks to more than 200 times its size: it looks like a zip bomb";
    assert_eq!(told(&found), [error]);
    let page = gzip(&vec![b'a'; 100 << 20]);
    let found = read_bytes(&folder, "page.warc", &response("3", "http://a.example/3", &page, true));
    assert_eq!(found.len(), 1);
    assert!(found[0].told.ends_with("is larger than the 64 MB that one document may have"));
}

#[test]
fn a_wacz_is_read_and_its_digests_checked() {
    let folder = directory("wacz");
    for version in ["1.1.1", "1.2.0"] {
        let found = read_bytes(&folder, "site.wacz", &wacz(version, None));
        assert_eq!(found.len(), 2, "{:?}", told(&found));
        assert!(found[0].told.starts_with("http://a.example/1|"), "{}", found[0].told);
        assert!(found[0].location.starts_with("site.wacz/archive/data.warc.gz#urn:uuid:1"));
    }
    let found = read_bytes(&folder, "changed.wacz", &wacz("1.1.1", Some("archive/data.warc.gz")));
    assert_eq!(found.len(), 1);
    let start =
        "error: changed.wacz/archive/data.warc.gz: the stored bytes have the digest 'sha256:";
    assert!(found[0].told.starts_with(start), "{}", found[0].told);
    let found = read_bytes(&folder, "list.wacz", &wacz("1.1.1", Some("datapackage.json")));
    assert!(found[0].told.starts_with("error: list.wacz/datapackage.json: the stored bytes"));
    let whole = wacz("1.1.1", None);
    let found = read_bytes(&folder, "cut.wacz", &whole[..whole.len() / 2]);
    assert!(found[0].told.starts_with("error: cut.wacz: is no WACZ that can be read: "));
}

#[test]
fn the_text_layer_of_a_pdf_is_read_from_the_right() {
    let folder = directory("pdf");
    // Shaped letters of a word of three, from the left: lam, teh, qaf.
    let bytes = pdf(&[
        (700, "(AB) 12.5 \u{fede}\u{fe98}\u{fed7}"),
        (686, "\u{fede}\u{fe98}\u{fed7} \u{663}\u{665}"),
        (640, "Latin, 3 (x)"),
    ]);
    let found = read_bytes(&folder, "bulletin.pdf", &bytes);
    let word = "\u{642}\u{62a}\u{644}";
    let text = format!("{word} 12.5 (AB)\n\u{663}\u{665} {word}\n\nLatin, 3 (x)");
    assert_eq!(told(&found), [format!("bulletin.pdf|A bulletin||||{text}")]);
    let provenance = &found[0].provenance;
    assert_eq!(provenance.media_type.as_deref(), Some("application/pdf"));
    assert_eq!(provenance.notes, ["file made: D:20171018"]);
    assert_eq!(found[0].original, bytes);
    assert_eq!(told(&read_bytes(&folder, "unnamed", &bytes)).len(), 1);
    let error = "error: scan.pdf: has no text layer: its pages are pictures";
    assert_eq!(told(&read_bytes(&folder, "scan.pdf", &pdf(&[]))), [error]);
    let found = read_bytes(&folder, "cut.pdf", &bytes[..bytes.len() / 3]);
    assert!(found[0].told.starts_with("error: cut.pdf: is no PDF that can be read: "));
}

#[test]
fn a_pdf_that_unpacks_without_end_is_refused() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..260 {
        packed.write_all(&zeros).expect("it can be packed");
    }
    let packed = packed.finish().expect("it can be packed");
    let head = b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n";
    let bytes = [&head[..], &packed, b"\nendstream\nendobj\n"].concat();
    let found = read_bytes(&directory("pdf-bomb"), "bomb.pdf", &bytes);
    assert!(found[0].told.starts_with("error: bomb.pdf: unpacks to more than 200 times its size"));
}
