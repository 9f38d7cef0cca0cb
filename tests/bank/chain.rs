//! The bank and its people.

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
    work_token_localnet::{
        ACCOUNT_BYTES, MINT_BYTES, create_mint_ixs, create_token_ixs, mint_to_ix, program, set_mint_authority_ix,
    },
    work_token_sdk::{
        Account, AccountMeta, ID, Instruction, Pubkey, WorkTokenError,
        ix::SYSTEM_PROGRAM,
        transactions::{ComputeBudget, MAX_COMPUTE_UNITS},
    },
};

const GENESIS_TS: i64 = 1_800_000_000;
/// How long a slot of the cluster is meant to be.
const NOMINAL_SLOT_MS: u64 = 400;
const LOADER: Pubkey = Pubkey::from_str_const("BPFLoader2111111111111111111111111111111111");

pub struct Bank {
    context: ProgramTestContext,
}

impl Bank {
    /// A bank with the program: the freshly built one that the variable names, else the committed one.
    pub async fn start() -> Self {
        let elf = program().expect("the program can be read");
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

    /// Sends instructions that must succeed, with the limit of bytes that the SDK asks for: this bank counts
    /// all that is loaded, programs too.
    pub async fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) {
        let payer = self.context.payer.pubkey();
        let budget = ComputeBudget { units: MAX_COMPUTE_UNITS, ..ComputeBudget::after(0, 0, instructions, &payer) };
        let all = budget.with_if_it_fits(instructions, &payer, &[]);
        self.process(&all, signers).await.expect("the bank accepts the transaction");
    }

    /// The program alone is as large as a limit that is too tight.
    pub async fn refuses_to_load_no_more_than_the_program(&mut self, instruction: &Instruction, signers: &[&Keypair]) {
        let loaded_bytes = u32::try_from(program().expect("the program can be read").len()).expect("it is small");
        let tight = ComputeBudget { units: MAX_COMPUTE_UNITS, loaded_bytes, micro_lamports_per_unit: None };
        let refused = self.process(&tight.with(std::slice::from_ref(instruction)), signers).await;
        assert_eq!(refused, Err(TransactionError::MaxLoadedAccountsDataSizeExceeded));
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

    async fn rent(&mut self, bytes: u64) -> u64 {
        self.context.banks_client.get_rent().await.expect("the bank has a rent").minimum_balance(bytes as usize)
    }

    /// A mint with six decimals.
    pub async fn create_mint(&mut self, authority: &Keypair) -> Pubkey {
        let (key, rent) = (Keypair::new(), self.rent(MINT_BYTES).await);
        let create = create_mint_ixs(self.context.payer.pubkey(), key.pubkey(), authority.pubkey(), rent);
        self.send(&create, &[&key]).await;
        key.pubkey()
    }

    /// A token account of somebody.
    pub async fn create_token_account(&mut self, mint: &Pubkey, owner: &Keypair) -> Pubkey {
        let (key, rent) = (Keypair::new(), self.rent(ACCOUNT_BYTES).await);
        let create = create_token_ixs(self.context.payer.pubkey(), key.pubkey(), *mint, owner.pubkey(), rent);
        self.send(&create, &[&key]).await;
        key.pubkey()
    }

    pub async fn mint_to(&mut self, mint: &Pubkey, authority: &Keypair, to: &Pubkey, amount: u64) {
        self.send(&[mint_to_ix(authority.pubkey(), *mint, *to, amount)], &[authority]).await;
    }

    /// Makes the network the mint's authority.
    pub async fn hand_over_mint(&mut self, mint: &Pubkey, authority: &Keypair, network: &Pubkey) {
        self.send(&[set_mint_authority_ix(authority.pubkey(), *mint, network)], &[authority]).await;
    }
}
