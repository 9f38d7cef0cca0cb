//! Disputes of a network, their juries, and what waits for their end.

use {
    super::{
        Snapshot,
        reader::Reader,
        snapshot::{Docket, KnownClaim},
        table::Table,
    },
    crate::{chain::usual_token_account, failure::Result},
    std::{
        collections::{BTreeMap, BTreeSet},
        mem::offset_of,
    },
    work_token_sdk::{
        Account, DisputeAddresses, Pubkey,
        accounts::ClaimAccount,
        addresses,
        state::{
            AppealShare, Assignment, Ballot, Claim, Delegation, Dispute, DisputeKind, DisputeOpening, Fault, Juror,
            Unbonding,
        },
        transport::RawAccount,
        view::DisputeAt,
    },
};

/// Where a ticket says how many shares it still has: none, once only a held part is left.
const TICKET_SHARES_AT: usize = 8 + offset_of!(Unbonding, shares);

/// Reads a network's docket: what open disputes need at any time, the rest when `all` is looked for.
pub struct Court<'s, 'r, 'c> {
    /// The rest of the network.
    pub snapshot: &'s mut Snapshot,
    /// Reads it.
    pub reader: &'r Reader<'c>,
    /// Whether everything is looked for.
    pub all: bool,
}

impl Court<'_, '_, '_> {
    /// Reads it into the snapshot.
    pub fn read(mut self) -> Result<()> {
        let mut docket =
            Docket { disputes: self.reader.list::<Dispute>(&[])?.into_iter().collect(), ..Docket::default() };
        self.read_subjects(&mut docket)?;
        // A commitment has its deposit in escrow.
        if self.all || self.snapshot.escrow > 0 {
            docket.openings = self.reader.list::<DisputeOpening>(&[])?.into_iter().collect();
        }
        if self.all {
            docket.claims = self.claims()?;
            docket.tickets = self.tickets()?;
        }
        self.read_juries(&mut docket)?;
        if docket.disputes.values().any(|dispute| dispute.is_decided() && dispute.shares > 0) {
            let shares = self.reader.list::<AppealShare>(&[])?;
            docket.shares_of = grouped(shares.iter().map(|(key, share)| (share.dispute, *key)));
            docket.shares = shares.into_iter().collect();
        }
        docket.paid_to = self.usual_accounts(&docket)?;
        self.snapshot.docket = docket;
        Ok(())
    }

    /// What disputes are about: providers, faults and seats.
    fn read_subjects(&mut self, docket: &mut Docket) -> Result<()> {
        let disputes = || docket.disputes.values();
        self.snapshot.find_providers(self.reader, disputes().map(|dispute| dispute.provider))?;
        docket.faults = if self.all {
            self.reader.list::<Fault>(&[])?.into_iter().collect()
        } else {
            let faults = disputes().map(|dispute| addresses::fault(&dispute.provider, dispute.offence_epoch));
            self.reader.find::<Fault>(faults.collect::<Vec<_>>())?.into_iter().collect()
        };
        let seats = disputes().filter(|dispute| dispute.kind() == DisputeKind::Job).map(|dispute| dispute.subject);
        docket.seats = self.reader.find::<Assignment>(seats.collect::<Vec<_>>())?.into_iter().collect();
        for (key, dispute) in docket.disputes.iter() {
            let fault = addresses::fault(&dispute.provider, dispute.offence_epoch);
            let missing = [("provider", dispute.provider, self.snapshot.provider(&dispute.provider).is_none())]
                .into_iter()
                .chain([("faults", fault, docket.faults.get(&fault).is_none())])
                .find(|(_, _, is_missing)| *is_missing);
            if let Some((what, at, _)) = missing {
                self.reader.skip(*key, Dispute::NAME, format!("its {what} at {at} cannot be read"));
            }
        }
        Ok(())
    }

    /// Ballots, jurors, their tree and their positions at the accused, as far as something is due for them.
    fn read_juries(&mut self, docket: &mut Docket) -> Result<()> {
        let is_judged = docket.disputes.values().any(|dispute| !dispute.is_decided());
        let has_jurors = self.snapshot.network.juror_tree != Pubkey::default();
        if is_judged || docket.disputes.values().any(|dispute| dispute.ballots > 0) {
            let ballots = self.reader.list::<Ballot>(&[])?;
            docket.ballots_of = grouped(ballots.iter().map(|(key, ballot)| (ballot.dispute, *key)));
            docket.ballots = ballots.into_iter().collect();
        }
        if has_jurors && (self.all || is_judged) {
            let jurors = self.reader.list::<Juror>(&[])?;
            let with_leaf = jurors.iter().filter(|(_, juror)| juror.entered > 0);
            docket.jurors_of = grouped(with_leaf.map(|(key, juror)| (juror.leaf, *key)));
            docket.jurors = jurors.into_iter().collect();
        }
        if is_judged {
            docket.randomness = self.randomness()?;
        }
        let is_new = |juror: &Juror| juror.entered == 0 && self.snapshot.ripe(juror).ripe() > 0;
        if (is_judged && !docket.jurors.is_empty()) || docket.jurors.values().any(is_new) {
            docket.tree = self.reader.find_boxed(&self.snapshot.network.juror_tree)?;
        }
        let called = docket.disputes.values().flat_map(|dispute| {
            let jurors = super::disputes::called(docket, dispute);
            jurors.map(|(_, juror)| addresses::interest(&dispute.provider, &juror.owner))
        });
        let interests = self.reader.find::<Delegation>(called.collect::<Vec<_>>())?;
        self.snapshot.positions.add(interests);
        Ok(())
    }

    /// Looks for the usual token accounts of everybody who is owed something.
    fn usual_accounts(&self, docket: &Docket) -> Result<Table<Pubkey>> {
        let mut owners: BTreeSet<Pubkey> = docket.openings.values().map(|opening| opening.challenger).collect();
        owners.extend(docket.shares.values().map(|share| share.owner));
        owners.extend(docket.tickets.values().filter_map(|ticket| self.snapshot.holder(ticket)));
        for dispute in docket.disputes.values() {
            let parties = dispute.parties.iter().filter(|party| party.severity != 0).map(|party| party.owner);
            owners.extend(parties.chain([dispute.client]));
        }
        if owners.is_empty() {
            return Ok(Table::default());
        }
        let usual = |owner: &Pubkey| usual_token_account(owner, &self.snapshot.addresses);
        let accounts: Vec<Pubkey> = owners.iter().map(usual).collect();
        let found = self.reader.chain.accounts(&accounts)?;
        let exists = owners.into_iter().zip(accounts).zip(found).filter(|(_, found)| found.is_some());
        Ok(exists.map(|(owner_and_account, _)| owner_and_account).collect())
    }

    /// Claims on the network's providers, and those whose provider has closed.
    fn claims(&self) -> Result<Table<KnownClaim>> {
        let claims = self.reader.list_as::<Claim, ClaimAccount>(&[], ClaimAccount::decode)?;
        // One whose provider cannot be read is nobody's orphan.
        let readable = claims.into_iter().filter(|(_, claim)| !self.reader.has_skipped(&claim.claim.provider));
        let known = readable.map(|(key, claim)| {
            let is_orphan = claim.claim.is_orphan(self.snapshot.provider(&claim.claim.provider));
            (key, KnownClaim { claim, is_orphan })
        });
        Ok(known.collect())
    }

    /// Tickets of which only a held part is left, and their positions.
    fn tickets(&mut self) -> Result<Table<Unbonding>> {
        if self.snapshot.providers.values().all(|provider| provider.held == 0) {
            return Ok(Table::default());
        }
        let paid = self.reader.list::<Unbonding>(&[(TICKET_SHARES_AT, vec![0; 8])])?;
        let held: Vec<(Pubkey, Unbonding)> = paid.into_iter().filter(|(_, ticket)| ticket.is_held()).collect();
        let positions = held.iter().map(|(_, ticket)| ticket.delegation).collect::<Vec<_>>();
        self.snapshot.positions.add(self.reader.find::<Delegation>(positions)?);
        Ok(held.into_iter().collect())
    }

    /// The network's account of randomness.
    fn randomness(&self) -> Result<Option<(Pubkey, Vec<u8>)>> {
        let Some(key) = self.snapshot.randomness() else { return Ok(None) };
        Ok(self.reader.chain.account(&key)?.map(|account: RawAccount| (account.owner, account.data)))
    }
}

impl Docket {
    /// The claim of a provider with a number.
    pub fn claim(&self, provider: &Pubkey, number: u32) -> Option<&ClaimAccount> {
        self.claims.get(&addresses::claim(provider, number)).map(|entry| &entry.claim)
    }

    /// The ballots of a dispute, with their addresses.
    pub fn ballots_of(&self, dispute: &Pubkey) -> impl Iterator<Item = (&Pubkey, &Ballot)> {
        let keys = self.ballots_of.get(dispute).into_iter().flatten();
        keys.filter_map(|key| Some((key, self.ballots.get(key)?)))
    }

    /// The payments for the appeals of a dispute, with their addresses.
    pub fn shares_of(&self, dispute: &Pubkey) -> impl Iterator<Item = (&Pubkey, &AppealShare)> {
        let keys = self.shares_of.get(dispute).into_iter().flatten();
        keys.filter_map(|key| Some((key, self.shares.get(key)?)))
    }

    /// The jurors that a leaf is or was of, with their addresses.
    pub fn jurors_of(&self, leaf: u16) -> impl Iterator<Item = (&Pubkey, &Juror)> {
        let keys = self.jurors_of.get(&leaf).into_iter().flatten();
        keys.filter_map(|key| Some((key, self.jurors.get(key)?)))
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
            seat: self.docket.seats.get(&dispute.subject),
            slot: self.slot,
            now_ts: self.now_ts,
        })
    }

    /// Who holds the position of a ticket.
    pub fn holder(&self, ticket: &Unbonding) -> Option<Pubkey> {
        self.position(&ticket.delegation).map(|position| position.delegator)
    }
}

/// Values by what they belong to.
fn grouped<K: Ord>(pairs: impl Iterator<Item = (K, Pubkey)>) -> BTreeMap<K, Vec<Pubkey>> {
    let mut groups: BTreeMap<K, Vec<Pubkey>> = BTreeMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
