//! Realms, and what their members deposit.

use {
    super::{Instance, terms::Terms, weigh::Weigher},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::{Reply, Value, facts},
        text::amount,
    },
    clap::Args,
    work_token_sdk::{
        Pubkey,
        governance::{
            self as spl, GovernanceAddresses, GovernanceConfig, MaxWeight, ProposalAddresses, Realm, RealmAddresses,
            RealmRules, SUPPLY_FRACTION_BASE, TokenOwnerRecord,
        },
        votes::{self, RegistrarAddresses},
    },
};

/// The most that one seed of an address has.
const MAX_SEED_BYTES: usize = 32;

/// A realm, and which of its governances.
#[derive(Args, Debug)]
pub struct Named {
    #[command(flatten)]
    pub instance: Instance,
    /// The realm
    #[arg(long, value_name = "PUBKEY")]
    pub realm: Pubkey,
    /// Which of its governances [default: the one that `create-realm` made for the network]
    #[arg(long, value_name = "PUBKEY")]
    pub governance: Option<Pubkey>,
}

impl Named {
    /// The realm, whose community must be that of the network's mint.
    pub fn realm(&self, session: &Session) -> Result<RealmAddresses> {
        let (network, (realm, _)) = (session.network()?, session.client().realm(&self.instance.program, &self.realm)?);
        if realm.mint != network.mint {
            let mint = realm.mint;
            return Err(Failure::Failed(format!("{} is a realm of the mint {mint}, not of the network's", self.realm)));
        }
        Ok(realm)
    }

    /// The governance, and its rules.
    pub fn governance(&self, session: &Session) -> Result<(GovernanceAddresses, GovernanceConfig)> {
        let realm = self.realm(session)?;
        let usual = realm.governance(&session.network_key()?);
        let at = self.governance.map_or(usual, |key| GovernanceAddresses::of(realm, key));
        let state: spl::Governance = session.client().of_governance(&realm.program, &at.governance)?;
        if state.realm != realm.realm {
            return Err(Failure::Failed(format!("{} is a governance of the realm {}", at.governance, state.realm)));
        }
        Ok((at, state.config))
    }
}

/// The most that could be voted on a proposal; `None` where an add-in that is not known here says it, or
/// where stake votes and none was weighed yet.
pub fn max_weight(session: &Session, at: &ProposalAddresses, realm: &Realm) -> Result<Option<u64>> {
    let client = session.client();
    match Weigher::of(session, &at.at.realm)? {
        Weigher::Deposits => {}
        Weigher::Stake(stake) if stake.says_most => return Ok(client.maximum_weight(&stake.registrar.1)?),
        Weigher::Stake(_) => {}
        Weigher::Other(_) => return Ok(None),
    }
    let supply = u128::from(client.supply(&realm.mint)?);
    Ok(match realm.max_weight {
        MaxWeight::Absolute(weight) => Some(weight),
        MaxWeight::SupplyFraction(part) => {
            u64::try_from(supply * u128::from(part) / u128::from(SUPPLY_FRACTION_BASE)).ok()
        }
    })
}

/// Reads the name of a realm, which is a seed of its address.
fn realm_name(text: &str) -> Result<String, String> {
    let fits = (1..=MAX_SEED_BYTES).contains(&text.len());
    fits.then(|| text.to_owned()).ok_or_else(|| format!("a name of 1 to {MAX_SEED_BYTES} bytes is expected"))
}

/// Rules of a new realm.
#[derive(Args, Debug)]
pub struct Create {
    #[command(flatten)]
    instance: Instance,
    /// What it is called, 1 to 32 bytes; its address follows from that
    #[arg(long, value_parser = realm_name)]
    name: String,
    /// How much of the supply must say yes, in percent
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=100))]
    yes_percent: u8,
    /// For how long is voted
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    voting_secs: u32,
    /// How long what has won waits before it can be executed
    #[arg(long)]
    hold_up_secs: u32,
    /// With how much one may propose, in base units
    #[arg(long, value_parser = amount)]
    least_weight: u64,
    /// Its members vote with their stake, where it lies, and deposit nothing; --yes-percent is then of the
    /// stake
    #[arg(long)]
    stake: bool,
    #[command(flatten)]
    terms: Terms,
}

impl Create {
    /// Creates everything in one transaction, and makes the realm its own authority.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        if self.terms.are_named() && !self.stake {
            return Err(Failure::Usage("terms of stake are for a realm in which stake votes: --stake".into()));
        }
        let (network, founder) = (session.network()?, session.authority()?);
        if network.token_program != spl::TOKEN_PROGRAM {
            let message = "the work token is of Token-2022, and SPL Governance reads mints of SPL Token alone";
            return Err(Failure::Failed(message.into()));
        }
        let realm = RealmAddresses::derive(self.instance.program, &self.name, network.mint);
        let at = realm.governance(&network.network);
        let config =
            GovernanceConfig::of_community(self.yes_percent, self.voting_secs, self.hold_up_secs, self.least_weight);
        let rules = if self.stake { RealmRules::by_add_in(votes::ID) } else { RealmRules::by_deposit() };
        let registrar = RegistrarAddresses::derive(realm.realm, network.network, network.mint);
        let terms = self.terms.of_new(self.voting_secs);
        if terms.longest_vote_secs < self.voting_secs {
            let message = "with a --longest-vote-secs below --voting-secs no stake would weigh anything";
            return Err(Failure::Usage(message.into()));
        }
        let join = self.stake.then(|| votes::create_registrar(&registrar, [founder, founder], &terms));
        let mut instructions = vec![spl::create_realm(&realm, founder, founder, &self.name, &rules)];
        instructions.extend(join);
        instructions.extend([
            spl::create_governance(&at, network.network, founder, founder, None, &config),
            spl::create_native_treasury(&at, founder),
            spl::set_realm_authority(&realm, founder, Some(at.governance), true),
        ]);
        let facts = facts!({
            "realm": realm.realm.to_string(),
            "governance": at.governance.to_string(),
            "treasury": at.treasury.to_string(),
            "votes_with": if self.stake { "stake" } else { "deposits" },
            "next": format!("propose {} as arbiter, then as admin: `network propose-authority`", at.treasury),
        });
        session.submit(&instructions, facts)
    }
}

/// A deposit.
#[derive(Args, Debug)]
pub struct Deposit {
    #[command(flatten)]
    named: Named,
    /// Base units
    #[arg(long, value_parser = amount)]
    amount: u64,
    /// Your token account [default: the usual one]
    #[arg(long)]
    from: Option<Pubkey>,
}

impl Deposit {
    /// Deposits.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (realm, owner) = (self.named.realm(session)?, session.authority()?);
        if !matches!(Weigher::of(session, &realm)?, Weigher::Deposits) {
            let message = "nothing is deposited in this realm: stake votes where it lies, `governance voter create`";
            return Err(Failure::Failed(message.into()));
        }
        let from = session.token_account(self.from, &owner, &session.network()?);
        let deposit = spl::deposit_governing_tokens(&realm, owner, from, owner, self.amount);
        session.submit(&[deposit], facts_of(session, &realm, &owner, self.amount)?)
    }
}

fn facts_of(session: &Session, realm: &RealmAddresses, owner: &Pubkey, more: u64) -> Result<Value> {
    let key = realm.token_owner_record(owner);
    let record: Option<TokenOwnerRecord> = session.client().find_of_governance(&realm.program, &key)?;
    let before = record.map_or(0, |record| record.deposited);
    Ok(facts!({ "deposited": before.saturating_add(more) }))
}

/// Whose deposit, and where it goes.
#[derive(Args, Debug)]
pub struct Withdraw {
    #[command(flatten)]
    named: Named,
    /// Your token account [default: the usual one]
    #[arg(long)]
    to: Option<Pubkey>,
}

impl Withdraw {
    /// Withdraws.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (realm, owner) = (self.named.realm(session)?, session.authority()?);
        let key = realm.token_owner_record(&owner);
        let record: Option<TokenOwnerRecord> = session.client().find_of_governance(&realm.program, &key)?;
        let withdrawn = record.map_or(0, |record| record.deposited);
        if withdrawn == 0 {
            return Err(Failure::Failed(format!("{owner} has deposited nothing in this realm")));
        }
        let to = session.token_account(self.to, &owner, &session.network()?);
        let facts = facts!({ "withdrawn": withdrawn });
        session.submit(&[spl::withdraw_governing_tokens(&realm, owner, to)], facts)
    }
}
