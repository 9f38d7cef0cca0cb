//! sha256, by the runtime's own call.

/// sha256 of the parts, concatenated.
#[inline]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    solana_sha256_hasher::hashv(parts).to_bytes()
}
