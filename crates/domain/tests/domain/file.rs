//! Files that people send: known by their bytes, named harmlessly.

use countersign_domain::file::FileKind;
use proptest::prelude::*;

#[test]
fn a_file_is_what_its_bytes_say() {
    for (bytes, kind) in [
        (&b"\xff\xd8\xff\xe0\x00\x10JFIF"[..], FileKind::Jpeg),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileKind::Png),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", FileKind::Webp),
        (b"%PDF-1.7\n", FileKind::Pdf),
    ] {
        assert_eq!(FileKind::of(bytes), Some(kind));
        let head = &bytes[..FileKind::HEAD.min(bytes.len())];
        assert_eq!(FileKind::of(head), Some(kind), "the head is enough");
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
        assert_eq!(FileKind::of(bytes), None, "{bytes:?}");
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
    ] {
        assert_eq!(kind.name_of(named), name, "{named:?}");
    }
}

proptest! {
    #[test]
    fn no_name_misleads_whatever_it_was_called(named in any::<String>(), place in 0usize..4) {
        let kind = FileKind::ALL[place];
        let name = kind.name_of(&named);
        prop_assert!(name.chars().count() <= 85, "{name}");
        prop_assert!(!name.contains(['/', '\\', '"', '\r', '\n']));
        prop_assert!(!name.starts_with('.'));
        prop_assert_eq!(kind.name_of(&name), name.clone(), "naming it again changes nothing");
    }
}
