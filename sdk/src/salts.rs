//! Salts of commitments that can be found again with the signer's key alone.
//!
//! A salt is derived with HKDF-SHA-256 from the seed of the key, for one context on one chain: without the
//! seed nobody can tell it from chance, and whoever has lost what was kept of a commitment tries every
//! attempt until the hash on the chain fits. Nothing is derived from a signature: any page may ask for one.

use {
    crate::{Hash, ID, Pubkey},
    hkdf::Hkdf,
    sha2::Sha256,
};

/// How many salts a context has. A commitment that replaces another one takes another attempt, at random:
/// what the earlier one hid must not follow from what reveals the later one.
pub const ATTEMPTS: u16 = 4_096;

/// What sets these salts apart from whatever else is derived from a key.
const DOMAIN: &[u8] = b"work-token salt";

/// What a salt hides. No two uses share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SaltUse {
    /// A juror's vote.
    Vote = 0,
    /// An attester's reports.
    Reports = 1,
    /// The result of a redundant job's seat.
    Result = 2,
    /// The opening of a dispute, or the raise of a claim.
    Opening = 3,
    /// An attester's set of canaries.
    Canaries = 4,
}

/// Where a commitment stands: no two contexts share a salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaltContext {
    /// What is hidden.
    pub used_for: SaltUse,
    /// Hash of the chain's first block: addresses are equal on every cluster, and a reveal on one must not
    /// publish the salt of another.
    pub genesis_hash: Hash,
    /// The network.
    pub network: Pubkey,
    /// What the commitment is about: a dispute, a shard, a job, the subject of an opening, an attester.
    pub object: Pubkey,
    /// The jury of a vote, the epoch of reports and of conduct; else 0.
    pub round: u32,
    /// Index of the seat or the ballot; the kind of an opening; else 0.
    pub index: u8,
    /// Who commits.
    pub signer: Pubkey,
}

impl SaltContext {
    /// Every field has a fixed length, so that no two contexts are written alike.
    fn info(&self, attempt: u16) -> Vec<u8> {
        let mut info = vec![self.used_for as u8, self.index];
        info.extend_from_slice(&self.round.to_le_bytes());
        info.extend_from_slice(self.genesis_hash.as_ref());
        for key in [&ID, &self.network, &self.object, &self.signer] {
            info.extend_from_slice(key.as_ref());
        }
        info.extend_from_slice(&attempt.to_le_bytes());
        info
    }
}

/// The salts of one context, for whoever has the key.
pub struct Salts {
    key: Hkdf<Sha256>,
    context: SaltContext,
}

impl Salts {
    /// The salts of a context; `seed` is the secret half of the signer's key.
    pub fn new(seed: &[u8; 32], context: SaltContext) -> Self {
        Self { key: Hkdf::new(Some(DOMAIN), seed), context }
    }

    /// The salt of an attempt, of which [`ATTEMPTS`] are tried when it is looked for.
    pub fn of_attempt(&self, attempt: u16) -> [u8; 32] {
        let mut salt = [0; 32];
        let length = self.key.expand(&self.context.info(attempt), &mut salt);
        length.expect("HKDF-SHA-256 gives up to 8,160 bytes");
        salt
    }

    /// The first attempt whose salt fits, and that salt.
    pub fn find(&self, fits: impl Fn(&[u8; 32]) -> bool) -> Option<(u16, [u8; 32])> {
        (0..ATTEMPTS).map(|attempt| (attempt, self.of_attempt(attempt))).find(|(_, salt)| fits(salt))
    }
}

#[cfg(test)]
mod tests {
    use {super::*, sha2::Digest, std::collections::BTreeSet};

    fn context() -> SaltContext {
        let key = |byte| Pubkey::new_from_array([byte; 32]);
        SaltContext {
            used_for: SaltUse::Vote,
            genesis_hash: Hash::new_from_array([1; 32]),
            network: key(2),
            object: key(3),
            round: 1,
            index: 4,
            signer: key(5),
        }
    }

    /// RFC 5869 in its two steps, written out.
    fn by_hand(seed: &[u8; 32], info: &[u8]) -> [u8; 32] {
        let hmac = |key: &[u8], message: &[u8]| -> [u8; 32] {
            let mut block = [0u8; 64];
            block[..key.len()].copy_from_slice(key);
            let inner = Sha256::digest([block.map(|byte| byte ^ 0x36).as_slice(), message].concat());
            Sha256::digest([block.map(|byte| byte ^ 0x5c).as_slice(), &inner].concat()).into()
        };
        hmac(&hmac(DOMAIN, seed), &[info, &[1]].concat())
    }

    #[test]
    fn a_salt_is_hkdf_of_the_seed_with_use_index_round_chain_program_network_object_signer_and_attempt() {
        let mut info = vec![0, 4, 1, 0, 0, 0];
        info.extend_from_slice(&[1; 32]);
        info.extend_from_slice(ID.as_ref());
        info.extend_from_slice(&[[2; 32], [3; 32], [5; 32]].concat());
        info.extend_from_slice(&[7, 0]);
        assert_eq!(Salts::new(&[9; 32], context()).of_attempt(7), by_hand(&[9; 32], &info));
    }

    #[test]
    fn no_two_places_attempts_or_keys_share_a_salt() {
        let other = Pubkey::new_from_array([8; 32]);
        let contexts = [
            context(),
            SaltContext { used_for: SaltUse::Opening, ..context() },
            SaltContext { genesis_hash: Hash::new_from_array([8; 32]), ..context() },
            SaltContext { network: other, ..context() },
            SaltContext { object: other, ..context() },
            SaltContext { round: 2, ..context() },
            SaltContext { index: 5, ..context() },
            SaltContext { signer: other, ..context() },
        ];
        let of = |seed: [u8; 32], context, attempt| Salts::new(&seed, context).of_attempt(attempt);
        let mut salts: BTreeSet<[u8; 32]> = contexts.iter().map(|context| of([9; 32], *context, 0)).collect();
        salts.insert(of([9; 32], context(), 1));
        salts.insert(of([10; 32], context(), 0));
        assert_eq!(salts.len(), contexts.len() + 2);
    }

    #[test]
    fn whoever_has_the_key_finds_the_attempt_again_and_nobody_else() {
        let salt = Salts::new(&[9; 32], context()).of_attempt(ATTEMPTS - 1);
        let fits = |candidate: &[u8; 32]| *candidate == salt;
        assert_eq!(Salts::new(&[9; 32], context()).find(fits), Some((ATTEMPTS - 1, salt)));
        assert_eq!(Salts::new(&[10; 32], context()).find(fits), None);
    }
}
