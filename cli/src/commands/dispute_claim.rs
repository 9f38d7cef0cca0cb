//! Taking what a dispute owes.

use {
    super::dispute::Case,
    crate::{
        chain::Session,
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
    /// Token account of yours that receives [default: your usual one]
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
        let (case, owner) = (session.case(&self.dispute)?, session.authority()?);
        let to = session.token_account(self.to, &owner, &case.at.network);
        let mut claims = Claims::default();
        credits(&case, owner, to, &mut claims);
        for side in [Side::Challenger, Side::Provider] {
            let share: Option<AppealShare> = session.client().find(&case.at.appeal_share(&owner, side))?;
            if let Some(amount) = share.and_then(|share| { case.dispute }.take_appeals(&share).ok()) {
                claims.add(ix::claim_appeal(&case.at, owner, side, to), amount);
            }
        }
        let provider = &case.provider;
        if provider.counter_bond > 0 && provider.counter_bonder == owner && provider.open_disputes == 0 {
            let claim = ix::claim_counter_bond(&case.at.network, case.at.provider, owner, to);
            claims.add(claim, provider.counter_bond);
        }
        if claims.instructions.is_empty() {
            return Err(Failure::Failed(format!("the dispute owes {owner} nothing now")));
        }
        let mut facts = case.facts();
        facts["amount"] = claims.amount.into();
        session.submit(&claims.instructions, facts)
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
        claims.add(ix::claim_dispute_credit(&case.at, owner, creditor, to), amount);
    }
}
