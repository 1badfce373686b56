//! What is broken in a container is told and kept, and what stands beside it is read.

use super::*;

/// A feed of items; each is a title and what stands behind it, on a line of its own.
fn feed(items: &[&str]) -> String {
    let item = |(number, item): (usize, &&str)| {
        format!("<item><guid>g{number}</guid><title>T{number}</title>{item}\n")
    };
    let items: String = items.iter().enumerate().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>A</title>\n{items}</channel></rss>")
}

#[test]
fn a_broken_item_of_a_feed_takes_no_other_with_it() {
    let whole = "<description>text</description></item>";
    let (first, last) = ("g0|T0||A||text", "g2|T2||A||text");
    let folder = directory("feed-broken");
    for (broken, error) in [
        (
            "<description><b>text</description></item>",
            "is no item of a feed that can be read: ill-formed",
        ),
        ("<description>text</description>", "is no item of a feed that can be read: ill-formed"),
        (
            "<description><![CDATA[text</description></item>",
            "is no item of a feed that can be read: ",
        ),
        ("<description>text</item>", "is no item of a feed that can be read: ill-formed"),
    ] {
        let found = read_bytes(&folder, "a.rss", feed(&[whole, broken, whole]).as_bytes());
        let told = told(&found);
        assert_eq!((told.len(), told[0], told[2]), (3, first, last), "{broken}: {told:?}");
        assert!(told[1].starts_with("error: a.rss:"), "{told:?}");
        assert!(told[1].contains(error), "{told:?}");
        assert!(found[1].original.starts_with(b"<item><guid>g1</guid>"), "{broken}");
        assert_eq!(found[1].location, "a.rss#2");
    }
    let text = feed(&[whole, whole, whole]);
    let third = text.find("<item><guid>g2").expect("it is there");
    let broken_off = "the feed breaks off in the middle of a record";
    for (end, line) in [
        (text.len() - 10, 5),
        (text.len() - 6, 5),
        (text.len() - 30, 4),
        (third + 20, 4),
        (third, 4),
    ] {
        let found = read_bytes(&folder, "a.rss", &text.as_bytes()[..end]);
        assert_eq!(told(&found)[..2], [first, "g1|T1||A||text"]);
        let error = format!("error: a.rss:{line}: {broken_off}");
        assert_eq!(told(&found).last().copied(), Some(error.as_str()), "{end}");
        assert_eq!(found.len(), 3 + usize::from(line == 5), "{end}: {:?}", told(&found));
    }
}

#[test]
fn a_broken_row_takes_no_other_with_it() {
    let folder = directory("csv-broken");
    let rows = |broken: &str| {
        let head = "id;title;text;published\n1;One;\"First\ntext\";2017-10-18\n";
        format!(
            "{head}{broken}3;Three;\"Third \"\"text\"\"\";2017-10-18\n4;Four;Fourth;2017-10-18\n"
        )
    };
    for (broken, told_lines) in [
        ("2;Two;\"Second text;2017-10-18\n", 1),
        ("2;\"Two;\"Second text\";2017-10-18\n", 0),
        ("2;Two;\"Second;2017-10-18\n5;Five;\"Fifth;2017-10-18\n", 2),
    ] {
        let found = read_bytes(&folder, "posts.csv", rows(broken).as_bytes());
        let told = told(&found);
        let errors = told.iter().filter(|told| told.starts_with("error: ")).count();
        assert_eq!(errors, told_lines, "{broken}: {told:?}");
        assert_eq!(told[0], "1|One|2017-10-18|||First\ntext");
        let last = ["3|Three|2017-10-18|||Third \"text\"", "4|Four|2017-10-18|||Fourth"];
        assert_eq!(told[told.len() - 2..], last, "{broken}");
        if errors > 0 {
            let error = "error: posts.csv:4: is no row that can be read: a quotation mark in it has no other";
            assert_eq!(told[1], error);
            assert_eq!(found[1].original, broken.lines().next().unwrap_or_default().as_bytes());
        }
    }
    let long = format!("text\nOne\n{}\nThree\n", "x".repeat(65 << 20));
    let found = read_bytes(&folder, "long.csv", long.as_bytes());
    let error = "is larger than the 64 MB that one document may have";
    assert_eq!(told(&found)[1], format!("error: long.csv:3: {error}"));
    assert!(told(&found)[2].ends_with("|Three") && found.len() == 3, "{}", found.len());
    let cut = "text\nOne\n\"Two\nThree\n";
    let found = read_bytes(&folder, "cut.csv", cut.as_bytes());
    assert_eq!(told(&found).len(), 3, "{:?}", told(&found));
    assert!(told(&found)[1].starts_with("error: cut.csv:3: "), "{:?}", told(&found));
    assert!(told(&found)[2].ends_with("|Three"), "{:?}", told(&found));
}

#[test]
fn a_broken_message_takes_no_other_with_it() {
    let folder = directory("telegram-broken");
    let export = "{\n \"name\": \"Channel\",\n \"id\": 7,\n \"messages\": [\n\
        {\"id\": 2, \"type\": \"message\", \"date\": \"2017-10-18T09:30:00\", \"text\": \"One\"},\n\
        {\"id\": 3, \"type\": \"message\", \"photo\": \"p.jpg\", \"text\": \"Two\"},\n\
        {\"id\": 4, \"type\": \"message\", \"text\": \"Three\"}\n ]\n}";
    let broken = export.replace("\"photo\": \"p.jpg\"", "\"photo\": \"p.jpg");
    let odd = export.replace("\"id\": 3", "\"id\": \"three\"");
    for (export, error) in [(broken, "expected `,`"), (odd, "invalid type: string")] {
        let whole = format!("{{\"chats\": {{\"list\": [{export}, {export}]}}}}");
        let found = read_bytes(&folder, "result.json", whole.as_bytes());
        let told = told(&found);
        assert_eq!(told.len(), 6, "{told:?}");
        assert!(told[1].starts_with("error: result.json:6: is no message that can be read: "));
        assert!(told[1].contains(error), "{told:?}");
        for (at, id) in [(0, "7/2"), (2, "7/4"), (3, "7/2"), (5, "7/4")] {
            assert!(told[at].starts_with(&format!("result.json#{id}|")), "{told:?}");
        }
    }
}

#[test]
fn a_warc_that_breaks_off_gives_what_stands_before() {
    let folder = directory("warc-cut");
    for pack in [false, true] {
        let bytes = warc("WARC/1.1", pack);
        let name = if pack { "cut.warc.gz" } else { "cut.warc" };
        let found = read_bytes(&folder, name, &bytes[..bytes.len() - 40]);
        assert_eq!(found.len(), 2, "{:?}", told(&found));
        assert!(found[0].told.starts_with("http://a.example/1|"));
        let error = format!("error: {name}#4: the WARC breaks off in the middle of a record");
        assert_eq!(found[1].told, error);
    }
}

#[test]
fn a_broken_record_takes_no_other_with_it() {
    let folder = directory("warc-broken");
    let page = |id| response(id, &format!("http://a.example/{id}"), PAGE.as_bytes(), false);
    let text = |id| String::from_utf8(page(id)).expect("a page is text");
    let length = text("2").split("Content-Length: ").nth(1).map(|rest| rest[..3].to_owned());
    let length = format!("Content-Length: {}", length.expect("it is told").trim());
    let plain = |change: &dyn Fn(String) -> String| {
        [page("1"), change(text("2")).into_bytes(), page("3"), page("4")].concat()
    };
    let packed = || {
        let mut broken = gzip(&page("2"));
        let middle = broken.len() / 2;
        broken[middle..middle + 40].fill(0xff);
        [gzip(&page("1")), broken, gzip(&page("3")), gzip(&page("4"))].concat()
    };
    for (name, bytes, error) in [
        ("version.warc", plain(&|text| text.replace("WARC/1.1", "W")), "a record begins with 'W'"),
        ("length.warc", plain(&|text| text.replace(&length, "")), "record 2 tells no length"),
        (
            "long.warc",
            plain(&|text| text.replace(&length, "Content-Length: 999999")),
            "record 2 is shorter than it tells",
        ),
        ("junk.warc", plain(&|_| "x".repeat(200_000) + "\r\n"), "a record begins with 'xxx"),
        ("packed.warc.gz", packed(), "is no WARC that can be read: "),
    ] {
        let found = read_bytes(&folder, name, &bytes);
        let told = told(&found);
        assert_eq!(told.len(), 4, "{name}: {told:?}");
        for (at, id) in [(0, "1"), (2, "3"), (3, "4")] {
            assert!(told[at].starts_with(&format!("http://a.example/{id}|")), "{name}: {told:?}");
        }
        assert!(told[1].starts_with(&format!("error: {name}#")), "{told:?}");
        assert!(told[1].contains(error), "{told:?}");
    }
}

#[test]
fn odd_headers_of_a_server_are_passed_over_and_broken_ones_told() {
    let folder = directory("warc-headers");
    let odd = "Content-Type : text/html\r\nX-Odd: one\r\n two\r\nno header at all\r\n";
    let found = read_bytes(&folder, "odd.warc", &answer(odd, PAGE.as_bytes()));
    assert!(told(&found)[0].contains("Five were killed"), "{:?}", told(&found));
    let whole = answer("Content-Type: text/html\r\n", PAGE.as_bytes());
    let text = String::from_utf8(whole).expect("a page is text");
    for (broken, error) in [
        (
            text.replace("HTTP/1.1 200 OK", "200 is well"),
            "is no answer of a server that can be read: ",
        ),
        (text.replace("\r\n\r\n<!doctype", "\r\n<!doctype"), "its headers do not end"),
    ] {
        // The length stays what it is told to be.
        let lost = text.len() - broken.len();
        let broken = broken.replace("</html>", &format!("</html>{}", " ".repeat(lost)));
        let found = read_bytes(&folder, "broken.warc", broken.as_bytes());
        assert_eq!(found.len(), 1, "{:?}", told(&found));
        assert!(told(&found)[0].contains(error), "{:?}", told(&found));
        assert!(!found[0].original.is_empty());
    }
}
