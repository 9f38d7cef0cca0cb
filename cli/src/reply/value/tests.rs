use super::*;

impl Value {
    /// The integer, of whatever kind.
    fn integer(&self) -> Option<i128> {
        match self {
            Self::Small(Small(number)) => Some((*number).into()),
            Self::Amount(Amount(digits)) => digits.parse().ok(),
            _ => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        self.integer()?.try_into().ok()
    }

    pub fn as_i64(&self) -> Option<i64> {
        self.integer()?.try_into().ok()
    }

    /// Whether JSON has a number for it.
    pub fn is_small(&self) -> bool {
        matches!(self, Self::Small(_))
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

macro_rules! equal {
    ($($plain:ty),*) => { $(
        impl PartialEq<$plain> for Value {
            fn eq(&self, plain: &$plain) -> bool {
                *self == plain.tell()
            }
        }
    )* };
}

equal!(bool, &str, String, u8, u16, u32, i32, i64, usize, u64);

#[test]
fn every_type_of_integer_is_a_number_or_a_string_at_its_bounds() {
    let json = |value: Value| value.to_json().to_string();
    for (told, expected) in [
        (json(u8::MAX.tell()), "255"),
        (json(u16::MAX.tell()), "65535"),
        (json(u32::MAX.tell()), "4294967295"),
        (json(i32::MIN.tell()), "-2147483648"),
        (json(i64::from(u32::MAX).tell()), "4294967295"),
        (json(usize::MIN.tell()), "0"),
        (json(Count(1_800_000_000).tell()), "1800000000"),
        (json(0u64.tell()), "\"0\""),
        (json(u64::MAX.tell()), "\"18446744073709551615\""),
        (json(u128::MAX.tell()), "\"340282366920938463463374607431768211455\""),
        (json((-5i128).tell()), "\"-5\""),
        // The largest that a reader holds exactly, and the ones beyond.
        (json(((1i64 << 53) - 1).tell()), "9007199254740991"),
        (json((1i64 << 53).tell()), "\"9007199254740992\""),
        (json((-1i64 << 53).tell()), "\"-9007199254740992\""),
        (json(i64::MAX.tell()), "\"9223372036854775807\""),
        (json(usize::MAX.tell()), "\"18446744073709551615\""),
        (json(Count(1 << 53).tell()), "\"9007199254740992\""),
        (json(Count(u64::MAX).tell()), "\"18446744073709551615\""),
    ] {
        assert_eq!(told, expected);
    }
}

#[test]
fn a_name_decides_nothing() {
    for name in ["amount", "epoch", "fee", "until_ts", "slot", "net"] {
        let value = |told: Value| Value::Object(Map::from_iter([(name.to_owned(), told)])).to_json()[name].clone();
        assert!(value(5u64.tell()).is_string() && value(5u32.tell()).is_number(), "{name}");
    }
}

#[test]
fn facts_are_what_they_say_in_lists_objects_and_options() {
    let (fees, missing): (Vec<u64>, Option<u64>) = (vec![1, 2], None);
    let told = facts!({
        "fees": fees,
        "missing": missing,
        "none": null,
        "vaults": { "escrow": 3u64, "places": [0u16, 2] },
        "ok": fees.len() == 2,
        "rows": fees.iter().map(|fee| facts!({ "fee": fee, "place": 7u16 })).collect::<Vec<_>>(),
        "nothing": {},
    });
    let json = serde_json::json!({
        "fees": ["1", "2"], "missing": null, "none": null, "vaults": { "escrow": "3", "places": [0, 2] }, "ok": true,
        "rows": [{ "fee": "1", "place": 7 }, { "fee": "2", "place": 7 }], "nothing": {},
    });
    assert_eq!(told.to_json(), json);
}

#[test]
fn what_is_kept_of_a_value_comes_back_as_it_was() {
    let told = facts!({ "fee": 5u64, "epoch": 5u32, "why": "5", "list": [facts!(5u64), facts!(-5i32), Value::Null] });
    let kept = serde_json::to_string(&told).unwrap();
    let back: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!((&back, back.to_json()), (&told, told.to_json()), "{kept}");
}

#[test]
fn a_value_is_written_as_parameter_files_have_it() {
    let list = facts!([facts!(5u64), facts!(6u32), facts!("a \"b\"")]);
    assert_eq!(list.to_string(), "[5, 6, \"a \\\"b\\\"\"]");
}
