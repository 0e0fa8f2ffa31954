//! Digests for file names and for subresource integrity.

use sha2::{Digest, Sha256, Sha384};

/// Sixteen hexadecimal digits that change when the content does.
pub fn short(content: &[u8]) -> String {
    sha256(content).chars().take(16).collect()
}

/// All of it, in hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The value of an `integrity` attribute.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(content)))
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, at| {
            bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0))
        });
        for position in 0..4 {
            let index = (bits >> (18 - 6 * position)) & 0x3f;
            text.push(if position > chunk.len() {
                '='
            } else {
                char::from(ALPHABET[index as usize])
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_to_four() {
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE=");
        assert_eq!(base64(b"M"), "TQ==");
        assert_eq!(base64(b""), "");
    }

    #[test]
    fn the_digest_of_nothing_is_the_known_one() {
        assert!(
            integrity(b"")
                .starts_with("sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb")
        );
        assert_eq!(short(b""), "e3b0c44298fc1c14");
    }
}
