//! Drawing several out of a few, without repetition: the attesters of a shard (score-draw-1).

/// The index of the first entry whose running sum of weights exceeds `r`: each with probability weight /
/// total, for `r` uniform below the total. `None` when `r` is not below the total.
///
/// For a sample without repetition the caller leaves out what was taken, in the weights as in the total that
/// `r` was reduced to. Weights are bonds. Two halves of a bond are first picked as often as the whole, but
/// once one of them is taken the other can be, too: splitting does gain seats. It gains nothing, because a
/// seat is paid by points times bond ([`weighted_points`](crate::attester::weighted_points)). Subtracting
/// from `r` in place of summing cannot overflow.
pub fn pick(weights: impl Iterator<Item = (usize, u64)>, r: u64) -> Option<usize> {
    let mut rest = r;
    for (index, weight) in weights {
        match rest.checked_sub(weight) {
            Some(less) => rest = less,
            None => return Some(index),
        }
    }
    None
}
