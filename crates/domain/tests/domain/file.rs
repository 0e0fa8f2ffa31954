//! Files that people send: known by their bytes, named harmlessly.

use countersign_domain::file::FileKind;
use proptest::prelude::*;

/// The beginning of a ZIP file whose first part has this name, and what follows it.
fn zip(first: &str, rest: &[u8]) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(30, 0);
    bytes.extend_from_slice(first.as_bytes());
    bytes.extend_from_slice(rest);
    bytes
}

#[test]
fn a_workbook_is_told_from_other_archives() {
    let workbook = zip("[Content_Types].xml", b"...xl/workbook.xml...");
    assert_eq!(FileKind::of(&workbook, ""), Some(FileKind::Xlsx));
    assert_eq!(FileKind::of_whole(&workbook, "a.zip"), Some(FileKind::Xlsx));
    let letter = zip("[Content_Types].xml", b"...word/document.xml...");
    assert_eq!(FileKind::of_whole(&letter, "a.xlsx"), None);
    let program = zip(
        "[Content_Types].xml",
        b"...xl/workbook.xml...xl/vbaProject.bin...",
    );
    assert_eq!(FileKind::of_whole(&program, "a.xlsx"), None);
    assert_eq!(FileKind::of(&zip("run.exe", b"xl/workbook.xml"), "a.xlsx"), None);
}

#[test]
fn text_is_a_csv_file_where_it_is_called_one() {
    for bytes in [
        &b"sku;quantity\r\nDR-001;2\r\n"[..],
        b"\xef\xbb\xbfa,b",
        b"\xbb\xf5\xba\xc5,1",
    ] {
        assert_eq!(FileKind::of_whole(bytes, "list.CSV"), Some(FileKind::Csv));
        assert_eq!(FileKind::of_whole(bytes, "list.txt"), None);
    }
    for bytes in [&b""[..], b"MZ\x90\x00", b"a\x1b[2J"] {
        assert_eq!(FileKind::of(bytes, "list.csv"), None);
    }
    assert_eq!(
        FileKind::of(b"%PDF-1.7\n", "list.csv"),
        Some(FileKind::Pdf),
        "bytes first"
    );
}

#[test]
fn a_file_is_what_its_bytes_say() {
    for (bytes, kind) in [
        (&b"\xff\xd8\xff\xe0\x00\x10JFIF"[..], FileKind::Jpeg),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileKind::Png),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", FileKind::Webp),
        (b"%PDF-1.7\n", FileKind::Pdf),
    ] {
        assert_eq!(FileKind::of(bytes, "a.png"), Some(kind));
        let head = &bytes[..FileKind::HEAD.min(bytes.len())];
        assert_eq!(FileKind::of(head, "a.png"), Some(kind), "the head is enough");
    }
    for bytes in [
        &b""[..],
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a",
        b"MZ\x90\x00",
        b"PK\x03\x04",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b" %PDF-1.7",
        b"\xff\xd8",
    ] {
        assert_eq!(FileKind::of(bytes, "a.png"), None, "{bytes:?}");
    }
}

#[test]
fn a_name_keeps_what_it_says_and_gets_the_ending_that_is_true() {
    for (named, kind, name) in [
        ("leaking bottle.JPEG", FileKind::Jpeg, "leaking bottle.JPEG"),
        ("送货单.pdf", FileKind::Pdf, "送货单.pdf"),
        ("invoice.exe", FileKind::Pdf, "invoice.exe.pdf"),
        ("C:\\photos\\a.png", FileKind::Png, "a.png"),
        ("../../etc/passwd", FileKind::Webp, "passwd.webp"),
        ("photo\u{202e}gnp.exe", FileKind::Png, "photognp.exe.png"),
        ("a\r\nb\".jpg", FileKind::Jpeg, "ab.jpg"),
        ("", FileKind::Jpeg, "file.jpg"),
        ("...", FileKind::Pdf, "file.pdf"),
        (".pdf", FileKind::Pdf, "file.pdf"),
        ("order.xls", FileKind::Xlsx, "order.xls.xlsx"),
    ] {
        assert_eq!(kind.name_of(named), name, "{named:?}");
    }
}

proptest! {
    #[test]
    fn no_name_misleads_whatever_it_was_called(named in any::<String>(), place in 0usize..6) {
        let kind = FileKind::ALL[place];
        let name = kind.name_of(&named);
        prop_assert!(name.chars().count() <= 85, "{name}");
        prop_assert!(!name.contains(['/', '\\', '"', '\r', '\n']));
        prop_assert!(!name.starts_with('.'));
        prop_assert_eq!(kind.name_of(&name), name.clone(), "naming it again changes nothing");
    }
}
