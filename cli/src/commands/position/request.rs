//! Asking to leave.

use {
    super::facts,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::Args,
    work_token_sdk::{
        Pubkey, ix,
        state::VaultKind,
        view::{self, PositionAt},
    },
};

/// `work-token delegate request`
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("how much").required(true)))]
pub struct Request {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    /// Shares that leave
    #[arg(long, group = "how much")]
    shares: Option<u64>,
    /// Base units that leave, at today's price
    #[arg(long, group = "how much")]
    amount: Option<u64>,
    /// Everything leaves
    #[arg(long, group = "how much")]
    all: bool,
}

impl Request {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let position = session.position(&self.provider)?;
        let state = session.client().position_state(&position)?;
        let shares = match (self.shares, self.amount) {
            (Some(shares), _) => Some(shares),
            (_, Some(amount)) => Some(shares_worth(&state.at(), amount)?),
            _ => None,
        };
        let epochs = session.client().epochs(&position.provider.network.network)?;
        let network = &position.provider.network;
        let providers = session.client().providers(&network.network)?;
        let providers: Vec<_> = providers.into_iter().map(|(_, provider)| provider).collect();
        let field = view::Field {
            providers: &providers,
            supply: session.client().supply(&network.mint)?,
            reserve: session.client().token_balance(&network.vault(VaultKind::Reserve))?,
        };
        let leaving = view::leave(&state.at(), shares, &epochs, &field);
        if leaving.saved_by_cranking() > 0 {
            eprintln!(
                "note: leaving now forfeits {} base units that cranking first would save",
                leaving.saved_by_cranking()
            );
        }
        let mut facts = facts(&position);
        facts["ticket"] = leaving.ticket_number.into();
        facts["shares"] = leaving.shares.into();
        facts["value"] = leaving.value.into();
        facts["matures_at_ts"] = leaving.matures_at_ts.into();
        facts["forfeits"] = leaving.forfeited().into();
        session.submit(&[ix::request_unbonding(&position, leaving.ticket_number, leaving.shares)], facts)
    }
}

/// The fewest shares that are worth at least `amount`, found by bisection: the pool alone knows how it
/// rounds.
fn shares_worth(at: &PositionAt, amount: u64) -> Result<u64> {
    let worth = |shares: u64| view::leave(at, Some(shares), &[], &view::Field::default()).value;
    let all = view::holdings(at);
    if all.value < amount {
        return Err(Failure::Failed(format!("the position is worth {} base units, less than {amount}", all.value)));
    }
    let (mut too_few, mut enough) = (0, all.shares);
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if worth(middle) >= amount {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Ok(enough)
}
