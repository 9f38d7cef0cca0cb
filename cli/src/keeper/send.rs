//! Sending steps that need nothing of each other: a window at a time under one blockhash.

use {
    crate::{
        chain::{Session, outbox::Sent},
        failure::{Failure, Result},
    },
    solana_sdk::{signature::Keypair, signer::Signer},
    std::collections::BTreeMap,
    work_token_sdk::{
        AddressLookupTableAccount, Hash, Instruction, Pubkey, TransportError, VersionedTransaction,
        transactions::{ComputeBudget, UnitPrice, Unsigned},
        transport::Outcome,
    },
};

/// Transactions under one blockhash: the last of them is on its way long before that expires.
const WINDOW: usize = 64;

/// A step as it is sent.
pub struct Parcel {
    /// Its place in the plan.
    pub place: usize,
    /// The crank's name: those of one name need about as many compute units, and fewer with fewer accounts.
    pub name: &'static str,
    /// What is sent.
    pub instruction: Instruction,
    /// Where that looks up accounts.
    pub tables: Vec<AddressLookupTableAccount>,
}

/// What became of a step.
pub enum Fate {
    /// It is done.
    Landed(Box<Outcome>),
    /// It was refused: nothing has changed.
    Refused(String),
    /// Nobody knows: the signature, and why.
    Unknown(String, Failure),
}

/// Sends with the keys of a session.
pub struct Sender<'a> {
    session: &'a Session<'a>,
    keys: Vec<Keypair>,
}

impl<'a> Sender<'a> {
    /// For steps that these instructions are among.
    pub fn new(session: &'a Session<'a>, instructions: &[Instruction]) -> Result<Self> {
        Ok(Self { session, keys: session.keys(instructions)? })
    }

    /// Sends steps and tells of each what became of it, to the first that is not known, or that the chain
    /// could not be asked about: the rest was not sent.
    pub fn send(&self, parcels: &[Parcel], tell: &mut dyn FnMut(&Parcel, Fate)) -> Result<()> {
        for window in parcels.chunks(WINDOW) {
            self.send_window(window, tell)?;
        }
        Ok(())
    }

    fn send_window(&self, window: &[Parcel], tell: &mut dyn FnMut(&Parcel, Fate)) -> Result<()> {
        let chain = self.session.chain;
        let blockhash = chain.latest_blockhash()?;
        // Of each name that of the most accounts.
        let mut budgets: BTreeMap<&str, (usize, ComputeBudget)> = BTreeMap::new();
        let mut ready = Vec::new();
        for parcel in window {
            let accounts = parcel.instruction.accounts.len();
            if budgets.get(parcel.name).is_none_or(|(most, _)| *most < accounts) {
                match self.budget(parcel, blockhash)? {
                    Ok(budget) => drop(budgets.insert(parcel.name, (accounts, budget))),
                    Err(refusal) => {
                        tell(parcel, Fate::Refused(refusal));
                        continue;
                    }
                }
            }
            ready.push(parcel);
        }
        let sign = |parcel: &&Parcel| self.sign(&budgets[parcel.name].1, parcel, blockhash);
        let transactions = ready.iter().map(sign).collect::<Result<Vec<_>>>()?;
        let answers = chain.send_all(&transactions);
        let mut stop = (answers.len() < ready.len()).then(|| Failure::TryAgain("the chain cannot be reached".into()));
        for ((parcel, transaction), answer) in ready.into_iter().zip(&transactions).zip(answers) {
            match answer {
                Ok(outcome) => tell(parcel, Fate::Landed(Box::new(outcome))),
                Err(error @ (TransportError::Refused(_) | TransportError::Absent { .. })) => {
                    tell(parcel, Fate::Refused(Failure::from(error).to_string()));
                }
                Err(error @ TransportError::Unknown { .. }) => {
                    let signature = transaction.signatures.first().copied().unwrap_or_default();
                    self.session.outbox.tell(&signature, Sent::Unknown);
                    let failure = Failure::from(error);
                    tell(parcel, Fate::Unknown(signature.to_string(), failure.clone()));
                    stop = Some(failure);
                }
                // Certainly not landed; the chain cannot be asked about the others either.
                Err(error) if matches!(stop, Some(Failure::Unknown(_))) => drop(error),
                Err(error) => stop = Some(error.into()),
            }
        }
        stop.map_or(Ok(()), Err)
    }

    /// What the steps of a name ask for: half as much again as the first of so many accounts uses, because
    /// others derive other addresses; the refusal where it is refused. A step that this is too little for is
    /// tried again alone.
    fn budget(&self, parcel: &Parcel, blockhash: Hash) -> Result<Result<ComputeBudget, String>> {
        let (chain, fee) = (self.session.chain, self.session.options.priority_fee());
        let tried = self.sign(&ComputeBudget::to_try(fee.pays()), parcel, blockhash)?;
        let outcome = match chain.simulate(&tried) {
            Ok(outcome) => outcome,
            Err(TransportError::Refused(refusal)) => return Ok(Err(refusal.to_string())),
            Err(error) => return Err(error.into()),
        };
        let instructions = std::slice::from_ref(&parcel.instruction);
        let units = outcome.compute_units.saturating_mul(5) / 4;
        let budget = ComputeBudget::after(units, outcome.loaded_bytes, instructions, &self.payer());
        let recent = match fee.price {
            UnitPrice::Auto if fee.pays() => {
                let written = parcel.instruction.accounts.iter().filter(|meta| meta.is_writable);
                chain.recent_fees(&written.map(|meta| meta.pubkey).collect::<Vec<_>>())?
            }
            _ => Vec::new(),
        };
        Ok(Ok(if fee.pays() { budget.at(fee.price_for(budget.units, &recent)) } else { budget }))
    }

    fn payer(&self) -> Pubkey {
        self.keys.first().map(Signer::pubkey).unwrap_or_default()
    }

    fn sign(&self, budget: &ComputeBudget, parcel: &Parcel, blockhash: Hash) -> Result<VersionedTransaction> {
        let payer = self.payer();
        let all = budget.with_if_it_fits(std::slice::from_ref(&parcel.instruction), &payer, &parcel.tables);
        let unsigned = Unsigned::looking_up(&all, &payer, &parcel.tables, blockhash);
        let signers = unsigned.signers();
        let keys: Vec<&Keypair> = self.keys.iter().filter(|key| signers.contains(&key.pubkey())).collect();
        unsigned.sign(&keys).map_err(|error| Failure::Failed(format!("cannot sign: {error}")))
    }
}
