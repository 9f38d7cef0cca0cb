//! Whether whoever pays can pay: said before anything is sent.

use {
    super::{DisputeWork, Snapshot, Step, Work},
    crate::{chain::Session, failure::Result},
    std::collections::BTreeMap,
    work_token_sdk::{
        Instruction, Pubkey,
        state::{Ballot, EpochPool, ScoreShard},
        transactions::{LAMPORTS_PER_SIGNATURE, PriorityFee, UnitPrice},
    },
};

/// The most compute units of a step without a budget of its own: what a priority fee is at most paid for.
const UNITS: u64 = 200_000;
/// Millionths of a lamport in a lamport.
const MICRO: u64 = 1_000_000;
/// Bytes that rent is paid for beside an account's data.
const OVERHEAD: u64 = 128;

/// What is left in the wallets that pay for steps.
pub struct Wallets {
    left: BTreeMap<Pubkey, u64>,
    payer: Pubkey,
    keeper: Pubkey,
    rent_per_byte: u64,
    fee: PriorityFee,
}

impl Wallets {
    /// As a snapshot shows them; nothing is paid where nothing is sent.
    pub fn new(session: &Session, snapshot: &Snapshot, keeper: Pubkey) -> Result<Self> {
        Ok(Self {
            left: snapshot.wallets.clone(),
            payer: session.payer_address()?,
            keeper,
            rent_per_byte: snapshot.rent_per_byte,
            fee: session.options.priority_fee(),
        })
    }

    /// Sets aside what a step costs: its fee, and the rent of the account that it makes. A wallet keeps what
    /// its own account needs. Says who lacks how much.
    pub fn pay(&mut self, step: &Step, instruction: &Instruction) -> Result<(), String> {
        let signs = |key: &Pubkey| instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == *key);
        let signatures = 1 + u64::from(self.payer != self.keeper && signs(&self.keeper));
        let priority = match self.fee.price {
            UnitPrice::Fixed(price) => (UNITS.saturating_mul(price) / MICRO).min(self.fee.max_lamports),
            UnitPrice::Auto => self.fee.max_lamports,
        };
        let fee = signatures.saturating_mul(LAMPORTS_PER_SIGNATURE).saturating_add(priority);
        let rent = creates(&step.work).map_or(0, |bytes| self.rent(bytes));
        self.require(self.payer, fee)?;
        self.require(self.keeper, if self.payer == self.keeper { fee.saturating_add(rent) } else { rent })?;
        for (key, cost) in [(self.payer, fee), (self.keeper, rent)] {
            if let Some(left) = self.left.get_mut(&key) {
                *left = left.saturating_sub(cost);
            }
        }
        Ok(())
    }

    fn require(&self, key: Pubkey, cost: u64) -> Result<(), String> {
        let Some(left) = self.left.get(&key).filter(|_| cost > 0) else { return Ok(()) };
        let least = cost.saturating_add(self.rent(0));
        if *left >= least {
            return Ok(());
        }
        Err(format!("{key} has {left} lamports left and needs {least}: send it SOL"))
    }

    fn rent(&self, bytes: usize) -> u64 {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        bytes.saturating_add(OVERHEAD).saturating_mul(self.rent_per_byte)
    }
}

/// How large an account a step makes at the keeper's cost, which returns when that is closed.
fn creates(work: &Work) -> Option<usize> {
    match work {
        Work::Open => Some(EpochPool::SIZE),
        Work::DrawAttesters(_) => Some(ScoreShard::SIZE),
        Work::Dispute(_, DisputeWork::Ballot(_)) => Some(Ballot::SIZE),
        _ => None,
    }
}
