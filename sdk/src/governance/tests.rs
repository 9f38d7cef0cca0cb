use {super::*, borsh::to_vec};

const fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

fn proposal() -> ProposalAddresses {
    RealmAddresses::derive(PROGRAM, "workers", key(1)).governance(&key(2)).proposal(&key(3))
}

#[test]
fn rules_are_written_as_the_program_reads_them() {
    let config = GovernanceConfig { cool_off_secs: 7, ..GovernanceConfig::of_community(60, 3, 2, 5) };
    let mut expected = vec![0, 60];
    expected.extend(5u64.to_le_bytes());
    expected.extend([2, 0, 0, 0, 3, 0, 0, 0, 2, 2, 2]);
    expected.extend([255; 8]);
    expected.extend([2, 2, 7, 0, 0, 0, 10]);
    assert_eq!(to_vec(&config).unwrap(), expected);
    assert_eq!(config.longest_vote_secs(), 10);
}

#[test]
fn a_realm_names_its_add_ins_in_its_accounts_and_says_so_in_its_arguments() {
    let realm = RealmAddresses::derive(PROGRAM, "workers", key(1));
    let plain = create_realm(&realm, key(4), key(5), "workers", &RealmRules::by_deposit());
    let weighed = create_realm(&realm, key(4), key(5), "workers", &RealmRules::by_add_in(key(6)));
    assert_eq!((plain.accounts.len(), weighed.accounts.len()), (9, 11));
    assert_eq!(plain.data[..5], [0, 7, 0, 0, 0]);
    assert_eq!(plain.data[12], 0, "no council");
    assert_eq!(plain.data[30..], [0, 0, 0, 0, 0, 0]);
    assert_eq!(weighed.data[30..], [1, 1, 2, 0, 0, 0]);
    assert_eq!(weighed.accounts[9..], [readonly(key(6)), readonly(key(6))]);
}

#[test]
fn only_the_governance_and_its_treasury_sign_inside_of_an_execution() {
    let at = proposal();
    let accounts = vec![payer(at.at.treasury), payer(key(8)), signer(at.at.governance), writable(key(9))];
    let inner = Instruction { program_id: key(7), accounts, data: vec![1] };
    let outer = execute_transaction(&at, 0, &[inner]);
    let signers: Vec<_> = outer.accounts.iter().filter(|meta| meta.is_signer).map(|meta| meta.pubkey).collect();
    assert_eq!(signers, [key(8)]);
    assert_eq!((outer.accounts.len(), outer.data), (8, vec![16]));
}

#[test]
fn a_proposed_instruction_comes_back_as_it_was() {
    let inner = Instruction { program_id: key(7), accounts: vec![payer(key(8)), readonly(key(9))], data: vec![1, 2] };
    assert_eq!(Instruction::from(&ProposedInstruction::from(&inner)), inner);
}

#[test]
fn an_account_is_read_whatever_follows_it_and_never_as_another_type() {
    let record = TokenOwnerRecord {
        account_type: TokenOwnerRecord::TYPE,
        realm: key(1),
        mint: key(2),
        owner: key(3),
        deposited: 4,
        open_votes: 5,
        open_proposals: 6,
        version: [1, 0, 0, 0, 0, 0, 0],
        delegate: None,
    };
    let mut data = to_vec(&record).unwrap();
    data.extend([0; 160]);
    assert_eq!(TokenOwnerRecord::decode(&data), Ok(record));
    assert_eq!(Realm::decode(&data), Err(ReadError::WrongType { name: "realm" }));
    assert_eq!(TokenOwnerRecord::decode(&data[..50]), Err(ReadError::Malformed { name: "token owner record" }));
    assert!(TokenOwnerRecord::decode(&[]).is_err());
}

#[test]
fn a_weight_holds_until_its_slot_for_what_it_was_written() {
    let record = VoterWeightRecord {
        discriminator: VoterWeightRecord::DISCRIMINATOR,
        realm: key(1),
        mint: key(2),
        owner: key(3),
        weight: 4,
        expiry_slot: Some(10),
        action: Some(WeightAction::CastVote),
        target: Some(key(5)),
        reserved: [0; 8],
    };
    let data = to_vec(&record).unwrap();
    assert_eq!(data.len(), 164);
    assert_eq!(VoterWeightRecord::decode(&data), Ok(record));
    assert!(record.holds(10, WeightAction::CastVote, &key(5)));
    assert!(!record.holds(11, WeightAction::CastVote, &key(5)));
    assert!(!record.holds(10, WeightAction::CreateProposal, &key(5)));
    assert!(!record.holds(10, WeightAction::CastVote, &key(6)));
    assert!(MaxVoterWeightRecord::decode(&data).is_err());
}

#[test]
fn what_an_instruction_decides_is_read_back_from_its_bytes() {
    use crate::{
        ix,
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::{AuthorityRole, VaultKind},
    };
    let (network, treasury) = (crate::NetworkAddresses::of(key(1), key(2), TOKEN_PROGRAM), key(3));
    let at = &network.network;
    let reads = |instruction: Instruction, expected: Decision| {
        assert_eq!(Decision::of(&instruction, &PROGRAM), expected);
        // One byte more, or the same bytes for another program, are something else.
        let longer = Instruction { data: [instruction.data.clone(), vec![0]].concat(), ..instruction.clone() };
        let stranger = Instruction { program_id: key(9), ..instruction.clone() };
        let is_other = |instruction| matches!(Decision::of(&instruction, &PROGRAM), Decision::Other { .. });
        assert!(is_other(stranger) && (is_other(longer) || instruction.data.len() == 8));
    };
    let pay = Decision::Pay { vault: VaultKind::Treasury, to: key(4), amount: 5 };
    reads(ix::pay_treasury(&network, treasury, key(4), 5), pay);
    let pay = Decision::Pay { vault: VaultKind::Insurance, to: key(4), amount: 0 };
    reads(ix::pay_insurance(&network, treasury, key(4), 0), pay);
    let (role, to) = (AuthorityRole::Arbiter, key(5));
    reads(ix::propose_authority(at, treasury, role, to), Decision::ProposeAuthority { role, to });
    reads(ix::accept_authority(at, treasury, role), Decision::AcceptAuthority { role });
    let set = Decision::SetJobClass { network: key(1), class: 7, rules: Box::new(JOB_RULES) };
    reads(ix::set_job_class(at, treasury, treasury, 7, &JOB_RULES), set);
    let (change, draft) =
        (crate::addresses::param_change(at, 6), crate::addresses::param_draft(at, &key(7), &NETWORK_PARAMS));
    let propose = ix::propose_params(at, treasury, treasury, key(7), 6, &NETWORK_PARAMS);
    reads(propose, Decision::ProposeParams { network: key(1), change, draft });
    let bytes = [7; 32];
    let model = crate::args::SetModelArgs { name: bytes, hash: bytes, status: 1, uri_len: 0, uri: [0; 128] };
    let set = Decision::SetModel { network: key(1), model: Box::new(model) };
    reads(ix::set_model(at, treasury, treasury, &model), set);
    let terms = crate::votes::RegistrarTerms { longest_vote_secs: 5, standing_slots: 6, least_max_ppm: 7 };
    let registrar = crate::votes::RegistrarAddresses::derive(key(6), key(1), key(2));
    let set = Decision::SetRegistrar { registrar: registrar.registrar, terms };
    reads(crate::votes::set_registrar(&registrar, treasury, &terms), set);
    reads(ix::cancel_params(at, treasury, 6, treasury), Decision::CancelParams { change });
    let (governance, config) = (proposal().at, GovernanceConfig::of_community(60, 3, 2, 5));
    let own = Decision::SetGovernanceConfig { governance: governance.governance, config };
    reads(set_governance_config(&governance, &config), own);
    let create = Decision::CreateRegistrar { network: key(1), terms };
    reads(crate::votes::create_registrar(&registrar, [treasury, treasury], &terms), create);
    for rules in [RealmRules::by_deposit(), RealmRules::by_add_in(key(6)), with_council()] {
        let set = Decision::SetRealmConfig { realm: governance.realm.realm, rules: Box::new(rules) };
        reads(set_realm_config(&governance.realm, governance.governance, treasury, &rules), set);
    }
}

/// Rules of a realm with a council that an add-in of its own weighs, on the way to stake.
fn with_council() -> RealmRules {
    RealmRules {
        council: Some(key(7)),
        max_weight: MaxWeight::Absolute(9),
        council_add_ins: AddIns { voter_weight: Some(key(8)), max_voter_weight: None },
        council_type: TokenType::Membership,
        ..RealmRules::by_deposit().with_voter_weight(key(6))
    }
}
