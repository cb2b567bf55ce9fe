//! Ciphertexts that open under two keys: which bits of them are free when both plaintexts must be UTF-8.

/// For each byte of the first plaintext its fixed bits and the mask of its free ones; nothing where a lone byte cannot be
/// UTF-8 in one text and ASCII in the other. The key streams have one length.
#[must_use]
pub fn free_bits(streams: [&[u8]; 2]) -> Option<Vec<(u8, u8)>> {
    let differs: Vec<_> = streams[0].iter().zip(streams[1]).map(|(a, b)| (a ^ b) & 0x80 != 0).collect();
    let mut free = Vec::new();
    while free.len() < differs.len() {
        let run = differs[free.len()..].iter().take_while(|differs| **differs).count();
        free.extend_from_slice(match run {
            0 => &[(0, 0x7f)],
            1 => return None,
            // U+4000 to U+7FFF, and U+0400 to U+07FF.
            3 => &[(0xe4, 0x03), (0x80, 0x3f), (0x80, 0x3f)][..],
            _ => &[(0xd0, 0x0f), (0x80, 0x3f)],
        });
    }
    Some(free)
}

/// Two byte strings of one length, xored.
#[must_use]
pub fn xored(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}
