//! Asking to leave.

use {
    super::facts,
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        reply::{Reply, Value},
        text::amount,
    },
    clap::Args,
    work_token_sdk::{
        Instruction, PositionAddresses, Pubkey,
        client::PositionState,
        ix,
        state::{PoolKind, VaultKind},
        transactions::{Part, pack},
        view::{self, Leaving, PositionAt, SettledFirst},
    },
};

/// The most compute units that an instruction of an exit uses.
const EXIT_UNITS: u32 = 50_000;

/// `work-token delegate request`
#[derive(Args, Debug)]
pub struct Request {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    #[command(flatten)]
    part: HowMuch,
    /// Ask alone, without settling first what can be settled
    #[arg(long)]
    without_settling: bool,
}

/// How much of a position.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("how much").required(true)))]
pub struct HowMuch {
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

impl HowMuch {
    /// As shares; `None` for all of them.
    fn shares(&self, at: &PositionAt) -> Result<Option<u64>> {
        Ok(match (self.shares, self.amount) {
            (Some(shares), _) => Some(shares),
            (_, Some(amount)) => Some(shares_worth(at, amount)?),
            _ => None,
        })
    }
}

impl Request {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let position = session.position(&self.provider)?;
        let asked = Asked::of(session, &position, &self.part, !self.without_settling)?;
        if fits(session, &[], &asked.instructions)? {
            return session.submit(&asked.instructions, asked.facts);
        }
        // Withdrawals of many tickets, each of which stands alone.
        session.submit_parts(&each_alone(asked.instructions), asked.facts)
    }
}

/// A request to leave, with what goes before it in the same transaction.
pub struct Asked {
    /// What is sent.
    pub instructions: Vec<Instruction>,
    /// What is said of it.
    pub facts: Value,
    /// The ticket's number.
    pub ticket: u32,
    /// Whether other shares are in the ticket already.
    pub joins: bool,
    /// The shares that leave.
    pub shares: u64,
    /// When they can be withdrawn. Unix seconds.
    pub matures_at_ts: i64,
}

impl Asked {
    /// Asks for a part of a position. What can be settled is settled first, because whoever leaves gives up
    /// what is not; and where no ticket is free those that have matured are withdrawn.
    pub fn of(session: &Session, position: &PositionAddresses, part: &HowMuch, settles: bool) -> Result<Self> {
        let state = session.client().position_state(position)?;
        let shares = part.shares(&state.at())?;
        let (mut between, mut facts) = (Vec::new(), facts(position));
        let (mut ticket, is_new) = state.position.next_ticket();
        if !is_new {
            let matured = Matured::of(session, position, &state)?;
            if !matured.numbers.is_empty() {
                session.note(
                    "as many tickets are live as a position can have: those that have matured are withdrawn first",
                );
                ticket = state.position.last_ticket.saturating_add(1);
                facts["withdraws"] = matured.numbers.as_slice().into();
                facts["withdrawn"] = matured.pays.into();
                between = matured.instructions;
            }
        }
        let joins = !is_new && between.is_empty();
        let total = shares.unwrap_or_else(|| view::holdings(&state.at()).shares);
        between.push(ix::request_unbonding(position, ticket, total));
        let (leaving, first) = leaving(session, position, &state, (shares, settles), &between)?;
        if joins {
            session.note(&format!(
                "as many tickets are live as a position can have: this joins ticket {ticket}, and all of that can \
                 be withdrawn only from {} (unix seconds) on",
                leaving.matures_at_ts
            ));
        }
        let mut instructions = settling(session, position, &first.epochs)?;
        instructions.extend(between);
        facts["settles"] = first.epochs.as_slice().into();
        facts["ticket"] = ticket.into();
        facts["shares"] = leaving.shares.into();
        facts["value"] = leaving.value.into();
        facts["claimable"] = leaving.claimable.into();
        facts["matures_at_ts"] = leaving.matures_at_ts.into();
        facts["forfeits"] = leaving.forfeited().into();
        Ok(Self { instructions, facts, ticket, joins, shares: leaving.shares, matures_at_ts: leaving.matures_at_ts })
    }
}

/// What leaving does once as much is settled as fits into the transaction before `after`.
fn leaving(
    session: &Session,
    position: &PositionAddresses,
    state: &PositionState,
    (shares, settles): (Option<u64>, bool),
    after: &[Instruction],
) -> Result<(Leaving, SettledFirst)> {
    let (client, network) = (session.client(), &position.provider.network);
    let epochs = client.epochs(&network.network)?;
    let most = if settles && state.position.pool_kind() == PoolKind::Delegated { usize::MAX } else { 0 };
    let mut first = view::settle_first(&state.at(), &epochs, most);
    while !first.epochs.is_empty() && !fits(session, &settling(session, position, &first.epochs)?, after)? {
        first = view::settle_first(&state.at(), &epochs, first.epochs.len() - 1);
    }
    let providers: Vec<_> = client.providers(&network.network)?.into_iter().map(|(_, provider)| provider).collect();
    let field = view::Field {
        providers: &providers,
        supply: client.supply(&network.mint)?,
        reserve: client.token_balance(&network.vault(VaultKind::Reserve))?,
        treasury: client.token_balance(&network.vault(VaultKind::Treasury))?,
    };
    let at = PositionAt { provider: &first.provider, ..state.at() };
    let leaving = view::leave(&at, shares, &epochs, &field);
    if leaving.saved_by_cranking() > 0 {
        session.note(&format!(
            "leaving now forfeits {} base units that cranking first would save",
            leaving.saved_by_cranking()
        ));
    }
    Ok((leaving, first))
}

/// The settlements of a provider, whose bounties go to whoever leaves.
fn settling(session: &Session, position: &PositionAddresses, epochs: &[u32]) -> Result<Vec<Instruction>> {
    if epochs.is_empty() {
        return Ok(Vec::new());
    }
    let (network, holder) = (&position.provider.network, position.holder);
    let usual = session.token_account(None, &holder, network);
    let account = session.takes_tokens(&usual, network)?.then_some(usual);
    let keeper = ix::Keeper { keeper: holder, account };
    let settle = |epoch: &u32| ix::settle_providers(network, *epoch, keeper, &[position.provider.provider]);
    Ok(epochs.iter().map(settle).collect())
}

/// Whether instructions fit one transaction.
fn fits(session: &Session, before: &[Instruction], after: &[Instruction]) -> Result<bool> {
    let instructions = [before, after].concat();
    let units = EXIT_UNITS.saturating_mul(u32::try_from(instructions.len()).unwrap_or(u32::MAX));
    Ok(pack(&[Part { instructions, units }], &session.payer_address()?, session.tables).is_ok())
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
