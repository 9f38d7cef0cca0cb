//! Disputes of a network, their juries, and what waits for their end; read once.

use {
    super::{
        Snapshot,
        snapshot::{Docket, KnownClaim},
    },
    crate::{chain::usual_token_account, failure::Result},
    std::{
        collections::{BTreeMap, BTreeSet},
        mem::offset_of,
    },
    work_token_sdk::{
        Account, Client, DisputeAddresses, ID, Pubkey, Transport,
        accounts::ClaimAccount,
        addresses,
        state::{AppealShare, Assignment, Ballot, Claim, Dispute, DisputeOpening, Fault, Juror, Unbonding},
        transport::{Filter, RawAccount},
        view::DisputeAt,
    },
};

impl Docket {
    /// Reads it.
    pub fn read(chain: &dyn Transport, snapshot: &Snapshot) -> Result<Self> {
        let (client, network) = (Client::new(chain), snapshot.addresses.network);
        let is_here = |provider: &Pubkey| snapshot.provider(provider).is_some();
        let openings = client.list::<DisputeOpening>(&[(offset_of!(DisputeOpening, network), network)])?;
        let mut docket = Self {
            openings: openings.into_iter().collect(),
            disputes: client.list::<Dispute>(&[(offset_of!(Dispute, network), network)])?,
            faults: client.list::<Fault>(&[])?.into_iter().filter(|(_, fault)| is_here(&fault.provider)).collect(),
            claims: claims(chain, snapshot)?,
            ..Self::default()
        };
        if snapshot.network.juror_tree != Pubkey::default() {
            docket.jurors = client.list::<Juror>(&[(offset_of!(Juror, network), network)])?.into_iter().collect();
        }
        let is_judged = docket.disputes.iter().any(|(_, dispute)| !dispute.is_decided());
        if is_judged || docket.disputes.iter().any(|(_, dispute)| dispute.ballots > 0) {
            docket.ballots = client.list::<Ballot>(&[])?;
        }
        if is_judged {
            docket.randomness = randomness(chain, snapshot)?;
        }
        if (is_judged && !docket.jurors.is_empty()) || docket.wants_tree(snapshot) {
            docket.tree = client.find_boxed(&snapshot.network.juror_tree)?;
        }
        if docket.disputes.iter().any(|(_, dispute)| dispute.is_decided() && dispute.shares > 0) {
            let shares = client.list::<AppealShare>(&[])?.into_iter();
            docket.shares = shares.filter(|(_, share)| docket.dispute(&share.dispute).is_some()).collect();
        }
        if snapshot.providers.iter().any(|(_, provider)| provider.held > 0) {
            let held = client.list::<Unbonding>(&[])?.into_iter();
            docket.tickets = held.filter(|(_, ticket)| ticket.is_held() && snapshot.holder(ticket).is_some()).collect();
        }
        docket.paid_to = docket.usual_accounts(&client, snapshot)?;
        Ok(docket)
    }

    /// Looks for the usual token accounts of everybody who is owed something.
    fn usual_accounts(&self, client: &Client, snapshot: &Snapshot) -> Result<BTreeMap<Pubkey, Pubkey>> {
        let mut owners: BTreeSet<Pubkey> = self.openings.values().map(|opening| opening.challenger).collect();
        owners.extend(self.shares.values().map(|share| share.owner));
        owners.extend(self.tickets.values().filter_map(|ticket| snapshot.holder(ticket)));
        for (_, dispute) in &self.disputes {
            let parties = dispute.parties.iter().filter(|party| party.severity != 0).map(|party| party.owner);
            owners.extend(parties.chain([dispute.client]));
        }
        let usual = |owner: &Pubkey| usual_token_account(owner, &snapshot.addresses);
        let accounts: Vec<Pubkey> = owners.iter().map(usual).collect();
        let found = client.transport().accounts(&accounts)?;
        let exists = owners.into_iter().zip(accounts).zip(found).filter(|(_, found)| found.is_some());
        Ok(exists.map(|(owner_and_account, _)| owner_and_account).collect())
    }

    /// Whether a juror waits for a leaf.
    fn wants_tree(&self, snapshot: &Snapshot) -> bool {
        let is_new = |juror: &Juror| juror.entered == 0 && snapshot.ripe(juror).ripe() > 0;
        self.jurors.values().any(is_new)
    }

    /// A dispute.
    pub fn dispute(&self, key: &Pubkey) -> Option<&Dispute> {
        self.disputes.iter().find(|(known, _)| known == key).map(|(_, dispute)| dispute)
    }

    /// A ballot of a jury.
    pub fn ballot(&self, key: &Pubkey) -> Option<&Ballot> {
        self.ballots.iter().find(|(known, _)| known == key).map(|(_, ballot)| ballot)
    }

    /// The claim of a provider with a number.
    pub fn claim(&self, provider: &Pubkey, number: u32) -> Option<&ClaimAccount> {
        self.claims.get(&addresses::claim(provider, number)).map(|entry| &entry.claim)
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

    /// Who holds the position of a ticket.
    pub fn holder(&self, ticket: &Unbonding) -> Option<Pubkey> {
        self.position(&ticket.delegation).map(|position| position.delegator)
    }

    fn assignment(&self, key: &Pubkey) -> Option<&Assignment> {
        let mut seats = self.work.jobs.iter().flat_map(|entry| &entry.seats);
        seats.find(|(known, _)| known == key).map(|(_, assignment)| assignment)
    }
}

/// Claims on the network's providers, and those whose provider has closed: nobody knows any more of which
/// network.
fn claims(chain: &dyn Transport, snapshot: &Snapshot) -> Result<BTreeMap<Pubkey, KnownClaim>> {
    let filter = Filter { size: None, bytes: vec![(0, Claim::DISCRIMINATOR.to_vec())] };
    let mut all = Vec::new();
    for (key, account) in chain.program_accounts(&ID, &filter)? {
        all.push((key, ClaimAccount::decode(&account.data)?));
    }
    let is_here = |provider: &Pubkey| snapshot.provider(provider).is_some();
    let absent: BTreeSet<Pubkey> =
        all.iter().map(|(_, claim)| claim.claim.provider).filter(|provider| !is_here(provider)).collect();
    let absent: Vec<Pubkey> = absent.into_iter().collect();
    let found = chain.accounts(&absent)?;
    let is_closed = |account: &Option<RawAccount>| account.as_ref().is_none_or(|account| account.owner != ID);
    let closed: BTreeSet<Pubkey> =
        absent.into_iter().zip(found).filter(|(_, account)| is_closed(account)).map(|(key, _)| key).collect();
    let entry = |(key, claim): (Pubkey, ClaimAccount)| {
        let provider = claim.claim.provider;
        let is_known = is_here(&provider) || closed.contains(&provider);
        let is_orphan = is_known && claim.claim.is_orphan(snapshot.provider(&provider));
        is_known.then_some((key, KnownClaim { claim, is_orphan }))
    };
    Ok(all.into_iter().filter_map(entry).collect())
}

/// The network's account of randomness.
fn randomness(chain: &dyn Transport, snapshot: &Snapshot) -> Result<Option<(Pubkey, Vec<u8>)>> {
    let Some(key) = snapshot.randomness() else { return Ok(None) };
    Ok(chain.account(&key)?.map(|account| (account.owner, account.data)))
}
