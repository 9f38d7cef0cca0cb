//! Disputes of a network, their juries, and what waits for their end; read once.

use {
    super::Snapshot,
    crate::failure::Result,
    std::{collections::BTreeMap, mem::offset_of},
    work_token_sdk::{
        Client, DisputeAddresses, Pubkey, Transport, addresses,
        state::{Assignment, Ballot, Claim, Dispute, Fault, Juror, Unbonding, WorkTree},
        view::DisputeAt,
    },
};

/// A ticket that holds a claimed part back.
pub struct HeldTicket {
    /// Its address.
    pub key: Pubkey,
    /// The ticket.
    pub ticket: Unbonding,
    /// Its holder's usual token account, if it exists.
    pub to: Option<Pubkey>,
}

/// What disputes need beside the epochs. Empty in a network that never had one.
#[derive(Default)]
pub struct Docket {
    /// Disputes that are not closed.
    pub disputes: Vec<(Pubkey, Dispute)>,
    /// Faults, by address.
    pub faults: BTreeMap<Pubkey, Fault>,
    /// Claims, by address.
    pub claims: BTreeMap<Pubkey, Claim>,
    /// Seats of juries that are not settled.
    pub ballots: Vec<(Pubkey, Ballot)>,
    /// Jurors, by address.
    pub jurors: BTreeMap<Pubkey, Juror>,
    /// The tree that jurors are drawn from.
    pub tree: Option<Box<WorkTree>>,
    /// Tickets that hold something back.
    pub tickets: Vec<HeldTicket>,
    /// The present value of the account of randomness, where the network has one.
    pub randomness: Option<[u8; 32]>,
}

impl Docket {
    /// Reads it, if any provider of the network was ever disputed.
    pub fn read(chain: &dyn Transport, snapshot: &Snapshot) -> Result<Self> {
        if !snapshot.providers.iter().any(|(_, provider)| provider.claims > 0 || provider.conduct_disputes > 0) {
            return Ok(Self::default());
        }
        let (client, network) = (Client::new(chain), snapshot.addresses.network);
        let is_here = |provider: &Pubkey| snapshot.provider(provider).is_some();
        let mut docket = Self {
            disputes: client.list::<Dispute>(&[(offset_of!(Dispute, network), network)])?,
            faults: client.list::<Fault>(&[])?.into_iter().filter(|(_, fault)| is_here(&fault.provider)).collect(),
            claims: client.list::<Claim>(&[])?.into_iter().filter(|(_, claim)| is_here(&claim.provider)).collect(),
            ..Self::default()
        };
        if !docket.disputes.is_empty() {
            docket.jurors = client.list::<Juror>(&[(offset_of!(Juror, network), network)])?.into_iter().collect();
        }
        if docket.disputes.iter().any(|(_, dispute)| dispute.ballots > 0 || !dispute.is_decided()) {
            docket.ballots = client.list::<Ballot>(&[])?;
            docket.randomness = randomness(chain, snapshot)?;
            if snapshot.network.juror_tree != Pubkey::default() {
                docket.tree = client.find_boxed(&snapshot.network.juror_tree)?;
            }
        }
        if snapshot.providers.iter().any(|(_, provider)| provider.held > 0) {
            docket.tickets = held_tickets(&client, snapshot)?;
        }
        Ok(docket)
    }

    /// A dispute.
    pub fn dispute(&self, key: &Pubkey) -> Option<&Dispute> {
        self.disputes.iter().find(|(known, _)| known == key).map(|(_, dispute)| dispute)
    }

    /// A seat of a jury.
    pub fn ballot(&self, key: &Pubkey) -> Option<&Ballot> {
        self.ballots.iter().find(|(known, _)| known == key).map(|(_, ballot)| ballot)
    }

    /// The claim of a provider with a number; `None` when it has closed.
    pub fn claim(&self, provider: &Pubkey, number: u32) -> Option<&Claim> {
        self.claims.values().find(|claim| claim.provider == *provider && claim.number == number)
    }
}

impl Snapshot {
    /// A dispute's addresses.
    pub fn dispute_addresses(&self, key: &Pubkey, dispute: &Dispute) -> DisputeAddresses {
        DisputeAddresses::recorded(self.addresses, *key, dispute)
    }

    /// A dispute as its view looks at it; `None` when what it is about is not in the snapshot.
    pub fn dispute_at<'a>(&'a self, dispute: &'a Dispute) -> Option<DisputeAt<'a>> {
        Some(DisputeAt {
            network: &self.network,
            provider: self.provider(&dispute.provider)?,
            dispute,
            fault: self.docket.faults.get(&addresses::fault(&dispute.provider, dispute.offence_epoch))?,
            seat: self.assignment(&dispute.subject),
            slot: self.slot,
            now_ts: self.now_ts,
        })
    }

    fn assignment(&self, key: &Pubkey) -> Option<&Assignment> {
        let mut seats = self.work.jobs.iter().flat_map(|entry| &entry.seats);
        seats.find(|(known, _)| known == key).map(|(_, assignment)| assignment)
    }
}

fn randomness(chain: &dyn Transport, snapshot: &Snapshot) -> Result<Option<[u8; 32]>> {
    let rules = &snapshot.network.params.disputes;
    if rules.randomness == Pubkey::default() {
        return Ok(None);
    }
    let account = chain.account(&rules.randomness)?;
    let rest = account.as_ref().and_then(|account| account.data.get(usize::from(rules.randomness_offset)..));
    Ok(rest.and_then(|rest| rest.first_chunk::<32>()).copied())
}

fn held_tickets(client: &Client, snapshot: &Snapshot) -> Result<Vec<HeldTicket>> {
    let mut held = client.list::<Unbonding>(&[])?;
    let holder = |ticket: &Unbonding| snapshot.position(&ticket.delegation).map(|position| position.delegator);
    held.retain(|(_, ticket)| ticket.is_held() && holder(ticket).is_some());
    let usual = |ticket: &Unbonding| {
        holder(ticket).map(|holder| crate::chain::usual_token_account(&holder, &snapshot.addresses))
    };
    let keys: Vec<Pubkey> = held.iter().filter_map(|(_, ticket)| usual(ticket)).collect();
    let found = client.transport().accounts(&keys)?;
    let exists = |(key, account): (Pubkey, Option<_>)| account.map(|_: work_token_sdk::transport::RawAccount| key);
    let to = keys.into_iter().zip(found).map(exists);
    Ok(held.into_iter().zip(to).map(|((key, ticket), to)| HeldTicket { key, ticket, to }).collect())
}
