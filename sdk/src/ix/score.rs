//! What attesters sign, and the cranks that draw them, turn their reports into scores, and pay or fine them.

use {
    super::*,
    crate::{
        addresses::{self, AttesterAddresses, NetworkAddresses, ShardAddresses},
        commit::Reports,
    },
    work_token_interface::state::VaultKind,
};

/// Providers that one transaction scores, with two compute-budget instructions, when the keeper pays for it
/// itself.
pub const SCORE_BATCH: usize = 24;

/// Locks an attester's bond from `from` and takes a free place of the roster: it is drawn from the next epoch
/// on. Where none is free it aims at the place with the smallest bond. Base units.
pub fn register_attester(attester: &AttesterAddresses, from: Pubkey, bond: u64) -> Instruction {
    const TAG: [u8; 8] = tag("register_attester");
    let network = &attester.network;
    build(
        TAG,
        &bond,
        vec![
            payer(attester.owner),
            readonly(network.network),
            writable(attester.attester),
            writable(attester.roster),
            writable(from),
            writable(network.vault(VaultKind::Escrow)),
            readonly(network.mint),
            readonly(network.token_program),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Adds to a bond from `from`; the addition is drawn by from the next epoch on. Base units.
pub fn add_attester_bond(attester: &AttesterAddresses, from: Pubkey, amount: u64) -> Instruction {
    const TAG: [u8; 8] = tag("add_attester_bond");
    let network = &attester.network;
    build(
        TAG,
        &amount,
        vec![
            signer(attester.owner),
            readonly(network.network),
            writable(attester.attester),
            writable(attester.roster),
            writable(from),
            writable(network.vault(VaultKind::Escrow)),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// What an owner changes of its attester's place in the roster.
fn in_roster(tag: [u8; 8], attester: &AttesterAddresses) -> Instruction {
    build(
        tag,
        &(),
        vec![
            signer(attester.owner),
            readonly(attester.network.network),
            writable(attester.attester),
            writable(attester.roster),
        ],
    )
}

/// Takes a free place of the roster with a bond that waits, or, where none is free, aims anew at the one with
/// the smallest bond.
pub fn aim_attester(attester: &AttesterAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("aim_attester");
    in_roster(TAG, attester)
}

/// Lets an attester take the place that it aimed at in the epoch before, in the second half of the epoch.
/// `holder` is the account of the attester that holds the place; `None` where a place is free. Needs no
/// signature but the fee payer's.
pub fn displace_attester(attester: &AttesterAddresses, holder: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("displace_attester");
    build(
        TAG,
        &(),
        vec![
            readonly(attester.network.network),
            writable(attester.attester),
            writable(attester.roster),
            optional(holder),
        ],
    )
}

/// Leaves the roster for good, from the next epoch on; the bond is free two epochs and a challenge window
/// after the last report that was owed.
pub fn retire_attester(attester: &AttesterAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("retire_attester");
    in_roster(TAG, attester)
}

/// Pays bond and earnings to `to`, a token account of the owner, and closes the attester.
pub fn close_attester(attester: &AttesterAddresses, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_attester");
    let network = &attester.network;
    build(
        TAG,
        &(),
        vec![
            payer(attester.owner),
            readonly(network.network),
            writable(attester.attester),
            writable(network.vault(VaultKind::Escrow)),
            writable(network.vault(VaultKind::Reward)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Pays what the attester has earned to `to`, a token account of the owner.
pub fn claim_attester_rewards(attester: &AttesterAddresses, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_attester_rewards");
    let network = &attester.network;
    build(
        TAG,
        &(),
        vec![
            signer(attester.owner),
            readonly(network.network),
            writable(attester.attester),
            writable(network.vault(VaultKind::Reward)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Commits to a set of canaries, [`CanarySet::commitment`](crate::canary::CanarySet::commitment), which holds
/// from the next epoch on; zero to none.
pub fn commit_canaries(attester: &AttesterAddresses, commitment: [u8; 32]) -> Instruction {
    commit_canaries_by(attester, attester.owner, commitment)
}

/// The same by the attester's `reporter`.
pub fn commit_canaries_by(attester: &AttesterAddresses, reporter: Pubkey, commitment: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("commit_canaries");
    build(TAG, &commitment, vec![signer(reporter), readonly(attester.network.network), writable(attester.attester)])
}

/// Draws the attesters of a shard, which is of the present epoch; that must be open.
pub fn draw_attesters(shard: &ShardAddresses, rent_payer: Pubkey) -> Instruction {
    let network = &shard.network.network;
    let (pool, roster) = (addresses::epoch_pool(network, shard.epoch), addresses::attester_roster(network));
    draw_attesters_at(shard, pool, roster, rent_payer)
}

/// [`draw_attesters`] when the addresses of the epoch's account and of the roster are known.
pub fn draw_attesters_at(shard: &ShardAddresses, pool: Pubkey, roster: Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("draw_attesters");
    build(
        TAG,
        &shard.number,
        vec![
            payer(rent_payer),
            readonly(shard.network.network),
            writable(pool),
            readonly(roster),
            writable(shard.shard),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Bars the attester of an opinion of the shard from reporting on a provider that it has an interest in:
/// `interest` is its position there, the provider's offer or beneficiary's account when it operates a class
/// or is paid there, or the provider itself when it owns or operates it. Needs no signature but the fee
/// payer's.
pub fn mask_report(shard: &ShardAddresses, opinion: u8, provider: Pubkey, interest: Pubkey) -> Instruction {
    mask(shard, opinion, [provider, interest], None)
}

/// The same for an interest of its reporter, which the `attester`'s account names.
pub fn mask_reporter(
    shard: &ShardAddresses,
    opinion: u8,
    provider: Pubkey,
    interest: Pubkey,
    attester: Pubkey,
) -> Instruction {
    mask(shard, opinion, [provider, interest], Some(attester))
}

fn mask(
    shard: &ShardAddresses,
    opinion: u8,
    [provider, interest]: [Pubkey; 2],
    attester: Option<Pubkey>,
) -> Instruction {
    const TAG: [u8; 8] = tag("mask_report");
    build(
        TAG,
        &opinion,
        vec![
            readonly(shard.network.network),
            writable(shard.shard),
            readonly(provider),
            readonly(interest),
            optional_readonly(attester),
        ],
    )
}

/// Names the hot key that commits for an attester; `None` where only the attester does.
pub fn set_reporter(attester: &AttesterAddresses, reporter: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("set_reporter");
    let accounts = vec![signer(attester.owner), writable(attester.attester)];
    build(TAG, &reporter.unwrap_or_default().to_bytes(), accounts)
}

/// Commits to reports: [`crate::commit::reports_commitment`]. A second commitment replaces the first.
pub fn commit_reports(attester: &AttesterAddresses, shard: &ShardAddresses, commitment: [u8; 32]) -> Instruction {
    commit_reports_by(attester, attester.owner, shard, commitment)
}

/// The same by the attester's `reporter`.
pub fn commit_reports_by(
    attester: &AttesterAddresses,
    reporter: Pubkey,
    shard: &ShardAddresses,
    commitment: [u8; 32],
) -> Instruction {
    const TAG: [u8; 8] = tag("commit_reports");
    build(
        TAG,
        &commitment,
        vec![signer(reporter), readonly(attester.network.network), writable(attester.attester), writable(shard.shard)],
    )
}

/// Reveals committed reports. Needs no signature but the fee payer's: who knows the salt may reveal.
pub fn reveal_reports(
    attester: &AttesterAddresses,
    shard: &ShardAddresses,
    reports: &Reports,
    salt: [u8; 32],
) -> Instruction {
    const TAG: [u8; 8] = tag("reveal_reports");
    build(
        TAG,
        &(reports.to_bytes(), salt),
        vec![
            readonly(attester.network.network),
            readonly(attester.attester),
            writable(shard.shard),
            readonly(attester.own_provider),
        ],
    )
}

/// Scores 1 to 24 providers for an ended epoch. `shard` is the number of the one that they all have their
/// places in, whether its attesters were drawn or not; `None` where no metric is attested. Needs no signature
/// but the fee payer's.
pub fn score_providers(network: &Pubkey, epoch: u32, shard: Option<u16>, providers: &[Pubkey]) -> Instruction {
    let shard = shard.map(|number| addresses::score_shard(network, epoch, number));
    score_providers_at(network, addresses::epoch_pool(network, epoch), shard, providers)
}

/// [`score_providers`] when the addresses of the epoch's account and of the shard are known.
pub fn score_providers_at(network: &Pubkey, pool: Pubkey, shard: Option<Pubkey>, providers: &[Pubkey]) -> Instruction {
    const TAG: [u8; 8] = tag("score_providers");
    let mut accounts = vec![writable(*network), writable(pool), optional(shard)];
    accounts.extend(providers.iter().copied().map(writable));
    build(TAG, &(), accounts)
}

/// Pays or fines attesters of a shard, once its epoch is finalized; one whose account is closed is settled
/// all the same. Needs no signature but the fee payer's.
pub fn settle_attesters(shard: &ShardAddresses, attesters: &[Pubkey]) -> Instruction {
    let network = &shard.network.network;
    let (pool, roster) = (addresses::epoch_pool(network, shard.epoch), addresses::attester_roster(network));
    settle_attesters_at(shard, pool, roster, attesters)
}

/// [`settle_attesters`] when the addresses of the epoch's account and of the roster are known.
pub fn settle_attesters_at(shard: &ShardAddresses, pool: Pubkey, roster: Pubkey, attesters: &[Pubkey]) -> Instruction {
    const TAG: [u8; 8] = tag("settle_attesters");
    let network: &NetworkAddresses = &shard.network;
    let mut accounts = vec![
        writable(network.network),
        writable(pool),
        writable(shard.shard),
        writable(roster),
        writable(network.vault(VaultKind::Escrow)),
        writable(network.mint),
        readonly(network.token_program),
    ];
    accounts.extend(attesters.iter().copied().map(writable));
    build(TAG, &(), accounts)
}

/// Closes a shard whose attesters are settled; `rent_payer` is who drew them. Needs no signature but the
/// fee payer's.
pub fn close_score_shard(shard: &ShardAddresses, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_score_shard");
    build(TAG, &(), vec![writable(shard.shard), writable(rent_payer)])
}
