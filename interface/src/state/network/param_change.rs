//! A proposed change of a network's parameters.

use crate::state::NetworkParams;
use crate::{Address, WorkTokenError as E, limits::EXECUTION_WINDOW_SECS};

account! {
    /// A whole parameter set that may replace the one in force once its delay has passed.
    pub struct ParamChange {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// See `ChangeClass`.
        pub class: u8,
        /// Unused.
        pub padding: u8,
        /// The change's number in its network.
        pub number: u32,
        /// The network.
        pub network: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// The parameter version from which the change was made; execution refuses any other
        /// (network-params-4).
        pub params_version: u32,
        /// Unused.
        pub padding_2: u32,
        /// It may be executed from then on, for 14 days. Unix seconds.
        pub executable_from_ts: i64,
        /// The whole new set.
        pub params: NetworkParams,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl ParamChange {
    /// From when on nobody can execute it any more. Unix seconds.
    pub fn expires_at_ts(&self) -> i64 {
        self.executable_from_ts.saturating_add(EXECUTION_WINDOW_SECS)
    }

    /// Refuses a change that is not due, has expired, or was made from another parameter version.
    pub fn require_executable(&self, params_version: u32, now_ts: i64) -> Result<(), E> {
        if self.params_version != params_version {
            return Err(E::StaleParameters);
        }
        if now_ts < self.executable_from_ts {
            return Err(E::ChangeNotDue);
        }
        if now_ts >= self.expires_at_ts() {
            return Err(E::ChangeExpired);
        }
        Ok(())
    }

    /// Refuses to withdraw a change for anybody but the admin before it has expired; then nobody can execute
    /// it, and its rent returns to its payer (network-params-5).
    pub fn require_cancellable(&self, signer: &Address, admin: &Address, now_ts: i64) -> Result<(), E> {
        if signer == admin || now_ts >= self.expires_at_ts() { Ok(()) } else { Err(E::NotTheAdmin) }
    }
}
