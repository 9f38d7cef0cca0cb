//! Lookup tables: accounts full of addresses, which a transaction of version 0 names by their place there, in
//! a byte instead of 32. Their program is the cluster's own.
//!
//! A place keeps its address for as long as the table is there, and no table comes back to the address of one
//! that was closed. So whoever has the authority over a table may add to it, and may make what looks up in it
//! fail, but changes nothing that was signed.

use crate::{AccountMeta, AddressLookupTableAccount, Instruction, Pubkey, accounts::DecodeError, ix::SYSTEM_PROGRAM};

/// The program of lookup tables.
pub const PROGRAM: Pubkey = Pubkey::from_str_const("AddressLookupTab1e1111111111111111111111111");

/// The most addresses that a table has.
pub const MAX_ADDRESSES: usize = 256;

/// So many addresses are added beside the creation of a table, whoever pays.
pub const ADDED_TOGETHER: usize = 24;

/// A table is closed when the slot in which it was deactivated is no longer among so many.
pub const RECENT_SLOTS: usize = 512;

/// How a table is called where there is none.
pub(crate) const NAME: &str = "lookup table";
/// What it begins with.
const INITIALIZED: [u8; 4] = 1u32.to_le_bytes();
/// Where it says whether it has an authority, and which.
const AUTHORITY_AT: usize = 21;
/// Where the addresses begin.
const ADDRESSES_AT: usize = 56;

/// A lookup table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupTable {
    /// Where it is.
    pub key: Pubkey,
    /// Who may add to it, deactivate and close it; `None` where nobody may any more.
    pub authority: Option<Pubkey>,
    /// The slot in which it was deactivated: nobody looks up in it once that is no recent slot any more.
    pub deactivated_slot: Option<u64>,
    /// What is in it. What was added in a slot can be looked up from the next one on.
    pub addresses: Vec<Pubkey>,
}

impl LookupTable {
    /// Reads an account of the program.
    ///
    /// # Errors
    ///
    /// What is no lookup table.
    pub fn decode(key: Pubkey, data: &[u8]) -> Result<Self, DecodeError> {
        let read = || {
            let deactivated = u64::from_le_bytes(*data.get(4..)?.first_chunk()?);
            let authority: [u8; 32] = data.get(AUTHORITY_AT + 1..)?.first_chunk().copied()?;
            let (addresses, rest) = data.get(ADDRESSES_AT..)?.as_chunks();
            (data.starts_with(&INITIALIZED) && rest.is_empty() && addresses.len() <= MAX_ADDRESSES).then(|| Self {
                key,
                authority: (data[AUTHORITY_AT] == 1).then(|| authority.into()),
                deactivated_slot: (deactivated != u64::MAX).then_some(deactivated),
                addresses: addresses.iter().copied().map(Pubkey::new_from_array).collect(),
            })
        };
        read().ok_or(DecodeError::WrongType { name: NAME })
    }

    /// What transactions look up in it: what is wanted of it, and nothing else. Everything else stands in
    /// full in what is signed, whatever the table holds or is said to hold.
    pub fn only(&self, wanted: &[Pubkey]) -> AddressLookupTableAccount {
        // No instruction names the table, so a place that holds it is not looked up.
        let kept = |address: &Pubkey| if wanted.contains(address) { *address } else { self.key };
        AddressLookupTableAccount { key: self.key, addresses: self.addresses.iter().map(kept).collect() }
    }

    /// What it does not hold of what is wanted, each once and in order.
    pub fn lacks(&self, wanted: &[Pubkey]) -> Vec<Pubkey> {
        let mut lacking = Vec::new();
        for address in wanted {
            if !self.addresses.contains(address) && !lacking.contains(address) {
                lacking.push(*address);
            }
        }
        lacking
    }
}

/// Of some tables the active one that holds most of what is wanted; `None` where none holds any of it.
pub fn fullest<'a>(tables: impl IntoIterator<Item = &'a LookupTable>, wanted: &[Pubkey]) -> Option<&'a LookupTable> {
    let will_do = tables.into_iter().filter(|table| {
        table.deactivated_slot.is_none() && table.addresses.iter().any(|address| wanted.contains(address))
    });
    will_do.min_by_key(|table| table.lacks(wanted).len())
}

/// The bytes of every table that somebody has the authority over, at their offsets.
pub(crate) fn of_authority(authority: &Pubkey) -> Vec<(usize, Vec<u8>)> {
    vec![(0, INITIALIZED.to_vec()), (AUTHORITY_AT, [&[1], authority.as_ref()].concat())]
}

/// Creates an empty table, and says where it will be: `recent_slot` is one of the 512 last slots with a
/// block. Signer: who pays.
pub fn create(authority: Pubkey, payer: Pubkey, recent_slot: u64) -> (Instruction, Pubkey) {
    let slot = recent_slot.to_le_bytes();
    let (key, bump) = Pubkey::find_program_address(&[authority.as_ref(), &slot], &PROGRAM);
    let accounts = vec![
        AccountMeta::new(key, false),
        AccountMeta::new_readonly(authority, false),
        AccountMeta::new(payer, true),
        AccountMeta::new_readonly(SYSTEM_PROGRAM, false),
    ];
    (build([&[0, 0, 0, 0][..], &slot, &[bump]].concat(), accounts), key)
}

/// Adds addresses to a table. Signers: the authority, and who pays the rent.
pub fn extend(table: Pubkey, authority: Pubkey, payer: Pubkey, addresses: &[Pubkey]) -> Instruction {
    let accounts = vec![
        AccountMeta::new(table, false),
        AccountMeta::new_readonly(authority, true),
        AccountMeta::new(payer, true),
        AccountMeta::new_readonly(SYSTEM_PROGRAM, false),
    ];
    let mut data = [&[2, 0, 0, 0][..], &(addresses.len() as u64).to_le_bytes()].concat();
    addresses.iter().for_each(|address| data.extend_from_slice(address.as_ref()));
    build(data, accounts)
}

/// Ends a table: soon nobody looks up in it. Signer: the authority.
pub fn deactivate(table: Pubkey, authority: Pubkey) -> Instruction {
    build(vec![3, 0, 0, 0], vec![AccountMeta::new(table, false), AccountMeta::new_readonly(authority, true)])
}

/// Closes a table whose end has come; the rent goes to `to`. Signer: the authority.
pub fn close(table: Pubkey, authority: Pubkey, to: Pubkey) -> Instruction {
    let accounts =
        vec![AccountMeta::new(table, false), AccountMeta::new_readonly(authority, true), AccountMeta::new(to, false)];
    build(vec![4, 0, 0, 0], accounts)
}

fn build(data: Vec<u8>, accounts: Vec<AccountMeta>) -> Instruction {
    Instruction { program_id: PROGRAM, accounts, data }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::transactions::Unsigned};

    fn key(byte: u8) -> Pubkey {
        Pubkey::new_from_array([byte; 32])
    }

    fn table(addresses: Vec<Pubkey>) -> LookupTable {
        LookupTable { key: key(90), authority: Some(key(91)), deactivated_slot: None, addresses }
    }

    /// Something that names some accounts.
    fn naming(accounts: &[Pubkey]) -> Instruction {
        let accounts = accounts.iter().map(|key| AccountMeta::new_readonly(*key, false)).collect();
        Instruction { program_id: key(80), accounts, data: Vec::new() }
    }

    #[test]
    fn a_message_is_of_version_0_only_where_a_table_makes_it_smaller() {
        let (payer, named) = (key(1), [key(2), key(3), key(4)]);
        let made = |tables: &[LookupTable], wanted: &[Pubkey]| {
            let tables: Vec<_> = tables.iter().map(|table| table.only(wanted)).collect();
            Unsigned::looking_up(&[naming(&named)], &payer, &tables, Default::default())
        };
        let plain = Unsigned::new(&[naming(&named)], &payer, Default::default());
        for tables in [vec![], vec![table(vec![])], vec![table(vec![key(9)])], vec![table(vec![key(2)])]] {
            assert_eq!(made(&tables, &named), plain, "{tables:?}");
        }
        let full = table(named.to_vec());
        let small = made(std::slice::from_ref(&full), &named);
        // A byte for the version, one for the number of tables; of this one its key and two numbers.
        assert_eq!((small.tables(), small.size()), (vec![key(90)], plain.size() - 3 * 32 + 2 + 34 + 3));
        assert_eq!((small.message()[0], small.signers()), (0x80, &[payer][..]));
        assert_eq!(made(&[full], &[]), plain, "nothing is wanted of it");
    }

    #[test]
    fn what_is_not_wanted_of_a_table_and_who_signs_stand_in_full() {
        let (payer, target) = (key(1), key(5));
        let named = [key(2), key(3), key(4), target, payer];
        let strange = table(vec![target, key(4), payer, key(80), key(3), key(2)]);
        let tables = [strange.only(&[key(2), key(3), key(4), payer, key(80)])];
        let made = Unsigned::looking_up(&[naming(&named)], &payer, &tables, Default::default());
        let message = &made.transaction.message;
        assert_eq!(message.static_account_keys(), [payer, target, key(80)]);
        let lookups = message.address_table_lookups().unwrap();
        assert_eq!((lookups.len(), &lookups[0].readonly_indexes), (1, &vec![5, 4, 1]));
    }

    #[test]
    fn of_several_tables_the_fullest_is_taken_that_is_active_and_holds_anything() {
        let wanted = [key(2), key(3), key(4)];
        let ended = LookupTable { deactivated_slot: Some(9), ..table(wanted.to_vec()) };
        let all = [table(vec![key(2), key(9), key(8)]), ended, table(vec![key(2), key(4)]), table(vec![key(9)])];
        assert_eq!(fullest(&all, &wanted), Some(&all[2]));
        assert_eq!((fullest(&all, &[key(7)]), fullest(&all[1..2], &wanted)), (None, None));
    }

    #[test]
    fn what_is_lacking_is_named_once() {
        assert_eq!(table(vec![key(2)]).lacks(&[key(3), key(2), key(3), key(1)]), [key(3), key(1)]);
    }

    #[test]
    fn other_bytes_are_no_lookup_table() {
        let mut data = [&INITIALIZED[..], &[255; 8], &[0; 8], &[0, 1], &[7; 32], &[0; 2], &[8; 32], &[9; 32]].concat();
        let read = LookupTable::decode(key(90), &data).unwrap();
        let expected = LookupTable { authority: Some(key(7)), ..table(vec![key(8), key(9)]) };
        assert_eq!(read, expected);
        let refused = |data: &[u8]| LookupTable::decode(key(90), data).is_err();
        let long = [&data[..56], &[1; 32 * 257]].concat();
        assert!(refused(&[]) && refused(&data[..55]) && refused(&data[..70]) && refused(&long));
        (data[4], data[21]) = (254, 0);
        let read = LookupTable::decode(key(90), &data).unwrap();
        assert_eq!((read.authority, read.deactivated_slot), (None, Some(u64::MAX - 1)));
        data[0] = 0;
        assert!(refused(&data));
    }
}
