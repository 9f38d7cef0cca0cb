//! DAOs of SPL Governance, their proposals and what was voted.

use {
    super::{Client, ClientError},
    crate::{
        Pubkey,
        governance::{
            Governance, GovernanceAccount, GovernanceAddresses, Proposal, ProposalAddresses, ProposalTransaction,
            Realm, RealmAddresses, VoteRecord,
        },
        transport::{Filter, RawAccount},
    },
};

impl Client<'_> {
    /// An account of an instance of SPL Governance; `None` where there is nothing.
    ///
    /// # Errors
    ///
    /// An account of another program or type, and when the chain cannot be asked.
    pub fn find_of_governance<A: GovernanceAccount>(
        &self,
        program: &Pubkey,
        key: &Pubkey,
    ) -> Result<Option<A>, ClientError> {
        self.transport.account(key)?.map(|account| read(program, key, &account)).transpose()
    }

    /// The same where it must exist.
    ///
    /// # Errors
    ///
    /// [`ClientError::Missing`] where there is nothing, and those of [`Self::find_of_governance`].
    pub fn of_governance<A: GovernanceAccount>(&self, program: &Pubkey, key: &Pubkey) -> Result<A, ClientError> {
        self.find_of_governance(program, key)?.ok_or(ClientError::Missing { name: A::NAME, key: *key })
    }

    /// A realm, and where what belongs to it lies.
    ///
    /// # Errors
    ///
    /// Where there is none, and when the chain cannot be asked.
    pub fn realm(&self, program: &Pubkey, key: &Pubkey) -> Result<(RealmAddresses, Realm), ClientError> {
        let realm: Realm = self.of_governance(program, key)?;
        Ok((RealmAddresses::of(*program, *key, realm.mint), realm))
    }

    /// A proposal by its address alone: it names its governance, and that its realm.
    ///
    /// # Errors
    ///
    /// Where there is none, and when the chain cannot be asked.
    pub fn proposal(
        &self,
        program: &Pubkey,
        key: &Pubkey,
    ) -> Result<(ProposalAddresses, Proposal, Governance), ClientError> {
        let proposal: Proposal = self.of_governance(program, key)?;
        let governance: Governance = self.of_governance(program, &proposal.governance)?;
        let realm = RealmAddresses::of(*program, governance.realm, proposal.mint);
        let at = GovernanceAddresses::of(realm, proposal.governance);
        Ok((ProposalAddresses { at, proposal: *key }, proposal, governance))
    }

    /// All governances of a realm.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn governances(&self, realm: &RealmAddresses) -> Result<Vec<(Pubkey, Governance)>, ClientError> {
        self.list_of_governance::<Governance>(&realm.program, &realm.realm)
    }

    /// All proposals of a governance, the oldest first.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn proposals(&self, at: &GovernanceAddresses) -> Result<Vec<(Pubkey, Proposal)>, ClientError> {
        let mut found = self.list_of_governance::<Proposal>(&at.realm.program, &at.governance)?;
        found.sort_by_key(|(key, proposal)| (proposal.draft_ts, *key));
        Ok(found)
    }

    /// All votes on a proposal that were not taken back, the heaviest first.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn votes(&self, at: &ProposalAddresses) -> Result<Vec<VoteRecord>, ClientError> {
        let found = self.list_of_governance::<VoteRecord>(&at.at.realm.program, &at.proposal)?;
        let mut votes: Vec<VoteRecord> = found.into_iter().map(|(_, vote)| vote).collect();
        votes.sort_by_key(|vote| (std::cmp::Reverse(vote.weight), vote.owner));
        Ok(votes)
    }

    /// The transactions of a proposal, in their order.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn proposed_transactions(
        &self,
        at: &ProposalAddresses,
        proposal: &Proposal,
    ) -> Result<Vec<ProposalTransaction>, ClientError> {
        let count = proposal.options.first().map_or(0, |option| option.next_transaction);
        let keys: Vec<Pubkey> = (0..count).map(|number| at.transaction(number)).collect();
        let accounts = self.transport.accounts(&keys)?;
        let found = keys.iter().zip(&accounts).filter_map(|(key, account)| Some((key, account.as_ref()?)));
        found.map(|(key, account)| read(&at.at.realm.program, key, account)).collect()
    }

    /// All accounts of a type that begin with this address.
    fn list_of_governance<A: GovernanceAccount>(
        &self,
        program: &Pubkey,
        of: &Pubkey,
    ) -> Result<Vec<(Pubkey, A)>, ClientError> {
        let bytes = vec![(0, vec![A::TYPE]), (1, of.to_bytes().to_vec())];
        let found = self.transport.program_accounts(program, &Filter { size: None, bytes })?;
        found.into_iter().map(|(key, account)| Ok((key, read(program, &key, &account)?))).collect()
    }
}

fn read<A: GovernanceAccount>(program: &Pubkey, key: &Pubkey, account: &RawAccount) -> Result<A, ClientError> {
    if account.owner != *program {
        return Err(ClientError::NotOurs { name: A::NAME, key: *key, owner: account.owner });
    }
    A::decode(&account.data).map_err(|source| ClientError::Unreadable { key: *key, source })
}
