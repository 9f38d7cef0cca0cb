//! Creating the trees that jobs are drawn from.

use {
    crate::{
        chain::{Session, together},
        failure::{Failure, Result},
        reply::{Reply, facts},
    },
    work_token_sdk::{
        AccountMeta, ID, Instruction, Pubkey, ix,
        math::Epoch,
        state::{Tree, TreeKind},
    },
};

/// What the chain asks for each byte that stays, an account's own 128 included. Lamports.
const LAMPORTS_PER_BYTE: u64 = 6_960;
const OVERHEAD: u64 = 128;

/// Creates the tree of jurors and lets the network adopt it.
pub fn adopt_of_jurors(session: &Session) -> Result<Reply> {
    let (key, payer) = (session.network_key()?, session.authority()?);
    if session.client().network(&key)?.juror_tree != Pubkey::default() {
        return Err(Failure::Failed("the network has adopted a tree of jurors".into()));
    }
    let (tree, instructions) = create_and_init(session, &key, payer, TreeKind::Jurors)?;
    session.submit(&instructions, facts!({ "tree": tree.to_string() }))
}

/// Creates both trees and lets the network adopt them; their addresses follow from who pays, so that no
/// further key has to sign. One that is adopted already is left alone.
pub fn adopt(session: &Session) -> Result<Reply> {
    let (key, payer) = (session.network_key()?, session.authority()?);
    let network = session.client().network(&key)?;
    let (mut parts, mut trees) = (Vec::new(), Vec::new());
    for kind in TreeKind::WORK {
        if *network.work_tree(Epoch(u32::from(kind as u8))) != Pubkey::default() {
            continue;
        }
        let (tree, create) = create_and_init(session, &key, payer, kind)?;
        parts.push(together(create));
        trees.push(tree.to_string());
    }
    if parts.is_empty() {
        return Err(Failure::Failed("the network has adopted both trees".into()));
    }
    session.submit_parts(&parts, facts!({ "trees": trees }))
}

/// A tree's address, and what creates it, unless it is there, and lets the network adopt it.
fn create_and_init(
    session: &Session,
    key: &Pubkey,
    payer: Pubkey,
    kind: TreeKind,
) -> Result<(Pubkey, Vec<Instruction>)> {
    let name = format!("tree-{}-{}", kind as u8, &key.to_string()[..16]);
    let tree = Pubkey::create_with_seed(&payer, &name, &ID);
    let tree = tree.map_err(|error| Failure::Failed(format!("{name}: {error}")))?;
    let mut instructions = Vec::new();
    if session.chain.account(&tree)?.is_none() {
        instructions.push(create_with_seed(payer, tree, &name));
    }
    instructions.push(ix::init_tree(key, payer, tree, kind as u8));
    Ok((tree, instructions))
}

fn create_with_seed(payer: Pubkey, tree: Pubkey, name: &str) -> Instruction {
    const CREATE_ACCOUNT_WITH_SEED: [u8; 4] = [3, 0, 0, 0];
    let size = Tree::SIZE as u64;
    let lamports = LAMPORTS_PER_BYTE * (OVERHEAD + size);
    let mut data = CREATE_ACCOUNT_WITH_SEED.to_vec();
    data.extend_from_slice(payer.as_ref());
    data.extend_from_slice(&(name.len() as u64).to_le_bytes());
    data.extend_from_slice(name.as_bytes());
    data.extend_from_slice(&lamports.to_le_bytes());
    data.extend_from_slice(&size.to_le_bytes());
    data.extend_from_slice(ID.as_ref());
    let accounts = vec![AccountMeta::new(payer, true), AccountMeta::new(tree, false)];
    Instruction { program_id: Pubkey::default(), accounts, data }
}
