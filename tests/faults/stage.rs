//! What every case begins with: a network with a provider and one who delegates, on the embedded chain.

use {
    crate::chain::{Chain, FIRST_SLOT, blockhash, height},
    litesvm::LiteSVM,
    solana_sdk::{account::Account, transaction::VersionedTransaction},
    work_token_localnet::{Actor, Scenario, ScenarioOptions, TOKEN, delegate_ix},
    work_token_sdk::{
        AccountMeta, Hash, InFlight, Instruction, Keypair, PositionAddresses, Pubkey, Signature, Transport,
        fate::{Expiry, nonce_value},
        ix::SYSTEM_PROGRAM,
        rpc::SignatureOf,
        transactions::Unsigned,
        transport::RawAccount,
    },
};

/// The value of the nonce.
const NONCE: [u8; 32] = [9; 32];
/// A delegation of the flow.
pub const AMOUNT: u64 = 300 * TOKEN;

pub struct Stage {
    scenario: Scenario,
    alice: Actor,
    nonce: Pubkey,
    delegate: Instruction,
    position: PositionAddresses,
    old: Signature,
    begin: Chain,
}

impl Stage {
    pub fn new() -> Self {
        let scenario = Scenario::start(&ScenarioOptions::default()).expect("the embedded chain starts");
        let owner = scenario.actor("owner", 30_000 * TOKEN);
        let alice = scenario.actor("alice", 100_000 * TOKEN);
        let provider = scenario.register(&owner, 1_000, 20_000 * TOKEN).expect("he registers");
        let position = scenario.delegate(&alice, &provider, AMOUNT).expect("she delegates");
        let nonce = Pubkey::new_from_array([77; 32]);
        let authority = alice.address();
        let data = [&[1, 0, 0, 0, 1, 0, 0, 0][..], authority.as_ref(), &NONCE, &5_000u64.to_le_bytes()].concat();
        let lamports = 2_000_000;
        scenario.chain.with_svm(|svm: &mut LiteSVM| {
            let account = Account { lamports, data, owner: SYSTEM_PROGRAM, executable: false, rent_epoch: u64::MAX };
            svm.set_account(nonce, account).expect("a nonce is an account");
        });
        let delegate = delegate_ix(&position, alice.tokens, AMOUNT);
        let mut begin = Chain::of(scenario.chain.snapshot());
        // Something that landed long ago, before any case begins.
        let old_hash = blockhash(height(FIRST_SLOT - 4_000));
        let pay = [delegate.clone()];
        let old = Unsigned::new(&pay, &alice.address(), old_hash).sign(&[&alice.key]).expect("she signs");
        begin.rewind(FIRST_SLOT - 3_990);
        begin.forward(old.clone(), FIRST_SLOT - 3_980);
        begin.turn_to(FIRST_SLOT);
        assert_eq!(begin.done(), 1, "what landed long ago is there");
        Self { old: old.signatures[0], scenario, alice, nonce, delegate, position, begin }
    }

    /// The chain at the beginning of a case.
    pub fn chain(&self) -> Chain {
        self.begin.clone()
    }

    pub fn key(&self) -> &Keypair {
        &self.alice.key
    }

    pub fn delegate(&self) -> Instruction {
        self.delegate.clone()
    }

    pub fn delegate_ref(&self) -> &Instruction {
        &self.delegate
    }

    /// Signed with a blockhash that no transport of this case has given out.
    pub fn signed(&self) -> VersionedTransaction {
        self.sign(&[self.delegate()], blockhash(height(FIRST_SLOT - 60)))
    }

    /// The same with a durable nonce.
    pub fn nonced(&self) -> VersionedTransaction {
        self.sign(&[self.advance(), self.delegate()], Hash::new_from_array(NONCE))
    }

    /// What spends the nonce for something else.
    pub fn rival(&self) -> VersionedTransaction {
        self.sign(&[self.advance()], Hash::new_from_array(NONCE))
    }

    /// What was kept of the one with the nonce.
    pub fn nonced_flight(&self) -> InFlight {
        let (account, value) = (self.nonce, Hash::new_from_array(NONCE));
        let expiry = Expiry::Nonce { account, value, as_of_slot: FIRST_SLOT };
        InFlight { signature: self.nonced().signatures[0], expiry, since_slot: FIRST_SLOT }
    }

    fn advance(&self) -> Instruction {
        let recent_blockhashes = Pubkey::from_str_const("SysvarRecentB1ockHashes11111111111111111111");
        Instruction {
            program_id: SYSTEM_PROGRAM,
            accounts: vec![
                AccountMeta::new(self.nonce, false),
                AccountMeta::new_readonly(recent_blockhashes, false),
                AccountMeta::new_readonly(self.alice.address(), true),
            ],
            data: vec![4, 0, 0, 0],
        }
    }

    fn sign(&self, instructions: &[Instruction], blockhash: Hash) -> VersionedTransaction {
        let unsigned = Unsigned::new(instructions, &self.alice.address(), blockhash);
        unsigned.sign(&[&self.alice.key]).expect("she signs")
    }

    /// What was kept of what landed long ago.
    pub fn old_flight(&self) -> InFlight {
        let expiry = Expiry::Height(Chain::last_valid(height(FIRST_SLOT - 4_000)));
        InFlight { signature: self.old, expiry, since_slot: FIRST_SLOT - 4_000 }
    }

    /// Whoever answers knows that one transaction of hers, or lags behind it, or is too young for it.
    pub fn assert_signatures(&self, found: Option<Vec<SignatureOf>>) {
        let signatures: Option<Vec<Signature>> = found.map(|found| found.iter().map(|of| of.signature).collect());
        assert!(signatures.is_none_or(|found| found.is_empty() || found == [self.old]));
    }

    /// Seven accounts, one of which is none.
    pub fn keys(&self) -> Vec<Pubkey> {
        let provider = &self.position.provider;
        vec![
            provider.network.network,
            provider.provider,
            self.position.delegation,
            provider.network.mint,
            Pubkey::new_from_array([66; 32]),
            self.alice.tokens,
            self.nonce,
        ]
    }

    /// What is read is what stands on the chain, whatever happened on the way.
    pub fn assert_read(&self, accounts: &[Option<RawAccount>], all: &[(Pubkey, RawAccount)], now_ts: i64) {
        let state = self.begin.state_at(FIRST_SLOT);
        let truth = |key: &Pubkey| {
            state.get_account(key).map(|account| RawAccount {
                lamports: account.lamports,
                owner: account.owner,
                data: account.data,
            })
        };
        let expected: Vec<_> = self.keys().iter().map(truth).collect();
        assert_eq!(accounts, expected);
        let mut keys: Vec<Pubkey> = all.iter().map(|(key, _)| *key).collect();
        keys.sort();
        let owned = self.begin.of_program(&work_token_sdk::ID, FIRST_SLOT);
        assert_eq!(keys, owned.iter().map(|(key, _)| *key).collect::<Vec<_>>());
        assert_eq!(now_ts, self.begin.clock_at(FIRST_SLOT).unix_timestamp);
        assert_eq!(nonce_value(&accounts[6].as_ref().expect("the nonce").data), Some(Hash::new_from_array(NONCE)));
        assert!(self.scenario.chain.now_ts().is_ok());
    }
}
