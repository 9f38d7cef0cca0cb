//! Attesters, their reports and their pay, and the scores that follow.

use crate::Address;
use alloc::vec::Vec;

entry! {
    /// One provider of a scored batch.
    pub struct ScoredProvider {
        /// The provider.
        pub provider: Address,
        /// Values of the metrics, in hundredths of a percent; the reputation of one that has none; of units
        /// their code.
        pub values_bps: [u16; 6],
        /// The metrics that have a value of their own, a bit each.
        pub valued: u8,
        /// The composite, in millionths.
        pub composite_ppm: u32,
        /// The score, in millionths.
        pub score_ppm: u32,
        /// Reputation afterwards, in millionths.
        pub reputation_ppm: u32,
        /// Tier from the next epoch on.
        pub tier: u8,
    }
}

entry! {
    /// One attester of a settled shard.
    pub struct SettledAttester {
        /// Who attests.
        pub attester: Address,
        /// Its pay.
        pub pay: u64,
        /// Its fine.
        pub fine: u64,
    }
}

events! { score:
    /// An attester locked a bond.
    AttesterRegistered {
        /// The network.
        network: Address,
        /// Who attests.
        owner: Address,
        /// Its bond.
        bond: u64,
    }
    /// An attester named the hot key that commits for it.
    ReporterSet {
        /// The network.
        network: Address,
        /// Who attests.
        owner: Address,
        /// The hot key; zero for none.
        reporter: Address,
    }
    /// An attester added to its bond; it counts from the next epoch on.
    AttesterBondAdded {
        /// The network.
        network: Address,
        /// Who attests.
        owner: Address,
        /// What it added.
        amount: u64,
        /// Its bond.
        bond: u64,
    }
    /// An attester committed to a set of canaries, or to none.
    CanariesCommitted {
        /// The network.
        network: Address,
        /// Who attests.
        owner: Address,
        /// The hash of set and salt; zero is none.
        commitment: [u8; 32],
        /// The first epoch in which it holds.
        from_epoch: u32,
    }
    /// Where no place is free, an attester aims at that of the smallest bond. It can take it over in the
    /// second half of the next epoch.
    AttesterAimed {
        /// The network.
        network: Address,
        /// Who aims.
        owner: Address,
        /// The place.
        place: u16,
        /// Who holds it.
        incumbent: Address,
        /// The bond that it aims with.
        bond: u64,
        /// The epoch in whose second half it can take the place over.
        due_epoch: u32,
    }
    /// An attester took a place of the roster; it is drawn from the next epoch on.
    AttesterPlaced {
        /// The network.
        network: Address,
        /// Who attests.
        owner: Address,
        /// The place.
        place: u16,
        /// Its bond.
        bond: u64,
    }
    /// An attester's aim fell: whoever holds the place has added enough, or the aimer has too little left.
    AttesterAimFell {
        /// The network.
        network: Address,
        /// Who aimed.
        owner: Address,
    }
    /// An attester retired, or was displaced by a larger bond.
    AttesterLeft {
        /// The network.
        network: Address,
        /// Who attested.
        owner: Address,
        /// Its bond.
        bond: u64,
        /// Who displaced it; zero where it retired.
        displaced_by: Address,
    }
    /// An attester was paid what it earned, or its bond.
    AttesterPaid {
        /// Who attests.
        owner: Address,
        /// Pay.
        pay: u64,
        /// Bond.
        bond: u64,
    }
    /// Attesters were drawn for a shard.
    AttestersDrawn {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// The shard.
        shard: u16,
        /// Who they are.
        attesters: Vec<Address>,
    }
    /// An attester was barred from reporting on a provider.
    ReportMasked {
        /// The shard.
        shard: Address,
        /// Who attests.
        attester: Address,
        /// The provider.
        provider: Address,
    }
    /// Reports were committed.
    ReportsCommitted {
        /// The shard.
        shard: Address,
        /// Who attests.
        attester: Address,
    }
    /// Reports were revealed.
    ReportsRevealed {
        /// The shard.
        shard: Address,
        /// Who attests.
        attester: Address,
    }
    /// Providers were scored for an epoch.
    ProvidersScored {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Those that were newly scored.
        providers: Vec<ScoredProvider>,
    }
    /// Attesters of a shard were paid or fined.
    AttestersSettled {
        /// The shard.
        shard: Address,
        /// Those newly settled.
        attesters: Vec<SettledAttester>,
    }
    /// A shard was closed.
    ShardClosed {
        /// The shard.
        shard: Address,
    }
}
