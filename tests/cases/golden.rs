//! Golden bytes: for each account an example in which every byte of the n-th field is n. An example decodes
//! into the right fields and encodes into the same bytes for ever; indexers may test against the same files.

use crate::{
    layouts::{DELEGATION, EPOCH_POOL, Field, NETWORK, PARAM_CHANGE, PROVIDER, UNBONDING},
    *,
};
use work_token_sdk::state::{Delegation, EpochPool, Network, ParamChange, Provider, Unbonding};

fn read(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let digit = |byte: u8| (byte as char).to_digit(16).expect("a digit") as u8;
    digits.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

pub fn assert_golden<A: Account + PartialEq + std::fmt::Debug>(hex: &str, fields: &[Field]) {
    let golden = read(hex);
    assert_eq!(golden.len(), A::SIZE, "the size of a {}", A::NAME);
    assert_eq!(golden[..8], A::DISCRIMINATOR);
    for (number, (name, offset, len)) in fields.iter().enumerate() {
        let field = &golden[*offset..offset + len];
        assert!(field.iter().all(|byte| usize::from(*byte) == number + 1), "{name} stands where it always stood");
    }
    let account = A::decode(&golden).expect("the golden bytes decode");
    assert_eq!(account.encode(), golden, "and encode into themselves");
}

#[test]
fn a_network_is_read_and_written_as_ever() {
    let hex = include_str!("golden/network.hex");
    assert_golden::<Network>(hex, NETWORK);
    let network = Network::decode(&read(hex)).unwrap();
    assert_eq!((network.version, network.id), (1, 0x0707_0707_0707_0707));
    assert_eq!(network.params_version, u32::from_le_bytes([field(NETWORK, "params_version"); 4]));
    assert_eq!(network.params.max_supply, u64::from_le_bytes([field(NETWORK, "params"); 8]));
}

#[test]
fn a_provider_is_read_and_written_as_ever() {
    let hex = include_str!("golden/provider.hex");
    assert_golden::<Provider>(hex, PROVIDER);
    let provider = Provider::decode(&read(hex)).unwrap();
    assert_eq!(provider.own.tokens, u64::from_le_bytes([field(PROVIDER, "own"); 8]));
    assert_eq!(provider.records[7].fees, u64::from_le_bytes([field(PROVIDER, "records"); 8]));
    assert_eq!(provider.rewards.reward_index_x64, [field(PROVIDER, "rewards"); 16]);
}

#[test]
fn a_delegation_is_read_and_written_as_ever() {
    let hex = include_str!("golden/delegation.hex");
    assert_golden::<Delegation>(hex, DELEGATION);
    let delegation = Delegation::decode(&read(hex)).unwrap();
    assert_eq!(delegation.pending[1].shares, u64::from_le_bytes([field(DELEGATION, "pending"); 8]));
}

#[test]
fn an_unbonding_ticket_is_read_and_written_as_ever() {
    let hex = include_str!("golden/unbonding.hex");
    assert_golden::<Unbonding>(hex, UNBONDING);
    let ticket = Unbonding::decode(&read(hex)).unwrap();
    assert_eq!(ticket.claims[3].part, u64::from_le_bytes([field(UNBONDING, "claims"); 8]));
}

#[test]
fn an_epoch_pool_is_read_and_written_as_ever() {
    let hex = include_str!("golden/epoch_pool.hex");
    assert_golden::<EpochPool>(hex, EPOCH_POOL);
    let pool = EpochPool::decode(&read(hex)).unwrap();
    assert_eq!(pool.distributed, u64::from_le_bytes([field(EPOCH_POOL, "distributed"); 8]));
}

#[test]
fn a_parameter_change_is_read_and_written_as_ever() {
    let hex = include_str!("golden/param_change.hex");
    assert_golden::<ParamChange>(hex, PARAM_CHANGE);
    let change = ParamChange::decode(&read(hex)).unwrap();
    assert_eq!(change.params.tier_bps[3], u16::from_le_bytes([field(PARAM_CHANGE, "params"); 2]));
}

/// The byte that fills a field of a golden example.
fn field(fields: &[Field], name: &str) -> u8 {
    let number = fields.iter().position(|(field, ..)| *field == name).expect("there is such a field");
    u8::try_from(number + 1).expect("few fields")
}
