//! Circles of a directed graph: its strongly connected parts of more than one node.

use std::collections::{BTreeMap, BTreeSet};

/// What each node needs.
pub type Needs = BTreeMap<String, BTreeSet<String>>;

/// The circles, each with its nodes in order.
pub fn circles(needs: &Needs) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = needs.keys().map(|node| (node, reach(needs, node))).collect();
    let mut found = BTreeSet::new();
    for (node, from) in &reached {
        let circle: Vec<String> = from
            .iter()
            .filter(|other| reached.get(*other).is_some_and(|back| back.contains(node)))
            .map(|n| (*n).clone())
            .collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

fn reach<'a>(needs: &'a Needs, from: &'a String) -> BTreeSet<&'a String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(node) = open.pop() {
        for next in needs.get(node).into_iter().flatten() {
            if found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Needs, circles};

    fn needs(edges: &[(&str, &[&str])]) -> Needs {
        edges.iter().map(|(from, to)| ((*from).into(), to.iter().map(|to| (*to).into()).collect())).collect()
    }

    #[test]
    fn a_circle_is_named_once_and_what_only_leads_into_it_is_not() {
        let graph = needs(&[("a", &["b"]), ("b", &["c"]), ("c", &["a", "d"]), ("d", &[]), ("e", &["a"])]);
        assert_eq!(circles(&graph), [["a", "b", "c"]]);
        assert!(circles(&needs(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])).is_empty());
    }
}
