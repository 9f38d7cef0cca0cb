use {
    super::*,
    crate::{
        AccountMeta, Hash, ID,
        args::SetModelArgs,
        interface::tags::of_instruction,
        ix,
        state::{AuthorityRole, JobRules, NetworkParams},
        transactions::{MAX_TRANSACTION_BYTES, Unsigned},
    },
    bytemuck::Zeroable,
};

/// What `@sqds/multisig` 2.1.4 makes of [`told`].
const PINNED: &str = "01010204c522db2721f4c731113fde9eb97034273981f83ea9ce4cd7e46afc5893baefaa0505050505050505\
    050505050505050505050505050505050505050505050505060606060606060606060606060606060606060606060606060606060606\
    060607a2d36049019e65d818c66c7cd9628d3951e82e336d33beb273de3dd0ba7a6303030200010c00d316ddfb4a79c12f3c00000003\
    0200010800a99004260a8dbcff030400010200080064ac713c194450ac00";

fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

fn ours() -> Pubkey {
    vault(&multisig(&key(1)), 0)
}

/// A pause, its end, and an instruction that names the vault twice.
fn told() -> [Instruction; 3] {
    let vault = ours();
    let accounts = vec![
        AccountMeta::new_readonly(vault, true),
        AccountMeta::new_readonly(key(5), false),
        AccountMeta::new(key(6), false),
        AccountMeta::new(vault, true),
    ];
    let data = of_instruction("cancel_params").to_vec();
    let third = Instruction { program_id: ID, accounts, data };
    [ix::pause(&key(5), vault, 60), ix::unpause(&key(5), vault), third]
}

/// Reads bytes from the front, as the program reads them.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn byte(&mut self) -> usize {
        usize::from(self.take(1)[0])
    }

    fn short(&mut self) -> usize {
        usize::from(u16::from_le_bytes([self.take(1)[0], self.take(1)[0]]))
    }
}

/// The instructions of a message, as the program would call them.
fn read(bytes: &[u8]) -> Vec<Instruction> {
    let mut reader = Reader(bytes);
    let [signers, writable_signers, writable_others] = [0; 3].map(|_| reader.byte());
    let count = reader.byte();
    let keys: Vec<Pubkey> =
        (0..count).map(|_| Pubkey::new_from_array(reader.take(32).try_into().expect("32 bytes"))).collect();
    let meta = |index: usize| AccountMeta {
        pubkey: keys[index],
        is_signer: index < signers,
        is_writable: index < writable_signers || (index >= signers && index < signers + writable_others),
    };
    let count = reader.byte();
    let instructions = (0..count)
        .map(|_| {
            let program_id = keys[reader.byte()];
            let count = reader.byte();
            let accounts = (0..count).map(|_| meta(reader.byte())).collect();
            let len = reader.short();
            Instruction { program_id, accounts, data: reader.take(len).to_vec() }
        })
        .collect();
    assert_eq!((reader.byte(), reader.0.len()), (0, 0), "no lookup tables, and nothing behind them");
    instructions
}

/// Whatever the admin, guardian or arbiter of a network may be asked to sign.
fn governing() -> Vec<Instruction> {
    let (network, vault) = (key(5), ours());
    let args = SetModelArgs { name: [b'a'; 32], hash: [1; 32], status: 1, uri_len: 128, uri: [b'u'; 128] };
    vec![
        ix::propose_authority(&network, vault, AuthorityRole::Guardian, key(9)),
        ix::accept_authority(&network, vault, AuthorityRole::Admin),
        ix::pause(&network, vault, 60),
        ix::unpause(&network, vault),
        ix::propose_params(&network, vault, vault, key(8), 1, &NetworkParams::zeroed()),
        ix::cancel_params(&network, vault, 1, vault),
        ix::set_job_class(&network, vault, vault, 3, &JobRules::zeroed()),
        ix::set_model(&network, vault, vault, &args),
    ]
}

#[test]
fn multisigs_vaults_transactions_and_proposals_lie_where_squads_derives_them() {
    let multisig = multisig(&key(1));
    let found = [multisig, vault(&multisig, 0), vault(&multisig, 1), vault(&multisig, 255)];
    let expected = [
        "9Aqe8DJjBXEmbxMjoemg9VMhh5sqUsei1NEdke3QtNmS",
        "EGY9KCR8EaJPdfPExGyi5pFcrh2e6AtzG2D8imXYV48R",
        "AwtsLvAoFYE45sASTpVuA4FW8Ws7DaC9AxHanxXcAgy2",
        "CwJ7JbzPuJHPXFMGXBBhxAeimuE4JfTj2CQgCYMJ5mnm",
    ];
    assert_eq!(found.map(|key| key.to_string()), expected);
    let voted = [transaction(&multisig, 7), proposal(&multisig, 7)].map(|key| key.to_string());
    assert_eq!(voted, ["GeFCoTPu5ACrGHWCeWyRjDYEd1g3MKx7QMdPxbnQAMY4", "BEy4YZci5D7rUq1h7oGmM14NTVnEEavmftqz6vfJNDqS"]);
}

#[test]
fn a_message_has_the_bytes_that_squads_own_client_makes() {
    let bytes = message(&ours(), &told()).expect("the vault signs alone");
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, PINNED.replace(' ', ""));
}

#[test]
fn a_message_read_by_its_layout_is_the_instructions_that_made_it() {
    for instruction in governing() {
        let bytes = message(&ours(), std::slice::from_ref(&instruction)).expect("the vault signs alone");
        let [read] = &read(&bytes)[..] else { panic!("one instruction") };
        assert_eq!((read.program_id, &read.data), (ID, &instruction.data));
        assert_eq!(read.accounts.len(), instruction.accounts.len());
        for (read, meta) in read.accounts.iter().zip(&instruction.accounts) {
            let is_vault = meta.pubkey == ours();
            let is_written = instruction.accounts.iter().any(|same| same.pubkey == meta.pubkey && same.is_writable);
            assert_eq!((read.pubkey, read.is_signer), (meta.pubkey, is_vault), "the vault alone signs");
            assert_eq!(read.is_writable, is_vault || is_written, "what one of its places may write may be written");
        }
    }
}

#[test]
fn what_somebody_else_must_sign_is_no_vault_transaction() {
    let other = ix::set_job_class(&key(5), ours(), key(7), 3, &JobRules::zeroed());
    assert_eq!(message(&ours(), &[other]), Err(NoMessage::OtherSigner { signer: key(7) }));
    let long = Instruction { program_id: ID, accounts: Vec::new(), data: vec![0; 65_536] };
    assert_eq!(message(&ours(), &[long]), Err(NoMessage::TooLong));
    let accounts = (0..=255).map(|byte| AccountMeta::new(key(byte), false)).collect();
    let many = Instruction { program_id: ID, accounts, data: Vec::new() };
    assert_eq!(message(&ours(), &[many]), Err(NoMessage::TooLong));
}

/// Bytes of the transaction in which a member creates a vault transaction with a message of a length.
fn creation(message: usize) -> usize {
    let (member, multisig) = (key(2), multisig(&key(1)));
    let accounts = vec![
        AccountMeta::new(multisig, false),
        AccountMeta::new(transaction(&multisig, 1), false),
        AccountMeta::new_readonly(member, true),
        AccountMeta::new(member, true),
        AccountMeta::new_readonly(ix::SYSTEM_PROGRAM, false),
    ];
    let len = u32::try_from(message).expect("a short message").to_le_bytes();
    let head = [&of_instruction("vault_transaction_create")[..], &[0, 0], &len].concat();
    let data = [head, vec![0; message], vec![0]].concat();
    Unsigned::new(&[Instruction { program_id: PROGRAM, accounts, data }], &member, Hash::default()).size()
}

#[test]
fn every_message_that_governs_a_network_fits_the_transaction_that_creates_it() {
    assert_eq!(creation(MAX_MESSAGE_BYTES), MAX_TRANSACTION_BYTES);
    for instruction in governing() {
        let bytes = message(&ours(), &[instruction]).expect("the vault signs alone");
        assert!(bytes.len() <= MAX_MESSAGE_BYTES, "{}", bytes.len());
    }
}
