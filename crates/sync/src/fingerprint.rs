//! The fingerprint of what is sent: both sides compute it from the bytes (protocol.md, Submitting an order exactly once).

use sha2::{Digest, Sha256};

/// SHA-256 of `body`, in lower-case hex.
pub fn fingerprint(body: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(body.as_bytes());
    digest
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    /// FIPS 180-2, appendix B.1.
    #[test]
    fn a_fingerprint_is_sha_256_in_hex() {
        assert_eq!(
            fingerprint("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
