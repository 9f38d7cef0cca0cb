//! Moving stake to another provider: a request now, and once it has matured a withdrawal and a deposit in one
//! transaction. Between the two a file says which ticket it is.

use {
    super::{
        facts,
        request::{Asked, HowMuch},
    },
    crate::{
        chain::{Session, Store},
        failure::{Failure, Result},
        foreseen::refused,
        reply::Reply,
    },
    clap::Args,
    serde::{Deserialize, Serialize},
    work_token_sdk::{
        PositionAddresses, Pubkey, ix,
        state::Unbonding,
        view::{self, MoveStep},
    },
};

/// What the names of its files begin with.
const PREFIX: &str = "move-";

/// `work-token delegate move`
#[derive(Args, Debug)]
pub struct Move {
    /// The provider that the stake leaves
    #[arg(long)]
    from: Pubkey,
    /// The provider that it goes to
    #[arg(long)]
    to: Pubkey,
    #[command(flatten)]
    part: HowMuch,
    /// Go on with this ticket, which has asked to leave already
    #[arg(long, group = "how much")]
    ticket: Option<u32>,
    /// Refuse to receive fewer shares
    #[arg(long, default_value_t = 0)]
    min_shares: u64,
    /// Refuse to join a pool from which open disputes claim more base units
    #[arg(long, default_value_t = 0)]
    max_open_claims: u64,
}

/// A move under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Plan {
    genesis_hash: String,
    position: String,
    to: String,
    ticket: u32,
    shares: u64,
}

impl Move {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let from = session.position(&self.from)?;
        let to = session.provider(&self.to)?.position(from.holder);
        if to.provider.provider == from.provider.provider {
            return Err(Failure::Usage("the stake is there already: --from and --to are the same provider".into()));
        }
        if to.provider.network.network != from.provider.network.network {
            return Err(Failure::Failed(format!("{} belongs to another network", self.to)));
        }
        session.require_no_unknown_step()?;
        let under_way = UnderWay::find(session, &from, &to)?;
        match (self.ticket, &under_way.plan) {
            (Some(ticket), _) => self.go_on(session, (&from, &to), ticket, &under_way),
            (None, Some(plan)) if session.client().position(&from.delegation)?.last_ticket >= plan.ticket => {
                self.go_on(session, (&from, &to), plan.ticket, &under_way)
            }
            // The request that was to open the ticket never landed.
            _ => self.ask(session, &from, &under_way),
        }
    }

    /// The request. The plan is on the disk before it is sent.
    fn ask(&self, session: &Session, from: &PositionAddresses, under_way: &UnderWay) -> Result<Reply> {
        let asked = Asked::of(session, from, &self.part, true)?;
        if asked.joins {
            return Err(Failure::Failed(format!(
                "as many tickets are live as a position can have, and none has matured: the request would join ticket \
                 {}, which holds other shares",
                asked.ticket
            )));
        }
        if !session.only_shows() {
            under_way.keep(asked.ticket, asked.shares)?;
        }
        let mut facts = asked.facts;
        facts["state"] = "asked".into();
        let sent = session.submit_step(&asked.instructions, facts);
        // What certainly did not land opened no ticket.
        if matches!(sent, Err(Failure::Failed(_) | Failure::TryAgain(_) | Failure::Usage(_))) {
            under_way.forget()?;
        }
        let mut reply = sent?;
        if !session.only_shows() {
            reply.unfinished = Some(waits(asked.matures_at_ts));
        }
        Ok(reply)
    }

    /// What is next of a ticket that has asked.
    fn go_on(
        &self,
        session: &Session,
        (from, to): (&PositionAddresses, &PositionAddresses),
        number: u32,
        under_way: &UnderWay,
    ) -> Result<Reply> {
        let state = session.client().position_state(from)?;
        let ticket: Option<&Unbonding> = state.tickets.iter().find(|ticket| ticket.number == number);
        let mut facts = facts(from);
        facts["to"] = to.provider.provider.to_string().into();
        facts["ticket"] = number.into();
        match view::move_step(&state.at(), ticket) {
            MoveStep::Over { held } => {
                under_way.forget()?;
                facts["state"] = "over".into();
                facts["held"] = held.into();
                session.note(&format!("ticket {number} has been moved, withdrawn or cancelled before"));
                Ok(Reply::of(facts))
            }
            MoveStep::Wait { until_ts } => {
                facts["state"] = "waits".into();
                facts["matures_at_ts"] = until_ts.into();
                Ok(Reply { unfinished: Some(waits(until_ts)), ..Reply::of(facts) })
            }
            MoveStep::Deliver { amount, held } => {
                facts["state"] = "moved".into();
                facts["amount"] = amount.into();
                facts["held"] = held.into();
                self.require_deliverable(session, to, (amount, state.now_ts))?;
                let tokens = session.token_account(None, &from.holder, &from.provider.network);
                let input = ix::Delegate {
                    from: tokens,
                    amount,
                    min_shares_out: self.min_shares,
                    max_open_claims: self.max_open_claims,
                };
                let deliver = [ix::withdraw_unbonded(from, number, tokens), ix::delegate(to, input)];
                let reply = session.submit_step(&deliver, facts)?;
                if !session.only_shows() {
                    under_way.forget()?;
                }
                Ok(reply)
            }
        }
    }

    /// Refuses before anything is sent what the other provider would refuse: the stake stays in its ticket.
    fn require_deliverable(
        &self,
        session: &Session,
        to: &PositionAddresses,
        (amount, now_ts): (u64, i64),
    ) -> Result<()> {
        let (network, provider) = (
            session.client().network(&to.provider.network.network)?,
            session.client().provider(&to.provider.provider)?,
        );
        provider.require_delegable(&network, &to.holder, (amount, self.max_open_claims), now_ts).map_err(refused)
    }
}

fn waits(until_ts: i64) -> Failure {
    Failure::TryAgain(format!("the stake can be moved from {until_ts} (unix seconds) on: run the same command then"))
}

/// The plan of a move between two positions, and where it is kept.
struct UnderWay {
    store: Store,
    name: String,
    to: Pubkey,
    position: Pubkey,
    genesis_hash: String,
    plan: Option<Plan>,
}

impl UnderWay {
    fn find(session: &Session, from: &PositionAddresses, to: &PositionAddresses) -> Result<Self> {
        let (store, genesis) = (session.store(), session.outbox.genesis_hash(session.chain)?);
        let name = format!("{PREFIX}{}-{}-{}", short(genesis), short(from.delegation), short(to.delegation));
        let plan = store.find(&name)?;
        Ok(Self {
            store,
            name,
            to: to.provider.provider,
            position: from.delegation,
            genesis_hash: genesis.to_string(),
            plan,
        })
    }

    fn keep(&self, ticket: u32, shares: u64) -> Result<()> {
        let plan = Plan {
            genesis_hash: self.genesis_hash.clone(),
            position: self.position.to_string(),
            to: self.to.to_string(),
            ticket,
            shares,
        };
        self.store.keep(&self.name, &plan)
    }

    fn forget(&self) -> Result<()> {
        self.store.forget(&self.name)
    }
}

/// Enough of an address, or a hash, to tell it from others in the name of a file.
fn short(key: impl ToString) -> String {
    key.to_string().chars().take(16).collect()
}
