//! Golden bytes: for each account an example in which every byte of the n-th field is n. An example decodes
//! into the right fields and encodes into the same bytes for ever; indexers may test against the same files.

use crate::{
    program::{layouts, pinned::Layout},
    *,
};
use work_token_sdk::{
    interface::{for_each_account, for_each_votes_account},
    state, votes,
};

fn read(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let digit = |byte: u8| (byte as char).to_digit(16).expect("a digit") as u8;
    digits.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// The example of an account.
fn example(name: &str) -> Vec<u8> {
    let mut file = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !file.is_empty() {
            file.push('_');
        }
        file.extend(letter.to_lowercase());
    }
    let path = format!("{}/cases/program/golden/{file}.hex", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

fn layout(name: &str) -> &'static Layout {
    layouts::all().find(|layout| layout.name == name).expect("every account has its layout")
}

fn assert_golden<A: Account + PartialEq + std::fmt::Debug>() {
    let golden = example(A::NAME);
    assert_eq!(golden.len(), A::SIZE, "the size of a {}", A::NAME);
    assert_eq!(golden[..8], A::DISCRIMINATOR);
    for (number, (name, offset, len)) in layout(A::NAME).fields.iter().enumerate() {
        let field = &golden[*offset..offset + len];
        assert!(field.iter().all(|byte| usize::from(*byte) == number + 1), "{name} stands where it always stood");
    }
    let account = A::decode(&golden).expect("the golden bytes decode");
    assert_eq!(account.encode(), golden, "and encode into themselves");
}

/// The work tree is pinned by its layout alone: 164 KB of ones say no more.
#[test]
fn every_account_but_the_work_tree_is_read_and_written_as_ever() {
    macro_rules! each {
        ($($name:ident $([$entry:ident])?),*) => {
            $(if <state::$name as Account>::NAME != "Tree" {
                assert_golden::<state::$name>();
            })*
        };
    }
    for_each_account!(each);
}

#[test]
fn every_account_of_the_add_in_is_read_and_written_as_ever() {
    macro_rules! each {
        ($($name:ident),*) => { $(assert_golden::<votes::$name>();)* };
    }
    for_each_votes_account!(each);
}

/// An account from its example, and the byte that fills the field of a name.
fn decoded<A: Account>() -> (A, impl Fn(&str) -> u8) {
    let fields = layout(A::NAME).fields;
    let byte = |name: &str| {
        let number = fields.iter().position(|(field, ..)| *field == name).expect("there is such a field");
        u8::try_from(number + 1).expect("few fields")
    };
    (A::decode(&example(A::NAME)).expect("the golden bytes decode"), byte)
}

#[test]
fn what_lies_in_parts_and_lists_is_read_from_its_place() {
    let (network, field) = decoded::<state::Network>();
    assert_eq!((network.version, network.id), (1, 0x0707_0707_0707_0707));
    assert_eq!(network.params_version, u32::from_le_bytes([field("params_version"); 4]));
    assert_eq!(network.params.max_supply, u64::from_le_bytes([field("params"); 8]));
    let (provider, field) = decoded::<state::Provider>();
    assert_eq!(provider.own.tokens, u64::from_le_bytes([field("own"); 8]));
    assert_eq!(provider.records[7].fees, u64::from_le_bytes([field("records"); 8]));
    assert_eq!(provider.rewards.reward_index_x64, [field("rewards"); 16]);
    let (delegation, field) = decoded::<state::Delegation>();
    assert_eq!(delegation.pending[1].shares, u64::from_le_bytes([field("pending"); 8]));
    let (ticket, field) = decoded::<state::Unbonding>();
    assert_eq!(ticket.claims[3].part, u64::from_le_bytes([field("claims"); 8]));
    let (pool, field) = decoded::<state::EpochPool>();
    assert_eq!(pool.distributed, u64::from_le_bytes([field("distributed"); 8]));
    let (change, field) = decoded::<state::ParamChange>();
    assert_eq!(change.params.tier_bps[3], u16::from_le_bytes([field("params"); 2]));
}
