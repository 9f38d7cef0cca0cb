//! Networks, their authorities, parameters, pauses, lost time and payments.

use crate::Address;

events! { network:
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
    /// A part of a parameter set was written.
    ParamsDrafted {
        /// The network, which need not exist yet.
        network: Address,
        /// Who writes it.
        author: Address,
        /// sha256 of the complete set.
        hash: [u8; 32],
        /// 1 once the set is complete.
        is_complete: u8,
    }
    /// A draft was closed that nobody used.
    DraftClosed {
        /// The network that it was for.
        network: Address,
        /// Who wrote it.
        author: Address,
        /// sha256 of the complete set.
        hash: [u8; 32],
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
    /// Tokens beyond a stake vault's books went to the treasury.
    SurplusSwept {
        /// The provider.
        provider: Address,
        /// Base units.
        amount: u64,
    }
    /// Rules of a class of jobs were announced.
    JobClassSet {
        /// The network.
        network: Address,
        /// The class.
        class: u8,
        /// They hold from then on. Unix seconds.
        from_ts: i64,
    }
    /// What a model's name stands for was set.
    ModelSet {
        /// The network.
        network: Address,
        /// The model.
        model: Address,
        /// Its version now.
        version: u32,
        /// Hash of that version.
        hash: [u8; 32],
        /// See `ModelStatus`.
        status: u8,
    }
    /// An outage was recorded: every open deadline moved.
    OutageRecorded {
        /// The network.
        network: Address,
        /// By so much.
        secs: u64,
        /// All recorded outages together. Seconds.
        outage_secs: i64,
    }
    /// A payment out of the insurance's or the treasury's vault was announced, or made.
    VaultPayment {
        /// The network.
        network: Address,
        /// The vault.
        vault: Address,
        /// The receiving token account.
        to: Address,
        /// How much.
        amount: u64,
        /// When it can be made; 0 when it was.
        payable_from_ts: i64,
    }
}
