//! Asking to leave.

use {
    super::facts,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
        text::amount,
    },
    clap::Args,
    work_token_sdk::{
        Instruction, PositionAddresses, Pubkey,
        client::PositionState,
        ix,
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
    #[arg(long, group = "how much", value_parser = amount)]
    shares: Option<u64>,
    /// Base units that leave, at today's price
    #[arg(long, group = "how much", value_parser = amount)]
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
            session.note(&format!(
                "leaving now forfeits {} base units that cranking first would save",
                leaving.saved_by_cranking()
            ));
        }
        let (mut instructions, mut facts) = (Vec::new(), facts(&position));
        let mut ticket = leaving.ticket_number;
        if !state.position.next_ticket().1 {
            let matured = Matured::of(session, &position, &state)?;
            if matured.numbers.is_empty() {
                session.note(&format!(
                    "as many tickets are live as a position can have: this joins ticket {ticket}, and all of that can \
                     be withdrawn only from {} (unix seconds) on",
                    leaving.matures_at_ts
                ));
            } else {
                session.note(
                    "as many tickets are live as a position can have: those that have matured are withdrawn in the same \
                     transaction",
                );
                ticket = state.position.last_ticket.saturating_add(1);
                facts["withdraws"] = matured.numbers.as_slice().into();
                facts["withdrawn"] = matured.pays.into();
                instructions = matured.instructions;
            }
        }
        facts["ticket"] = ticket.into();
        facts["shares"] = leaving.shares.into();
        facts["value"] = leaving.value.into();
        facts["matures_at_ts"] = leaving.matures_at_ts.into();
        facts["forfeits"] = leaving.forfeited().into();
        instructions.push(ix::request_unbonding(&position, ticket, leaving.shares));
        session.submit(&instructions, facts)
    }
}

/// Tickets that can be withdrawn, which makes room for another one: a request that finds none joins the
/// newest ticket, and begins its time anew.
struct Matured {
    numbers: Vec<u32>,
    pays: u64,
    instructions: Vec<Instruction>,
}

impl Matured {
    /// None where the holder's token account could not be paid: then nothing that is due is put at risk.
    fn of(session: &Session, position: &PositionAddresses, state: &PositionState) -> Result<Self> {
        let network = &position.provider.network;
        let to = session.token_account(None, &position.holder, network);
        let mut matured = Self { numbers: Vec::new(), pays: 0, instructions: Vec::new() };
        if !session.takes_tokens(&to, network)? {
            return Ok(matured);
        }
        let holdings = view::holdings(&state.at());
        for (ticket, exit) in holdings.tickets.iter().zip(view::exits(&state.at())) {
            if ticket.is_mature && ticket.shares > 0 {
                matured.numbers.push(ticket.number);
                matured.pays = matured.pays.saturating_add(exit.pays);
                matured.instructions.push(ix::withdraw_unbonded(position, ticket.number, to));
            }
        }
        Ok(matured)
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
