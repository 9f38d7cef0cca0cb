//! What is committed to besides opening a dispute: raising its claim, or proving a fault.

use {
    super::{
        Which,
        commit::{Deposit, NO_SALT, Sealing, deposit_for, kept_salts},
        open::{Subject, facts},
        show,
    },
    crate::commands::job::{Seat, SeatAt},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused,
        reply::{Reply, Tell},
        text::hash,
    },
    clap::Args,
    work_token_sdk::{
        Instruction, Pubkey, Signature, WorkTokenError as E, commit::SealedOpening, ix, limits::OBJECTIVE_SEVERITY,
        view,
    },
};

/// `work-token dispute raise`
#[derive(Args, Debug)]
pub struct Raise {
    #[command(flatten)]
    which: Which,
    /// The severity, above the present one; above 1 not where a deadline was missed
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
    severity: u8,
    #[command(flatten)]
    deposit: Deposit,
}

impl Raise {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (case, challenger) = (session.case(&self.which.dispute)?, session.authority()?);
        let (quote, outcomes) = view::quote_raise(&case.at(), challenger, self.severity).map_err(refused)?;
        let refund_to = session.token_account(self.deposit.from, &challenger, &case.addresses.network);
        let mut facts = case.facts();
        facts["severity"] = self.severity.into();
        facts["bond_required"] = quote.bond.required.into();
        facts["deposit_at_most"] = quote.bond.largest.into();
        facts["answer_required"] = quote.answer_required.into();
        facts["own_claimed"] = quote.own_claimed.into();
        facts["delegated_claimed"] = quote.delegated_claimed.into();
        facts["outcomes"] = outcomes.iter().map(show::outcome).collect();
        facts["rewards_by_outcome"] = show::rewards(&outcomes).tell();
        let sealing = Sealing {
            network: &case.addresses.network,
            sealed: SealedOpening::raise(&case.addresses, challenger, self.severity, NO_SALT),
            from: refund_to,
            deposit: deposit_for(&quote.bond, self.deposit.deposit)?,
            facts,
        };
        let raise = |salt| ix::RaiseClaim { challenger, refund_to, severity: self.severity, salt };
        session.commit_and_open(sealing, |salt| Ok(vec![ix::raise_claim(&case.addresses, raise(salt))]))
    }
}

/// `work-token dispute prove`
#[derive(Args, Debug)]
pub struct Prove {
    #[command(flatten)]
    seat: Seat,
    /// A result and the operator's signature under it, `HASH:SIGNATURE`, 64 hex digits and base58; twice
    #[arg(long = "result", value_parser = signed, num_args = 1, required = true)]
    results: Vec<ix::SignedResult>,
    #[command(flatten)]
    deposit: Deposit,
}

fn signed(text: &str) -> Result<ix::SignedResult, String> {
    let (result, signature) = text.split_once(':').ok_or("HASH:SIGNATURE is expected")?;
    let signature: Signature = signature.parse().map_err(|error| format!("the signature: {error}"))?;
    Ok(ix::SignedResult { result_hash: hash(result)?, signature })
}

impl Prove {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (seat, challenger) = (self.read(session)?, session.authority()?);
        let now_ts = session.chain.now_ts()?;
        let subject = Subject::of_seat(session, &seat, now_ts)?;
        let results = self.in_order(session, &subject, challenger)?;
        let network = session.client().network(&seat.at.network().network)?;
        let ask = subject.ask(challenger, OBJECTIVE_SEVERITY, false);
        let quote = view::quote_proof(&network, &subject.provider, &subject.accused, &ask, now_ts);
        let quote = quote.map_err(refused)?;
        let from = session.token_account(self.deposit.from, &challenger, &subject.at.network);
        let [first, _] = results;
        let sealing = Sealing {
            network: &subject.at.network,
            sealed: SealedOpening::prove(&subject.at, challenger, first.result_hash),
            from,
            deposit: deposit_for(&quote.bond, self.deposit.deposit)?,
            facts: facts(&subject.at, &quote),
        };
        session.commit_and_open(sealing, |_| self.prove(session, challenger, from, &results))
    }

    fn read(&self, session: &Session) -> Result<SeatAt> {
        let seat = self.seat.read(session)?;
        if seat.assignment.accepted_work_ts == 0 {
            return Err(refused(E::NotDisputable));
        }
        Ok(seat)
    }

    /// The two results; the first is the salt of a commitment, so that one which was made comes first.
    fn in_order(&self, session: &Session, subject: &Subject, challenger: Pubkey) -> Result<[ix::SignedResult; 2]> {
        let results: [ix::SignedResult; 2] =
            self.results.as_slice().try_into().map_err(|_| Failure::Usage("--result: two of them".into()))?;
        let [first, second] = results;
        if first.result_hash == second.result_hash {
            return Err(refused(E::NotContradictory));
        }
        let sealed = SealedOpening::prove(&subject.at, challenger, second.result_hash);
        let is_kept = kept_salts(session, &sealed)?.contains(&second.result_hash);
        Ok(if is_kept { [second, first] } else { [first, second] })
    }

    fn prove(
        &self,
        session: &Session,
        challenger: Pubkey,
        refund_to: Pubkey,
        results: &[ix::SignedResult; 2],
    ) -> Result<Vec<Instruction>> {
        let seat = self.read(session)?;
        let subject = Subject::of_seat(session, &seat, session.chain.now_ts()?)?;
        let hashes = results.map(|signed| signed.result_hash);
        let prove = ix::ProveFault { challenger, job: self.seat.job, refund_to, results: hashes };
        let (slot, operator) = (seat.state.job.created_slot, seat.assignment.operator);
        let signatures = ix::signed_results(&seat.at, slot, &operator, results);
        Ok(vec![signatures, ix::prove_fault(&subject.at, &prove)])
    }
}
