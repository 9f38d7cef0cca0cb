//! The bank, its people, and the token program's instructions written by hand.

use {
    solana_program_test::{ProgramTest, ProgramTestContext},
    solana_sdk::{
        account::Account as RawAccount,
        clock::Clock,
        instruction::InstructionError,
        signature::Keypair,
        signer::Signer,
        transaction::{Transaction, TransactionError},
    },
    work_token_localnet::{COMMITTED_ELF, ELF_VARIABLE},
    work_token_sdk::{Account, AccountMeta, ID, Instruction, Pubkey, WorkTokenError, ix::SYSTEM_PROGRAM},
};

pub const TOKEN: u64 = 1_000_000;
pub const HOUR: i64 = 3_600;
pub const EPOCH: i64 = 24 * HOUR;
pub const SPL_TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const GENESIS_TS: i64 = 1_800_000_000;
/// How long a slot of the cluster is meant to be.
const NOMINAL_SLOT_MS: u64 = 400;
const LOADER: Pubkey = Pubkey::from_str_const("BPFLoader2111111111111111111111111111111111");

const INITIALIZE_MINT_2: u8 = 20;
const INITIALIZE_ACCOUNT_3: u8 = 18;
const MINT_TO: u8 = 7;
const SET_AUTHORITY: u8 = 6;
const MINT_TOKENS: u8 = 0;

pub struct Bank {
    context: ProgramTestContext,
}

impl Bank {
    /// A bank with the program: the freshly built one that the variable names, else the committed one.
    pub async fn start() -> Self {
        let elf = match std::env::var_os(ELF_VARIABLE) {
            Some(path) => std::fs::read(path).expect("the program can be read"),
            None => COMMITTED_ELF.to_vec(),
        };
        let mut test = ProgramTest::default();
        test.prefer_bpf(true);
        let account =
            RawAccount { lamports: 10_000_000_000, data: elf, owner: LOADER, executable: true, rent_epoch: 0 };
        test.add_account(ID, account);
        let context = test.start_with_context().await;
        let bank = Self { context };
        bank.set_time(GENESIS_TS);
        bank
    }

    /// Turns the clock, and the slots with it at their nominal length: the network was up all the while.
    pub fn set_time(&self, now_ts: i64) {
        let slot = ((now_ts - GENESIS_TS) as u64) * 1_000 / NOMINAL_SLOT_MS;
        let clock = Clock { slot, unix_timestamp: now_ts, ..Clock::default() };
        self.context.set_sysvar(&clock);
    }

    /// Somebody with lamports.
    pub async fn person(&mut self) -> Keypair {
        let key = Keypair::new();
        let mut data = 2u32.to_le_bytes().to_vec();
        data.extend_from_slice(&10_000_000_000u64.to_le_bytes());
        let accounts = vec![AccountMeta::new(self.context.payer.pubkey(), true), AccountMeta::new(key.pubkey(), false)];
        self.send(&[Instruction { program_id: SYSTEM_PROGRAM, accounts, data }], &[]).await;
        key
    }

    async fn process(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<(), TransactionError> {
        let blockhash = self.context.get_new_latest_blockhash().await.expect("the bank has a new blockhash");
        let payer = self.context.payer.insecure_clone();
        let mut keys = vec![&payer];
        keys.extend(signers);
        let transaction = Transaction::new_signed_with_payer(instructions, Some(&payer.pubkey()), &keys, blockhash);
        self.context.banks_client.process_transaction(transaction).await.map_err(|error| error.unwrap())
    }

    /// Sends instructions that must succeed.
    pub async fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) {
        self.process(instructions, signers).await.expect("the bank accepts the transaction");
    }

    /// Sends an instruction that must be refused with `error`.
    pub async fn refuses(&mut self, instructions: &[Instruction], signers: &[&Keypair], error: WorkTokenError) {
        let refused = self.process(instructions, signers).await;
        let expected = TransactionError::InstructionError(0, InstructionError::Custom(error.code()));
        assert_eq!(refused, Err(expected));
    }

    async fn account(&mut self, key: &Pubkey) -> Option<RawAccount> {
        self.context.banks_client.get_account(*key).await.expect("the bank answers")
    }

    pub async fn exists(&mut self, key: &Pubkey) -> bool {
        self.account(key).await.is_some()
    }

    pub async fn read<A: Account>(&mut self, key: &Pubkey) -> A {
        A::decode(&self.account(key).await.expect("the account exists").data).expect("the account is of this type")
    }

    async fn number_at(&mut self, key: &Pubkey, offset: usize) -> u64 {
        let data = self.account(key).await.expect("the account exists").data;
        u64::from_le_bytes(data[offset..offset + 8].try_into().expect("eight bytes"))
    }

    pub async fn balance(&mut self, account: &Pubkey) -> u64 {
        self.number_at(account, 64).await
    }

    pub async fn supply(&mut self, mint: &Pubkey) -> u64 {
        self.number_at(mint, 36).await
    }

    /// The system program's instruction that creates an account of the token program.
    async fn create_account(&mut self, key: &Keypair, space: u64) -> Instruction {
        let rent = self.context.banks_client.get_rent().await.expect("the bank has a rent");
        let mut data = 0u32.to_le_bytes().to_vec();
        data.extend_from_slice(&rent.minimum_balance(space as usize).to_le_bytes());
        data.extend_from_slice(&space.to_le_bytes());
        data.extend_from_slice(SPL_TOKEN.as_ref());
        let accounts = vec![AccountMeta::new(self.context.payer.pubkey(), true), AccountMeta::new(key.pubkey(), true)];
        Instruction { program_id: SYSTEM_PROGRAM, accounts, data }
    }

    /// A mint with six decimals.
    pub async fn create_mint(&mut self, authority: &Keypair) -> Pubkey {
        let key = Keypair::new();
        let create = self.create_account(&key, 82).await;
        let mut data = vec![INITIALIZE_MINT_2, 6];
        data.extend_from_slice(authority.pubkey().as_ref());
        data.push(0);
        let initialize = token(vec![AccountMeta::new(key.pubkey(), false)], data);
        self.send(&[create, initialize], &[&key]).await;
        key.pubkey()
    }

    /// A token account of somebody.
    pub async fn create_token_account(&mut self, mint: &Pubkey, owner: &Keypair) -> Pubkey {
        let key = Keypair::new();
        let create = self.create_account(&key, 165).await;
        let mut data = vec![INITIALIZE_ACCOUNT_3];
        data.extend_from_slice(owner.pubkey().as_ref());
        let initialize =
            token(vec![AccountMeta::new(key.pubkey(), false), AccountMeta::new_readonly(*mint, false)], data);
        self.send(&[create, initialize], &[&key]).await;
        key.pubkey()
    }

    pub async fn mint_to(&mut self, mint: &Pubkey, authority: &Keypair, to: &Pubkey, amount: u64) {
        let mut data = vec![MINT_TO];
        data.extend_from_slice(&amount.to_le_bytes());
        let accounts = vec![
            AccountMeta::new(*mint, false),
            AccountMeta::new(*to, false),
            AccountMeta::new_readonly(authority.pubkey(), true),
        ];
        self.send(&[token(accounts, data)], &[authority]).await;
    }

    /// Makes the network the mint's authority.
    pub async fn hand_over_mint(&mut self, mint: &Pubkey, authority: &Keypair, network: &Pubkey) {
        let mut data = vec![SET_AUTHORITY, MINT_TOKENS, 1];
        data.extend_from_slice(network.as_ref());
        let accounts = vec![AccountMeta::new(*mint, false), AccountMeta::new_readonly(authority.pubkey(), true)];
        self.send(&[token(accounts, data)], &[authority]).await;
    }
}

fn token(accounts: Vec<AccountMeta>, data: Vec<u8>) -> Instruction {
    Instruction { program_id: SPL_TOKEN, accounts, data }
}
