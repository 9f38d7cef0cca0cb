//! Instructions on a realm, its members and its governances.

use {
    super::{
        AddIns, GovernanceAddresses, GovernanceConfig, MaxWeight, RENT, RealmAddresses, RealmRules, SYSTEM,
        TOKEN_PROGRAM, TokenType, build, payer, readonly, signer, writable,
    },
    crate::{AccountMeta, Instruction, Pubkey},
    borsh::BorshDeserialize,
};

/// The number of [`set_governance_config`].
pub(super) const SET_GOVERNANCE_CONFIG: u8 = 19;
/// The number of [`set_realm_config`].
pub(super) const SET_REALM_CONFIG: u8 = 22;

/// Creates a realm named `name`, whose authority sets its rules and creates its governances.
///
/// The name is the one that `realm` was derived from.
pub fn create_realm(
    realm: &RealmAddresses,
    rent_payer: Pubkey,
    authority: Pubkey,
    name: &str,
    rules: &RealmRules,
) -> Instruction {
    let mut accounts = vec![
        writable(realm.realm),
        readonly(authority),
        readonly(realm.mint),
        writable(realm.holding(&realm.mint)),
        payer(rent_payer),
        SYSTEM,
        readonly(TOKEN_PROGRAM),
        RENT,
    ];
    accounts.extend(council(realm, rules));
    accounts.push(writable(realm.config));
    accounts.extend(add_ins(rules));
    build(realm.program, 0, &(name, arguments(rules)), accounts)
}

/// Sets a realm's rules anew, as its authority. Its open proposals are then decided by them: change what
/// weighs votes only while none is voted on.
pub fn set_realm_config(
    realm: &RealmAddresses,
    authority: Pubkey,
    rent_payer: Pubkey,
    rules: &RealmRules,
) -> Instruction {
    let mut accounts = vec![writable(realm.realm), signer(authority)];
    accounts.extend(council(realm, rules));
    accounts.extend([SYSTEM, writable(realm.config)]);
    accounts.extend(add_ins(rules));
    accounts.push(payer(rent_payer));
    build(realm.program, SET_REALM_CONFIG, &arguments(rules), accounts)
}

/// Hands a realm to another authority, one of its governances where `checked`; to none for good where it is
/// left out.
pub fn set_realm_authority(
    realm: &RealmAddresses,
    authority: Pubkey,
    new: Option<Pubkey>,
    checked: bool,
) -> Instruction {
    let action: u8 = match (new, checked) {
        (Some(_), false) => 0,
        (Some(_), true) => 1,
        (None, _) => 2,
    };
    let mut accounts = vec![writable(realm.realm), signer(authority)];
    accounts.extend(new.map(readonly));
    build(realm.program, 21, &action, accounts)
}

/// Deposits tokens of the community's mint, to vote with them. Base units.
pub fn deposit_governing_tokens(
    realm: &RealmAddresses,
    owner: Pubkey,
    from: Pubkey,
    rent_payer: Pubkey,
    amount: u64,
) -> Instruction {
    let accounts = vec![
        readonly(realm.realm),
        writable(realm.holding(&realm.mint)),
        writable(from),
        signer(owner),
        signer(owner),
        writable(realm.token_owner_record(&owner)),
        payer(rent_payer),
        SYSTEM,
        readonly(TOKEN_PROGRAM),
        readonly(realm.config),
    ];
    build(realm.program, 1, &amount, accounts)
}

/// Takes back all that somebody has deposited, once its votes are relinquished.
pub fn withdraw_governing_tokens(realm: &RealmAddresses, owner: Pubkey, to: Pubkey) -> Instruction {
    let accounts = vec![
        readonly(realm.realm),
        writable(realm.holding(&realm.mint)),
        writable(to),
        signer(owner),
        writable(realm.token_owner_record(&owner)),
        readonly(TOKEN_PROGRAM),
        readonly(realm.config),
    ];
    build(realm.program, 2, &(), accounts)
}

/// Enters somebody without a deposit, to vote with what an add-in says of it. Anybody may pay for it.
pub fn create_token_owner_record(realm: &RealmAddresses, owner: Pubkey, rent_payer: Pubkey) -> Instruction {
    let accounts = vec![
        readonly(realm.realm),
        readonly(owner),
        writable(realm.token_owner_record(&owner)),
        readonly(realm.mint),
        payer(rent_payer),
        SYSTEM,
    ];
    build(realm.program, 23, &(), accounts)
}

/// Creates a governance, as the realm's authority, or as a member with enough weight: then with its record of
/// that weight, where an add-in writes one.
pub fn create_governance(
    at: &GovernanceAddresses,
    governed: Pubkey,
    creator: Pubkey,
    rent_payer: Pubkey,
    voter_weight_record: Option<Pubkey>,
    config: &GovernanceConfig,
) -> Instruction {
    let realm = &at.realm;
    let mut accounts = vec![
        readonly(realm.realm),
        writable(at.governance),
        readonly(governed),
        readonly(realm.token_owner_record(&creator)),
        payer(rent_payer),
        SYSTEM,
        signer(creator),
        readonly(realm.config),
    ];
    accounts.extend(voter_weight_record.map(readonly));
    build(realm.program, 4, config, accounts)
}

/// Changes a governance's rules. It signs for itself: this stands in one of its own proposals.
pub fn set_governance_config(at: &GovernanceAddresses, config: &GovernanceConfig) -> Instruction {
    build(at.realm.program, SET_GOVERNANCE_CONFIG, config, vec![payer(at.governance)])
}

/// Creates a governance's native treasury, the address that its decided proposals sign for.
pub fn create_native_treasury(at: &GovernanceAddresses, rent_payer: Pubkey) -> Instruction {
    let accounts = vec![readonly(at.governance), writable(at.treasury), payer(rent_payer), SYSTEM];
    build(at.realm.program, 25, &(), accounts)
}

fn council(realm: &RealmAddresses, rules: &RealmRules) -> Vec<AccountMeta> {
    rules.council.map_or_else(Vec::new, |mint| vec![readonly(mint), writable(realm.holding(&mint))])
}

fn add_ins(rules: &RealmRules) -> impl Iterator<Item = AccountMeta> {
    let (community, council) = (rules.add_ins, rules.council_add_ins);
    let programs = [community.voter_weight, community.max_voter_weight, council.voter_weight, council.max_voter_weight];
    programs.into_iter().flatten().map(readonly)
}

/// Whether add-ins of a mint follow among the accounts, and what its deposits are.
type OfMint = (bool, bool, TokenType);
/// Rules as the program takes them: whether a council follows among the accounts, the least weight to create
/// a governance, the most that could be voted, and what holds of the community's and of the council's mint.
type Arguments = (bool, u64, MaxWeight, OfMint, OfMint);

fn arguments(rules: &RealmRules) -> Arguments {
    let of =
        |add_ins: AddIns, token_type| (add_ins.voter_weight.is_some(), add_ins.max_voter_weight.is_some(), token_type);
    let (community, council) = (of(rules.add_ins, rules.token_type), of(rules.council_add_ins, rules.council_type));
    (rules.council.is_some(), rules.least_weight_to_create_governance, rules.max_weight, community, council)
}

/// The realm and the rules that [`set_realm_config`] was built of, read back from arguments and accounts.
pub(super) fn realm_config_of(args: &[u8], accounts: &[AccountMeta]) -> Option<(Pubkey, RealmRules)> {
    let (has_council, least_weight_to_create_governance, max_weight, community, council) =
        Arguments::try_from_slice(args).ok()?;
    let mut keys = accounts.iter().map(|meta| meta.pubkey);
    let (realm, _authority) = (keys.next()?, keys.next()?);
    let council_mint = if has_council { Some(keys.next()?) } else { None };
    // The council's holding, the system program and the realm's config.
    let mut keys = keys.skip(2 + usize::from(has_council));
    let mut of = |(voter, most, _): OfMint| {
        let mut next = |follows: bool| if follows { keys.next().map(Some) } else { Some(None) };
        Some(AddIns { voter_weight: next(voter)?, max_voter_weight: next(most)? })
    };
    let (add_ins, council_add_ins) = (of(community)?, of(council)?);
    let rules = RealmRules {
        council: council_mint,
        least_weight_to_create_governance,
        max_weight,
        add_ins,
        token_type: community.2,
        council_add_ins,
        council_type: council.2,
    };
    Some((realm, rules))
}
