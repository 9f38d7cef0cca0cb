//! Networks, their authorities, parameters, pauses and treasury.

use crate::Address;

events! { governance:
    /// A network was created.
    NetworkCreated {
        /// The network.
        network: Address,
        /// Its work token.
        mint: Address,
        /// Who created it.
        creator: Address,
        /// 0 Mint, 1 Reserve.
        emission_mode: u8,
        /// See `network_flags`.
        flags: u8,
    }
    /// The treasury paid.
    TreasuryPaid {
        /// The network.
        network: Address,
        /// The token account.
        to: Address,
        /// Base units.
        amount: u64,
    }
    /// The entrances were paused.
    EntrancesPaused {
        /// The network.
        network: Address,
        /// Until then. Unix seconds.
        until_ts: i64,
    }
    /// The entrances were opened again.
    EntrancesUnpaused {
        /// The network.
        network: Address,
    }
    /// An authority was proposed.
    AuthorityProposed {
        /// The network.
        network: Address,
        /// 0 admin, 1 guardian, 2 arbiter.
        role: u8,
        /// Who was proposed; zero when a proposal was withdrawn.
        proposed: Address,
    }
    /// An authority was handed over.
    AuthorityAccepted {
        /// The network.
        network: Address,
        /// 0 admin, 1 guardian, 2 arbiter.
        role: u8,
        /// Who holds it now.
        authority: Address,
    }
    /// A change of parameters was proposed.
    ParamsProposed {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
        /// 0 cosmetic, 1 economic, 2 safety.
        class: u8,
        /// It may be executed from then on. Unix seconds.
        executable_from_ts: i64,
    }
    /// A change of parameters is in force.
    ParamsExecuted {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
        /// The parameter version now.
        params_version: u32,
    }
    /// A change of parameters was withdrawn.
    ParamsCancelled {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
    }
}
