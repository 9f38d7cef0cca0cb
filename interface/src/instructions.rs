//! Discriminators: the first 8 bytes of sha256 of `global:name`, `account:Name` and `event:Name`. Pinned here, so that a rename
//! cannot change the wire; a test compares them with the hashes and with the IDL.

/// Instructions by name.
pub const INSTRUCTIONS: &[(&str, [u8; 8])] = &[
    ("create_network", [150, 71, 176, 201, 244, 144, 46, 173]),
    ("register_provider", [254, 209, 54, 184, 46, 197, 109, 78]),
    ("stake_self", [159, 21, 129, 179, 44, 140, 48, 72]),
    ("delegate", [90, 147, 75, 178, 85, 88, 4, 137]),
    ("request_unbonding", [2, 181, 251, 87, 112, 70, 15, 182]),
    ("cancel_unbonding", [243, 60, 130, 206, 99, 136, 183, 77]),
    ("withdraw_unbonded", [237, 172, 52, 157, 194, 124, 79, 168]),
    ("claim_rewards", [4, 144, 132, 71, 116, 23, 151, 80]),
    ("restake", [97, 161, 241, 167, 6, 32, 213, 53]),
    ("claim_provider_rewards", [162, 96, 39, 39, 67, 65, 7, 98]),
    ("announce_commission", [10, 95, 42, 144, 190, 25, 58, 234]),
    ("set_operator", [238, 153, 101, 169, 243, 131, 36, 1]),
    ("set_reward_destination", [205, 161, 45, 87, 93, 126, 2, 19]),
    ("retire", [44, 138, 153, 31, 222, 53, 21, 16]),
    ("close_provider", [165, 19, 159, 160, 179, 241, 87, 244]),
    ("close_delegation", [41, 110, 46, 165, 0, 109, 193, 193]),
    ("open_epoch", [75, 57, 218, 33, 173, 254, 207, 136]),
    ("touch_provider", [152, 142, 235, 97, 152, 135, 116, 214]),
    ("weigh_providers", [242, 21, 218, 151, 229, 79, 76, 176]),
    ("finalize_epoch", [159, 93, 117, 217, 63, 44, 249, 76]),
    ("settle_providers", [37, 174, 244, 216, 236, 43, 25, 59]),
    ("sweep_epoch", [187, 9, 52, 111, 60, 24, 52, 28]),
    ("close_epoch", [13, 87, 7, 133, 109, 14, 83, 25]),
    ("activate_delegation", [163, 121, 171, 165, 127, 166, 103, 55]),
    ("sweep_surplus", [144, 67, 197, 177, 218, 200, 50, 24]),
    ("pay_treasury", [225, 12, 97, 182, 104, 65, 17, 51]),
    ("pause", [211, 22, 221, 251, 74, 121, 193, 47]),
    ("unpause", [169, 144, 4, 38, 10, 141, 188, 255]),
    ("propose_authority", [20, 148, 236, 198, 76, 119, 99, 142]),
    ("accept_authority", [107, 86, 198, 91, 33, 12, 107, 160]),
    ("propose_params", [94, 141, 220, 182, 171, 53, 52, 182]),
    ("execute_params", [211, 161, 167, 192, 235, 188, 25, 42]),
    ("cancel_params", [100, 172, 113, 60, 25, 68, 80, 172]),
];

/// Accounts by name.
pub const ACCOUNTS: &[(&str, [u8; 8])] = &[
    ("Network", [51, 5, 209, 183, 60, 99, 156, 251]),
    ("Provider", [164, 180, 71, 17, 75, 216, 80, 195]),
    ("Delegation", [237, 90, 140, 159, 124, 255, 243, 80]),
    ("Unbonding", [95, 230, 238, 186, 158, 104, 194, 88]),
    ("EpochPool", [104, 133, 69, 186, 186, 183, 101, 131]),
    ("ParamChange", [137, 128, 88, 140, 15, 201, 242, 13]),
];

/// Events by name.
pub const EVENTS: &[(&str, [u8; 8])] = &[
    ("NetworkCreated", [164, 212, 129, 27, 28, 58, 190, 118]),
    ("ProviderRegistered", [38, 209, 137, 78, 185, 19, 147, 14]),
    ("StakeDeposited", [69, 152, 144, 109, 232, 34, 225, 19]),
    ("UnbondingRequested", [35, 100, 228, 77, 118, 27, 223, 244]),
    ("UnbondingCancelled", [130, 114, 62, 29, 24, 171, 156, 46]),
    ("StakeWithdrawn", [33, 120, 159, 58, 140, 255, 174, 79]),
    ("RewardsClaimed", [75, 98, 88, 18, 219, 112, 88, 121]),
    ("RewardBooksShort", [239, 27, 23, 61, 28, 133, 28, 180]),
    ("OwnRewardsClaimed", [139, 28, 212, 82, 239, 88, 131, 107]),
    ("LotActivated", [62, 160, 42, 154, 61, 221, 176, 21]),
    ("CommissionAnnounced", [108, 251, 114, 166, 124, 174, 105, 136]),
    ("OperatorSet", [187, 242, 164, 221, 208, 246, 180, 178]),
    ("RewardDestinationSet", [205, 54, 155, 13, 248, 66, 179, 149]),
    ("ProviderRetired", [222, 251, 167, 133, 217, 207, 33, 207]),
    ("ProviderClosed", [161, 166, 249, 96, 136, 153, 232, 194]),
    ("PositionClosed", [157, 163, 227, 228, 13, 97, 138, 121]),
    ("EpochsLost", [57, 81, 54, 8, 218, 235, 45, 112]),
    ("EpochOpened", [136, 166, 130, 170, 78, 145, 67, 78]),
    ("ProvidersWeighed", [144, 219, 20, 94, 179, 253, 122, 163]),
    ("EpochFinalized", [109, 54, 231, 81, 101, 249, 145, 107]),
    ("ProvidersSettled", [89, 122, 55, 10, 42, 15, 27, 122]),
    ("EpochSwept", [11, 16, 10, 21, 155, 190, 75, 56]),
    ("EpochClosed", [21, 4, 48, 56, 29, 169, 77, 42]),
    ("BountyPaid", [60, 72, 10, 171, 122, 59, 238, 148]),
    ("SurplusSwept", [10, 228, 130, 83, 221, 240, 210, 32]),
    ("TreasuryPaid", [203, 141, 198, 183, 132, 74, 239, 248]),
    ("EntrancesPaused", [146, 109, 104, 1, 14, 144, 100, 174]),
    ("EntrancesUnpaused", [196, 184, 7, 46, 3, 91, 213, 61]),
    ("AuthorityProposed", [244, 117, 94, 112, 53, 151, 35, 89]),
    ("AuthorityAccepted", [166, 192, 219, 188, 41, 209, 195, 26]),
    ("ParamsProposed", [29, 64, 243, 241, 75, 135, 93, 142]),
    ("ParamsExecuted", [43, 82, 27, 103, 223, 157, 65, 40]),
    ("ParamsCancelled", [160, 167, 193, 145, 11, 138, 30, 120]),
];

/// Looks a name up in one of the tables.
pub const fn discriminator(table: &[(&str, [u8; 8])], name: &str) -> Option<[u8; 8]> {
    let mut rest = table;
    while let [(known, bytes), tail @ ..] = rest {
        if same(known.as_bytes(), name.as_bytes()) {
            return Some(*bytes);
        }
        rest = tail;
    }
    None
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        a = a_rest;
        b = b_rest;
    }
    a.is_empty() && b.is_empty()
}
