//! Cases by number: first the whole matrix, then mixtures at random.

use {
    crate::{
        fault::{FAULTS, Moment, Plan},
        flows::{FLOWS, Flow},
    },
    rand::{Rng, SeedableRng, seq::IndexedRandom},
    rand_chacha::ChaCha8Rng,
};

/// The methods that the transport asks for, and any of them.
pub const METHODS: [Option<&str>; 13] = [
    None,
    Some("getMultipleAccounts"),
    Some("getProgramAccounts"),
    Some("getLatestBlockhash"),
    Some("simulateTransaction"),
    Some("sendTransaction"),
    Some("getSignatureStatuses"),
    Some("getTransaction"),
    Some("getEpochInfo"),
    Some("getFirstAvailableBlock"),
    Some("isBlockhashValid"),
    Some("getSignaturesForAddress"),
    Some("getRecentPrioritizationFees"),
];

/// When a fault begins, and how long it lasts.
const MOMENTS: [(u32, u32); 3] = [(0, 1), (0, 45), (1, u32::MAX)];

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    pub flow: Flow,
    pub plan: Plan,
}

/// Cases of the matrix: each fault at each method and moment; flows take turns, so that with the mixtures
/// every flow meets every fault.
pub fn cases() -> u64 {
    (FAULTS.len() * METHODS.len() * MOMENTS.len() * TURNS) as u64
}

/// Flows of each cell of the matrix.
const TURNS: usize = 3;

impl Case {
    /// The case of a seed.
    pub fn of(seed: u64) -> Self {
        if seed < cases() { Self::of_matrix(seed) } else { Self::at_random(seed) }
    }

    fn of_matrix(seed: u64) -> Self {
        let mut rest = seed as usize;
        let mut next = |many: usize| {
            let index = rest % many;
            rest /= many;
            index
        };
        let (method, from, fault, turn) =
            (METHODS[next(METHODS.len())], MOMENTS[next(MOMENTS.len())], FAULTS[next(FAULTS.len())], next(TURNS));
        let flow = match method {
            Some("getProgramAccounts") => Flow::Read,
            Some("getMultipleAccounts") => [Flow::Read, Flow::Nonce, Flow::Read][turn],
            Some("getFirstAvailableBlock" | "getSignaturesForAddress") => Flow::History,
            Some("isBlockhashValid") => Flow::Signed,
            Some("getRecentPrioritizationFees") => Flow::DelegateDearly,
            Some("getLatestBlockhash") => [Flow::Delegate, Flow::DelegateDearly, Flow::Delegate][turn],
            _ => FLOWS[(seed as usize / 7 + turn) % FLOWS.len()],
        };
        let moments = vec![Moment { fault, method, from: from.0, times: from.1 }];
        Self { flow, plan: Plan { moments, landing: seed % 3, killed_at: None } }
    }

    fn at_random(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let moments = (0..random.random_range(1..4))
            .map(|_| Moment {
                fault: *FAULTS.choose(&mut random).expect("there are faults"),
                method: *METHODS.choose(&mut random).expect("there are methods"),
                from: random.random_range(0..6),
                times: *[1, 2, 5, 40, u32::MAX].choose(&mut random).expect("five lengths"),
            })
            .collect();
        let killed_at = random.random_bool(0.5).then(|| random.random_range(0..30));
        let flow = *FLOWS.choose(&mut random).expect("there are flows");
        Self { flow, plan: Plan { moments, landing: random.random_range(0..20), killed_at } }
    }
}
