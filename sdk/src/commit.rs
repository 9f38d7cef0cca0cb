//! Commitments to results, to reports, to votes and to openings of disputes, hashed as the program hashes
//! them, and what operators sign about results.
//!
//! A salt is 32 bytes that nobody can guess, new for every commitment, and kept until the reveal: who loses
//! it cannot reveal. [`crate::salts`] derives such that the signer's key alone finds again; one of chance is
//! the caller's to make, because this crate has no source of randomness.

use {
    crate::{
        Pubkey,
        addresses::{AttesterAddresses, BallotAddresses, DisputeAddresses, SeatAddresses, ShardAddresses},
        math::{minifloat, panel::MOST, score::MAX_METRICS},
        state::{NO_REPORT, REPORT_BYTES},
    },
    solana_sha256_hasher::hashv,
    work_token_interface::{
        WorkTokenError,
        commitments::{
            OpeningCommitment, ReportsCommitment, ResultCommitment, SIGNED_RESULT_LEN, VoteCommitment, signed_result,
        },
        limits::SHARD_PROVIDERS,
    },
};

pub use work_token_interface::commitments::OpeningKind;

/// A result that is committed to and revealed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedResult {
    /// The provider that commits.
    pub provider: Pubkey,
    /// Hash of the result.
    pub result_hash: [u8; 32],
    /// Salt.
    pub salt: [u8; 32],
}

/// The commitment to a result of a redundant job's seat; `created_slot` is the job's.
pub fn result_commitment(seat: &SeatAddresses, created_slot: u64, sealed: &SealedResult) -> [u8; 32] {
    let commitment = ResultCommitment {
        network: &seat.network().network,
        job: &seat.job.job,
        slot: &created_slot.to_le_bytes(),
        seat: &[seat.seat],
        provider: &sealed.provider,
        result_hash: &sealed.result_hash,
        salt: &sealed.salt,
    };
    hashv(&commitment.parts()).to_bytes()
}

/// The commitment to an attester's reports about a shard.
pub fn reports_commitment(
    attester: &AttesterAddresses,
    shard: &ShardAddresses,
    reports: &Reports,
    salt: &[u8; 32],
) -> [u8; 32] {
    let commitment = ReportsCommitment {
        network: &shard.network.network,
        shard: &shard.shard,
        epoch: &shard.epoch.to_le_bytes(),
        attester: &attester.owner,
        values: &reports.to_bytes(),
        salt,
    };
    hashv(&commitment.parts()).to_bytes()
}

/// The commitment to a juror's vote: `owner` is the juror's, `vote` a severity, 0 to dismiss.
pub fn vote_commitment(ballot: &BallotAddresses, owner: &Pubkey, vote: u8, salt: &[u8; 32]) -> [u8; 32] {
    let commitment = VoteCommitment {
        network: &ballot.dispute.network.network,
        dispute: &ballot.dispute.dispute,
        jury_and_index: &[ballot.jury, ballot.index],
        owner,
        vote: &[vote],
        salt,
    };
    hashv(&commitment.parts()).to_bytes()
}

/// What somebody will open, before anybody else can see what it is: the hash of it is committed to with the
/// bond, at most an hour before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedOpening {
    /// The network.
    pub network: Pubkey,
    /// Who will open.
    pub challenger: Pubkey,
    /// Whether a dispute is opened, a claim raised, or a fault proved.
    pub kind: OpeningKind,
    /// The disputed seat, or the provider for its conduct; the dispute whose claim is raised; the seat of the
    /// proof.
    pub subject: Pubkey,
    /// The severity claimed; 0 for a proof.
    pub severity: u8,
    /// The epoch of the conduct; 0 for a seat, a raise and a proof.
    pub epoch: u32,
    /// Salt; of a proof the first of its two results.
    pub salt: [u8; 32],
}

impl SealedOpening {
    /// Of a dispute that is opened.
    pub fn open(dispute: &DisputeAddresses, challenger: Pubkey, severity: u8, salt: [u8; 32]) -> Self {
        let epoch = if dispute.assignment.is_some() { 0 } else { dispute.epoch };
        let subject = dispute.assignment.unwrap_or(dispute.provider);
        Self { network: dispute.network.network, challenger, kind: OpeningKind::Open, subject, severity, epoch, salt }
    }

    /// Of a claim that is raised.
    pub fn raise(dispute: &DisputeAddresses, challenger: Pubkey, severity: u8, salt: [u8; 32]) -> Self {
        let (network, subject) = (dispute.network.network, dispute.dispute);
        Self { network, challenger, kind: OpeningKind::Raise, subject, severity, epoch: 0, salt }
    }

    /// Of a fault of a seat that is proved: the first of the two results is the salt.
    pub fn prove(dispute: &DisputeAddresses, challenger: Pubkey, first: [u8; 32]) -> Self {
        let subject = dispute.assignment.unwrap_or(dispute.provider);
        let network = dispute.network.network;
        Self { network, challenger, kind: OpeningKind::Prove, subject, severity: 0, epoch: 0, salt: first }
    }

    /// What is committed to.
    pub fn hash(&self) -> [u8; 32] {
        let commitment = OpeningCommitment {
            network: &self.network,
            challenger: &self.challenger,
            subject: &self.subject,
            kind_and_severity: &[self.kind as u8, self.severity],
            epoch: &self.epoch.to_le_bytes(),
            salt: &self.salt,
        };
        hashv(&commitment.parts()).to_bytes()
    }

    /// The commitment's account, and the bump of its address.
    pub fn address(&self) -> (Pubkey, u8) {
        crate::addresses::opening(&self.challenger, &self.hash())
    }
}

/// The message that an operator signs when it hands a result over; two of one seat that differ prove a fault:
/// [`crate::ix::signed_results`]. `created_slot` is the job's.
pub fn result_message(seat: &SeatAddresses, created_slot: u64, result_hash: &[u8; 32]) -> [u8; SIGNED_RESULT_LEN] {
    signed_result(&seat.network().network, &seat.job.job, created_slot, seat.seat, result_hash)
}

/// An attester's reports about the 48 places of a shard, six metrics each: parts in hundredths of a percent,
/// and units of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reports {
    values: [[u16; MAX_METRICS]; SHARD_PROVIDERS],
}

impl Default for Reports {
    fn default() -> Self {
        Self { values: [[NO_REPORT; MAX_METRICS]; SHARD_PROVIDERS] }
    }
}

impl Reports {
    /// Nothing reported about anybody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports a metric of the provider at a place: its seat's index modulo 48.
    ///
    /// # Errors
    ///
    /// More than 10,000, and a place or metric that does not exist.
    pub fn set(&mut self, place: usize, metric: usize, bps: u16) -> Result<(), WorkTokenError> {
        if bps > MOST {
            return Err(WorkTokenError::ReportOutOfBounds);
        }
        self.put(place, metric, bps)
    }

    /// Reports the units of work that the provider at a place did, where `metric` is the place of the metric
    /// of units: [`ScoreShard::units_metric`](crate::state::ScoreShard::units_metric). They are kept as a
    /// code, which rounds down by less than a 1,024th; [`Self::units`] says to what.
    ///
    /// # Errors
    ///
    /// More than [`minifloat::MOST`], and a place or metric that does not exist.
    pub fn set_units(&mut self, place: usize, metric: usize, units: u64) -> Result<(), WorkTokenError> {
        if units > minifloat::MOST {
            return Err(WorkTokenError::ReportOutOfBounds);
        }
        self.put(place, metric, minifloat::encode(units))
    }

    fn put(&mut self, place: usize, metric: usize, value: u16) -> Result<(), WorkTokenError> {
        let kept = self.values.get_mut(place).and_then(|values| values.get_mut(metric));
        *kept.ok_or(WorkTokenError::ReportOutOfBounds)? = value;
        Ok(())
    }

    /// The units that are reported of the provider at a place, as they will be counted.
    pub fn units(&self, place: usize, metric: usize) -> Option<u64> {
        self.get(place, metric).map(minifloat::decode)
    }

    /// What is reported of a metric of the provider at a place; of units their code.
    pub fn get(&self, place: usize, metric: usize) -> Option<u16> {
        self.values.get(place)?.get(metric).copied().filter(|value| *value != NO_REPORT)
    }

    /// Takes back everything about the provider at a place.
    pub fn clear(&mut self, place: usize) {
        if let Some(values) = self.values.get_mut(place) {
            *values = [NO_REPORT; MAX_METRICS];
        }
    }

    /// As committed to and revealed: by place and metric, little-endian, 65,535 where nothing is reported.
    pub fn to_bytes(&self) -> [u8; REPORT_BYTES] {
        let mut bytes = [0; REPORT_BYTES];
        for (to, value) in bytes.chunks_exact_mut(2).zip(self.values.as_flattened()) {
            to.copy_from_slice(&value.to_le_bytes());
        }
        bytes
    }

    /// From what was revealed.
    ///
    /// # Errors
    ///
    /// A value above the highest code of units that does not say that nothing is reported.
    pub fn from_bytes(bytes: &[u8; REPORT_BYTES]) -> Result<Self, WorkTokenError> {
        let mut reports = Self::new();
        for (value, from) in reports.values.as_flattened_mut().iter_mut().zip(bytes.chunks_exact(2)) {
            *value = u16::from_le_bytes([from[0], from[1]]);
            if *value > minifloat::MOST_CODE && *value != NO_REPORT {
                return Err(WorkTokenError::ReportOutOfBounds);
            }
        }
        Ok(reports)
    }
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::addresses::{ClientAddresses, DisputeAddresses, NetworkAddresses, ProviderAddresses},
        sha2::{Digest, Sha256},
    };

    fn network() -> NetworkAddresses {
        let key = |byte| Pubkey::new_from_array([byte; 32]);
        NetworkAddresses::derive(&key(1), 1, key(2), key(3))
    }

    #[test]
    fn a_result_is_hashed_with_its_domain_program_network_job_slot_seat_provider_and_salt() {
        let seat = ClientAddresses::derive(network(), Pubkey::new_from_array([4; 32])).job(7).seat(2);
        let sealed = SealedResult { provider: Pubkey::new_from_array([5; 32]), result_hash: [6; 32], salt: [7; 32] };
        let mut expected = Sha256::new();
        expected.update(b"result");
        for key in [crate::ID, network().network, seat.job.job] {
            expected.update(key.as_ref());
        }
        expected.update(300u64.to_le_bytes());
        expected.update([2]);
        expected.update([[5; 32], [6; 32], [7; 32]].concat());
        assert_eq!(result_commitment(&seat, 300, &sealed), <[u8; 32]>::from(expected.finalize()));

        let other = SealedResult { salt: [8; 32], ..sealed };
        assert_ne!(result_commitment(&seat, 300, &sealed), result_commitment(&seat, 300, &other));
        assert_ne!(result_commitment(&seat, 300, &sealed), result_commitment(&seat, 301, &sealed));
        assert_ne!(result_commitment(&seat, 300, &sealed), result_commitment(&seat.job.seat(1), 300, &sealed));
    }

    #[test]
    fn reports_are_hashed_with_their_domain_program_network_shard_epoch_attester_and_salt() {
        let attester = AttesterAddresses::derive(network(), Pubkey::new_from_array([4; 32]));
        let shard = ShardAddresses::derive(network(), 9, 1);
        let mut reports = Reports::new();
        reports.set(1, 2, 9_000).unwrap();
        let mut expected = Sha256::new();
        expected.update(b"reports");
        for key in [crate::ID, network().network, shard.shard] {
            expected.update(key.as_ref());
        }
        expected.update(9u32.to_le_bytes());
        expected.update([4; 32]);
        expected.update(reports.to_bytes());
        expected.update([5; 32]);
        let commitment = reports_commitment(&attester, &shard, &reports, &[5; 32]);
        assert_eq!(commitment, <[u8; 32]>::from(expected.finalize()));
    }

    #[test]
    fn a_vote_is_hashed_with_its_domain_program_network_dispute_jury_index_owner_and_salt() {
        let provider = ProviderAddresses::derive(network(), Pubkey::new_from_array([4; 32]));
        let dispute = DisputeAddresses::next_of_conduct(&provider, &bytemuck::Zeroable::zeroed(), 5, 0);
        let owner = Pubkey::new_from_array([5; 32]);
        let mut expected = Sha256::new();
        expected.update(b"vote");
        for key in [crate::ID, network().network, dispute.dispute] {
            expected.update(key.as_ref());
        }
        expected.update([1, 6]);
        expected.update(owner.as_ref());
        expected.update([3]);
        expected.update([7; 32]);
        let commitment = vote_commitment(&dispute.ballot(1, 6), &owner, 3, &[7; 32]);
        assert_eq!(commitment, <[u8; 32]>::from(expected.finalize()));
        assert_ne!(commitment, vote_commitment(&dispute.ballot(1, 6), &owner, 0, &[7; 32]));
    }

    #[test]
    fn an_opening_is_hashed_with_its_domain_program_network_challenger_subject_kind_severity_epoch_and_salt() {
        let provider = ProviderAddresses::derive(network(), Pubkey::new_from_array([4; 32]));
        let dispute = DisputeAddresses::next_of_conduct(&provider, &bytemuck::Zeroable::zeroed(), 5, 0);
        let challenger = Pubkey::new_from_array([6; 32]);
        let expected = |subject: &Pubkey, kind_and_severity: [u8; 2], epoch: u32| {
            let mut expected = Sha256::new();
            expected.update(b"opening");
            for key in [&crate::ID, &network().network, &challenger, subject] {
                expected.update(key.as_ref());
            }
            expected.update(kind_and_severity);
            expected.update(epoch.to_le_bytes());
            expected.update([7; 32]);
            <[u8; 32]>::from(expected.finalize())
        };
        let open = SealedOpening::open(&dispute, challenger, 3, [7; 32]);
        assert_eq!(open.hash(), expected(&provider.provider, [0, 3], 5));
        let raise = SealedOpening::raise(&dispute, challenger, 4, [7; 32]);
        assert_eq!(raise.hash(), expected(&dispute.dispute, [1, 4], 0));

        let seat = ClientAddresses::derive(network(), challenger).job(7).seat(2).assignment;
        let of_seat = DisputeAddresses { assignment: Some(seat), ..dispute };
        let open = SealedOpening::open(&of_seat, challenger, 1, [7; 32]);
        assert_eq!(open.hash(), expected(&seat, [0, 1], 0), "the epoch of a seat is no choice");
        let prove = SealedOpening::prove(&of_seat, challenger, [7; 32]);
        assert_eq!(prove.hash(), expected(&seat, [2, 0], 0));
        let other = SealedOpening { salt: [8; 32], ..open };
        assert_ne!(open.address(), other.address(), "each commitment has an address of its own");
    }

    #[test]
    fn a_signed_result_names_its_domain_program_network_job_slot_and_seat() {
        let seat = ClientAddresses::derive(network(), Pubkey::new_from_array([4; 32])).job(7).seat(2);
        let keys = [crate::ID, network().network, seat.job.job].map(|key| key.to_bytes()).concat();
        let expected = [&b"result"[..], &keys, &300u64.to_le_bytes(), &[2], &[6; 32]].concat();
        assert_eq!(result_message(&seat, 300, &[6; 32]), expected.as_slice());
    }

    #[test]
    fn reports_say_nothing_until_set_and_stand_where_the_program_reads_them() {
        let mut reports = Reports::new();
        assert_eq!(reports.to_bytes(), [0xff; REPORT_BYTES]);
        reports.set(47, 5, 10_000).unwrap();
        reports.set(3, 1, 258).unwrap();
        assert_eq!(reports.set(3, 1, 10_001), Err(WorkTokenError::ReportOutOfBounds));
        assert_eq!(reports.set(48, 0, 1), Err(WorkTokenError::ReportOutOfBounds));
        assert_eq!(reports.set(0, 6, 1), Err(WorkTokenError::ReportOutOfBounds));
        let bytes = reports.to_bytes();
        assert_eq!(bytes[(3 * 6 + 1) * 2..][..2], [2, 1]);
        assert_eq!(bytes[574..], 10_000u16.to_le_bytes());
        assert_eq!(Reports::from_bytes(&bytes), Ok(reports.clone()));

        let mut wrong = bytes;
        wrong[0..2].copy_from_slice(&32_767u16.to_le_bytes());
        assert_eq!(Reports::from_bytes(&wrong), Err(WorkTokenError::ReportOutOfBounds));
        reports.clear(3);
        assert_eq!((reports.get(3, 1), reports.get(47, 5)), (None, Some(10_000)));
    }

    #[test]
    fn units_are_kept_as_codes_and_said_as_they_will_be_counted() {
        let mut reports = Reports::new();
        reports.set_units(2, 4, 123_457).unwrap();
        assert_eq!((reports.get(2, 4), reports.units(2, 4)), (Some(8_073), Some(123_456)));
        assert_eq!(reports.set_units(2, 4, minifloat::MOST + 1), Err(WorkTokenError::ReportOutOfBounds));
        reports.set_units(2, 4, minifloat::MOST).unwrap();
        assert_eq!(Reports::from_bytes(&reports.to_bytes()), Ok(reports.clone()));
        assert_eq!(reports.units(2, 4), Some(minifloat::MOST));
    }
}
