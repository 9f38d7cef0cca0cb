//! Taking what a dispute owes.

use {
    super::Case,
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::Args,
    work_token_sdk::{
        Instruction, Pubkey, ix,
        math::dispute::Side,
        state::AppealShare,
        view::{DisputeStep, DisputeWho},
    },
};

/// `work-token dispute claim`
#[derive(Args, Debug)]
pub struct Claim {
    /// The dispute's address
    dispute: Pubkey,
    /// Somebody else who is paid: anybody may, so that the dispute can close. Not the counter-bond
    #[arg(long = "for", value_name = "PUBKEY")]
    other: Option<Pubkey>,
    /// Token account that receives [default: the usual one of whoever is paid]
    #[arg(long)]
    to: Option<Pubkey>,
}

/// Claims and what they pay. Base units.
#[derive(Default)]
struct Claims {
    instructions: Vec<Instruction>,
    amount: u64,
}

impl Claims {
    fn add(&mut self, instruction: Instruction, amount: u64) {
        self.instructions.push(instruction);
        self.amount += amount;
    }
}

impl Claim {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let case = session.case(&self.dispute)?;
        let owner = self.other.map_or_else(|| session.authority(), Ok)?;
        let to = session.token_account(self.to, &owner, &case.addresses.network);
        let mut claims = Claims::default();
        credits(&case, owner, to, &mut claims);
        if self.other.is_none() {
            counter_bond(&case, owner, to, &mut claims);
        }
        for side in Side::ALL {
            let share: Option<AppealShare> = session.client().find(&case.addresses.appeal_share(&owner, side))?;
            if let Some(amount) = share.and_then(|share| { case.dispute }.take_appeals(&share).ok()) {
                claims.add(ix::claim_appeal(&case.addresses, owner, side, to), amount);
            }
        }
        if claims.instructions.is_empty() {
            return Err(Failure::Failed(format!("the dispute owes {owner} nothing now")));
        }
        let mut facts = case.facts();
        facts["amount"] = claims.amount.into();
        session.submit_parts(&each_alone(claims.instructions), facts)
    }
}

/// Credits of a challenger in each of its places, and the client's compensation.
fn credits(case: &Case, owner: Pubkey, to: Pubkey, claims: &mut Claims) {
    for allowed in case.view().allowed {
        let DisputeStep::ClaimCredit { amount } = allowed.what else { continue };
        let creditor = match allowed.who {
            DisputeWho::Party(place) if case.dispute.parties[usize::from(place)].owner == owner => {
                ix::Creditor::Challenger(place)
            }
            DisputeWho::Client if case.dispute.client == owner => ix::Creditor::Client,
            _ => continue,
        };
        claims.add(ix::claim_dispute_credit(&case.addresses, owner, creditor, to), amount);
    }
}

/// The counter-bond, once no answered dispute holds it.
fn counter_bond(case: &Case, owner: Pubkey, to: Pubkey, claims: &mut Claims) {
    for allowed in case.view().allowed {
        if let (DisputeWho::Bonder, DisputeStep::ClaimCounterBond { amount }) = (allowed.who, allowed.what)
            && case.provider.counter.bonder == owner
        {
            let at = &case.addresses;
            claims.add(ix::claim_counter_bond(&at.network, at.provider, owner, to), amount);
        }
    }
}
