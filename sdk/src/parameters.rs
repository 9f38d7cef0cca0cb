//! What governance sets, number by number, with the rule of each: as the program's one list has it.

use {
    crate::{
        Pubkey, WorkTokenError,
        state::{
            ChangeClass, DisputeRules, EmissionPolicy, JobRules, Metric, NetworkParams, SeverityRule, WorkPay,
            governed::{Field, Governed, Rule},
        },
    },
    bytemuck::bytes_of,
    std::{fmt, mem::offset_of, ops::Range},
    work_token_interface::limits::SEVERITY_BOUNDS,
};

/// A number of a set of rules.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name, through the tables and lists it stands in: `tier_bps[1]`, `disputes.severities[2].base_bps`.
    pub name: String,
    /// What it is.
    pub doc: &'static str,
    /// Its class, unit and bounds.
    pub rule: Rule,
    /// What it is now.
    pub value: Value,
    /// Its bytes in the whole set.
    pub place: Range<usize>,
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(u64),
    /// An address.
    Key(Pubkey),
    /// A metric.
    Metric(Metric),
}

/// A difference between two sets of rules.
#[derive(Clone, Debug)]
pub struct Change {
    /// The parameter's name.
    pub name: String,
    /// What it is now.
    pub from: Value,
    /// What it would be.
    pub to: Value,
    /// How it may change, and with what delay.
    pub class: ChangeClass,
    /// Whether one step may go so far, or the refusal.
    pub step: Result<(), WorkTokenError>,
}

/// The fields of a struct, each with its rules; none where it has a list of its own.
pub fn fields<T: Governed>() -> impl Iterator<Item = (&'static Field, &'static [Rule])> {
    let mut rest = T::RULES;
    T::FIELDS.iter().map(move |field| {
        let (rules, after) = rest.split_at(field.rules);
        rest = after;
        (field, rules)
    })
}

/// Every number of a network's parameters and of the tables among them. Metrics, which are no numbers, are
/// not among them.
pub fn parameters(params: &NetworkParams) -> Vec<Parameter> {
    groups(params, params).iter().flat_map(Group::parameters).collect()
}

/// Every number of the rules of a class of jobs.
pub fn rules_of_class(rules: &JobRules) -> Vec<Parameter> {
    Group::of(String::new(), 0, rules, rules).parameters()
}

/// What differs in a new set of a network's parameters.
pub fn changes(present: &NetworkParams, new: &NetworkParams) -> Vec<Change> {
    let mut changes: Vec<Change> = groups(present, new).iter().flat_map(Group::changes).collect();
    let class = Metric::class_of_change(&present.metrics, &new.metrics);
    let pairs = present.metrics.iter().zip(&new.metrics).enumerate().filter(|(_, (present, new))| present != new);
    changes.extend(pairs.map(|(place, (from, to))| Change {
        name: format!("metrics[{place}]"),
        from: Value::Metric(*from),
        to: Value::Metric(*to),
        class,
        step: match class {
            ChangeClass::Mode => Metric::require_steps(&present.metrics, &new.metrics),
            _ => from.require_step(to),
        },
    }));
    changes
}

/// What differs in new rules of a class of jobs.
pub fn changes_of_class(present: &JobRules, new: &JobRules) -> Vec<Change> {
    Group::of(String::new(), 0, present, new).changes()
}

const EMISSION: usize = offset_of!(NetworkParams, emission);
const DISPUTES: usize = offset_of!(NetworkParams, disputes);
const WORK_PAY: usize = offset_of!(NetworkParams, work_pay);

/// Numbers that stand together in one struct.
struct Group<'a> {
    prefix: String,
    offset: usize,
    rules: Vec<(&'static Field, Option<usize>, Rule)>,
    present: &'a [u8],
    new: &'a [u8],
}

fn groups<'a>(present: &'a NetworkParams, new: &'a NetworkParams) -> Vec<Group<'a>> {
    let disputes: (&DisputeRules, &DisputeRules) = (&present.disputes, &new.disputes);
    let emission: (&EmissionPolicy, &EmissionPolicy) = (&present.emission, &new.emission);
    let work_pay: (&WorkPay, &WorkPay) = (&present.work_pay, &new.work_pay);
    let mut groups = vec![
        Group::of(String::new(), 0, present, new),
        Group::of("emission.".to_owned(), EMISSION, emission.0, emission.1),
        Group::of("work_pay.".to_owned(), WORK_PAY, work_pay.0, work_pay.1),
        Group::of("disputes.".to_owned(), DISPUTES, disputes.0, disputes.1),
    ];
    let severities = disputes.0.severities.iter().zip(&disputes.1.severities).zip(SEVERITY_BOUNDS).zip(1..);
    groups.extend(severities.map(|(((present, new), bounds), severity)| {
        let offset = DISPUTES + offset_of!(DisputeRules, severities) + (severity - 1) * size_of::<SeverityRule>();
        let mut group = Group::of(format!("disputes.severities[{severity}]."), offset, present, new);
        for (row, rule) in group.rules.iter_mut().zip(SeverityRule::rules(bounds)) {
            row.2 = rule;
        }
        group
    }));
    groups
}

impl<'a> Group<'a> {
    fn of<T: Governed>(prefix: String, offset: usize, present: &'a T, new: &'a T) -> Self {
        let rules = fields::<T>().flat_map(|(field, rules)| {
            let is_list = rules.len() > 1;
            rules.iter().enumerate().map(move |(place, rule)| (field, is_list.then_some(place), *rule))
        });
        Self { prefix, offset, rules: rules.collect(), present: bytes_of(present), new: bytes_of(new) }
    }

    fn name(&self, field: &Field, place: Option<usize>) -> String {
        match place {
            Some(place) => format!("{}{}[{place}]", self.prefix, field.name),
            None => format!("{}{}", self.prefix, field.name),
        }
    }

    fn parameters(&self) -> Vec<Parameter> {
        let all = self.rules.iter().map(|(field, place, rule)| Parameter {
            name: self.name(field, *place),
            doc: field.doc.trim(),
            rule: *rule,
            value: value(rule, self.present),
            place: self.offset + rule.place().start..self.offset + rule.place().end,
        });
        all.collect()
    }

    fn changes(&self) -> Vec<Change> {
        let differing = self.rules.iter().filter(|(_, _, rule)| rule.differs(self.present, self.new));
        let changes = differing.map(|(field, place, rule)| Change {
            name: self.name(field, *place),
            from: value(rule, self.present),
            to: value(rule, self.new),
            class: rule.class,
            step: rule.require_step(self.present, self.new),
        });
        changes.collect()
    }
}

fn value(rule: &Rule, bytes: &[u8]) -> Value {
    let key = bytes.get(rule.place()).and_then(|key| <[u8; 32]>::try_from(key).ok());
    key.map_or_else(|| Value::Number(rule.value(bytes)), |key| Value::Key(key.into()))
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Key(key) => key.fmt(f),
            Self::Metric(metric) => {
                let label: Vec<u8> = metric.label.iter().copied().take_while(|byte| *byte != 0).collect();
                let label = String::from_utf8_lossy(&label);
                write!(f, "{label} ({}): {} ppm, gate {} bps", metric.source, metric.weight_ppm, metric.gate_bps)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::presets, bytemuck::Zeroable, std::collections::BTreeSet};

    fn covers<T: Governed>(own: &[(usize, usize)]) {
        let mut places: Vec<(usize, usize)> =
            T::RULES.iter().map(|rule| (rule.place().start, rule.place().end)).collect();
        places.extend(own);
        places.sort_unstable();
        let end = places.iter().fold(0, |end, place| {
            assert_eq!(place.0, end, "every byte has one rule");
            place.1
        });
        assert_eq!(end, size_of::<T>());
        assert_eq!(T::FIELDS.iter().map(|field| field.rules).sum::<usize>(), T::RULES.len());
    }

    #[test]
    fn every_byte_of_the_parameters_has_a_rule() {
        let own = |offset: usize, size: usize| (offset, offset + size);
        covers::<JobRules>(&[]);
        covers::<EmissionPolicy>(&[]);
        covers::<SeverityRule>(&[]);
        covers::<DisputeRules>(&[own(std::mem::offset_of!(DisputeRules, severities), size_of::<[SeverityRule; 5]>())]);
        covers::<NetworkParams>(&[
            own(std::mem::offset_of!(NetworkParams, metrics), size_of::<[Metric; 6]>()),
            own(std::mem::offset_of!(NetworkParams, emission), size_of::<EmissionPolicy>()),
            own(std::mem::offset_of!(NetworkParams, disputes), size_of::<DisputeRules>()),
            own(std::mem::offset_of!(NetworkParams, work_pay), size_of::<WorkPay>()),
        ]);
        covers::<WorkPay>(&[]);
    }

    #[test]
    fn every_number_has_a_name_of_its_own() {
        let params = NetworkParams { disputes: presets::DISPUTES, ..NetworkParams::zeroed() };
        let all = parameters(&params);
        let names: BTreeSet<&str> = all.iter().map(|parameter| parameter.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
        let names_of_tables = ["emission.year_cap", "work_pay.unit_burn", "disputes.juror_fee"];
        for name in names_of_tables.into_iter().chain(["leverage", "tier_bps[3]", "disputes.severities[5].base_bps"]) {
            assert!(names.contains(name), "{name}");
        }
        let severity = all.iter().find(|parameter| parameter.name == "disputes.severities[2].base_bps").unwrap();
        assert_eq!((severity.value, severity.rule.lower, severity.rule.upper), (Value::Number(100), 10, 500));
        assert!(all.iter().all(|parameter| !parameter.doc.is_empty()));
    }

    #[test]
    fn a_change_says_what_it_is_and_whether_it_is_a_step() {
        let present = NetworkParams { leverage: 16, disputes: presets::DISPUTES, ..NetworkParams::zeroed() };
        let mut new = NetworkParams { leverage: 20, max_supply: 1, ..present };
        new.disputes.severities[0].base_bps = 12;
        let found: Vec<_> = changes(&present, &new)
            .into_iter()
            .map(|change| (change.name, change.to, change.class, change.step))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "max_supply".to_owned(),
                    Value::Number(1),
                    ChangeClass::Falling,
                    Err(WorkTokenError::ParameterOnlyFalls)
                ),
                ("leverage".to_owned(), Value::Number(20), ChangeClass::Economic, Err(WorkTokenError::StepTooLarge)),
                ("disputes.severities[1].base_bps".to_owned(), Value::Number(12), ChangeClass::Safety, Ok(())),
            ]
        );
        assert!(changes(&new, &new).is_empty());
    }
}
