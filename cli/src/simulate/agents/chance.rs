//! Everything that is left to chance, out of one seed. Each use has a stream of its own, so that one more
//! throw for one of them moves none of the others.

use {
    rand::{Rng, SeedableRng},
    rand_chacha::ChaCha8Rng,
    sha2::{Digest, Sha256},
};

/// The streams.
pub struct Chance {
    seed: u64,
    /// What the canary tasks of an epoch bring to light.
    pub truth: ChaCha8Rng,
    /// How exact measurements are, and who forgets to reveal.
    pub reports: ChaCha8Rng,
    /// Which jobs honest clients have.
    pub demand: ChaCha8Rng,
    /// Whether a drawn provider accepts, and delivers.
    pub conduct: ChaCha8Rng,
}

impl Chance {
    /// All streams of a seed.
    pub fn of(seed: u64) -> Self {
        let stream = |number: u64| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(number);
            random
        };
        Self { seed, truth: stream(1), reports: stream(2), demand: stream(3), conduct: stream(4) }
    }

    /// What stands for the hash of a slot: nobody knows it before.
    pub fn slot_hash(&self, epoch: u32, slot: u32) -> [u8; 32] {
        sha256(&[b"slot", &self.seed.to_le_bytes(), &epoch.to_le_bytes(), &slot.to_le_bytes()])
    }
}

/// `value` and at most `spread` more or less, within 0 and 10,000 bps.
pub fn around(random: &mut ChaCha8Rng, value: u16, spread: u16) -> u16 {
    let moved = i32::from(value) + random.random_range(-i32::from(spread)..=i32::from(spread));
    u16::try_from(moved.clamp(0, 10_000)).expect("at most 10,000")
}

/// Whether something that happens `times` in a thousand does.
pub fn happens(random: &mut ChaCha8Rng, times_in_1000: u16) -> bool {
    times_in_1000 > 0 && random.random_range(0..1_000) < times_in_1000
}

/// Sha256 of the parts, one after the other.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}
