//! Files of parameters: TOML, or JSON of which every name stands once.

use {
    crate::{
        failure::{Failure, Result},
        piped,
    },
    serde::{
        Deserialize, Deserializer,
        de::{Error, MapAccess, SeqAccess, Visitor},
    },
    serde_json::{Map, Value},
    std::{fmt, path::Path},
};

/// Reads a file's table; JSON where its name says so, or where nothing does and it begins so. A name that
/// stands twice is an error: which of the two is meant nobody can know.
pub fn read(path: &Path) -> Result<Map<String, Value>> {
    let named = |error: String| Failure::Usage(format!("{}: {error}", path.display()));
    let text = piped::read_text(path).map_err(|error| named(error.to_string()))?;
    // What is piped in has no name, and TOML does not begin so.
    let is_json = match path.extension() {
        Some(extension) => extension.eq_ignore_ascii_case("json"),
        None => text.trim_start().starts_with('{'),
    };
    if !is_json {
        // Its own text shows the line, and what was named by mistake may be a key.
        return toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            named(format!("line {}: {}", before.lines().count().max(1), error.message()))
        });
    }
    match serde_json::from_str(&text).map_err(|error| named(error.to_string()))? {
        Once(Value::Object(table)) => Ok(table),
        Once(_) => Err(named("a JSON object is expected".to_owned())),
    }
}

/// JSON of which no object names anything twice.
struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OnceVisitor).map(Self)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Once(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((name, Once(value))) = object.next_entry::<String, Once>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format!("{name} stands twice")));
            }
            map.insert(name, value);
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use {super::*, std::fs};

    fn read_text(extension: &str, text: &str) -> Result<Map<String, Value>> {
        let path = std::env::temp_dir().join(format!("work-token-file-{}.{extension}", std::process::id()));
        fs::write(&path, text).unwrap();
        let table = read(&path);
        fs::remove_file(&path).unwrap();
        table
    }

    #[test]
    fn a_key_that_is_taken_for_parameters_is_in_no_error() {
        let array = format!("[{}]", ["201"; 64].join(","));
        let base58 = "5".repeat(87);
        for (extension, text) in
            [("toml", &array), ("toml", &base58), ("json", &array), ("json", &base58), ("", &array)]
        {
            let refusal = read_text(extension, text).unwrap_err().to_string();
            assert!(!refusal.contains("201,201") && !refusal.contains("5555"), "{extension}: {refusal}");
        }
        let refusal = read_text("toml", "a = 1\nb = = 2\n").unwrap_err().to_string();
        assert!(refusal.contains("line 2: "), "{refusal}");
    }

    #[test]
    fn a_name_that_stands_twice_is_refused_at_any_depth_in_either_form() {
        let text = "{ \"a\": 1, \"b\": { \"c\": [1, \"2\", null, true, -1, 1.5] } }";
        assert_eq!(Value::from(read_text("json", text).unwrap()), serde_json::from_str::<Value>(text).unwrap());
        for (extension, text) in [
            ("json", "{ \"a\": 1, \"a\": 2 }"),
            ("JSON", "{ \"a\": { \"b\": 1, \"b\": 1 } }"),
            ("json", "{ \"a\": [{ \"b\": 1, \"b\": 2 }] }"),
            ("toml", "a = 1\na = 2\n"),
            ("toml", "[a]\nb = 1\nb = 2\n"),
            ("json", "[1]"),
        ] {
            assert!(matches!(read_text(extension, text), Err(Failure::Usage(_))), "{text}");
        }
    }
}
