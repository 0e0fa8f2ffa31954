//! How much a zip file says it holds, before anything of it is unpacked.

/// Signature of an entry of the directory at the end.
const ENTRY: &[u8] = b"PK\x01\x02";
/// Signature of the end of that directory.
const END: &[u8] = b"PK\x05\x06";

/// Bytes of all files in it together, by its own account; `None` where it has no directory that can be read.
pub(super) fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let end = bytes.windows(END.len()).rposition(|window| window == END)?;
    let entries = u16::from_le_bytes(array(bytes, end.checked_add(10)?)?);
    let mut at = usize::try_from(u32::from_le_bytes(array(bytes, end.checked_add(16)?)?)).ok()?;
    let mut size = 0_u64;
    for _ in 0..entries {
        if bytes.get(at..)?.get(..ENTRY.len())? != ENTRY {
            return None;
        }
        let field = |offset: usize| {
            let bytes = array(bytes, at.checked_add(offset)?)?;
            Some(usize::from(u16::from_le_bytes(bytes)))
        };
        let own = u32::from_le_bytes(array(bytes, at.checked_add(24)?)?);
        size = size.checked_add(u64::from(own))?;
        let variable = field(28)?.checked_add(field(30)?)?.checked_add(field(32)?)?;
        at = at.checked_add(46)?.checked_add(variable)?;
    }
    Some(size)
}

fn array<const LENGTH: usize>(bytes: &[u8], at: usize) -> Option<[u8; LENGTH]> {
    bytes.get(at..)?.get(..LENGTH)?.try_into().ok()
}
