//! What a list shows as a file: CSV for spreadsheets, JSON for programs. The columns are those on the screen, in their order; the rows are
//! those that fit the search, in theirs.

use serde_json::{Map, Value, json};

use super::{columns::Column, row::Row};
use crate::spec::{AnySpec, cell::Cell};

/// One of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
}

impl Format {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
        }
    }

    pub fn write(self, spec: &dyn AnySpec, columns: &[Column], rows: &[Row]) -> String {
        match self {
            Self::Csv => csv(spec, columns, rows),
            Self::Json => json(spec, columns, rows),
        }
    }
}

/// RFC 4180, with a head of column keys.
fn csv(spec: &dyn AnySpec, columns: &[Column], rows: &[Row]) -> String {
    // The key of a tag is anybody's text.
    let mut text = columns.iter().map(|column| field(&column.key(spec))).collect::<Vec<_>>().join(",");
    text.push_str("\r\n");
    for row in rows {
        let fields: Vec<_> = columns.iter().map(|column| field(&plain(&column.cell(spec, row.item())))).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A field that a spreadsheet takes for what it is: never for a formula. <https://owasp.org/www-community/attacks/CSV_Injection>
fn field(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    let guarded = if !is_number && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

/// A list of objects by column keys.
fn json(spec: &dyn AnySpec, columns: &[Column], rows: &[Row]) -> String {
    let keys: Vec<_> = columns.iter().map(|column| column.key(spec)).collect();
    let object = |row: &Row| {
        let value = |(column, key): (&Column, &String)| (key.clone(), value(&column.cell(spec, row.item())));
        Value::Object(columns.iter().zip(&keys).map(value).collect())
    };
    let rows: Vec<_> = rows.iter().map(object).collect();
    format!("{:#}", Value::Array(rows))
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Word("Yes") => json!(true),
        Cell::Word("No") => json!(false),
        Cell::Count(n) | Cell::Gib(n) | Cell::Mib(n) => json!(n),
        Cell::Links(links) => links.iter().map(|link| Value::from(link.id.as_str())).collect(),
        Cell::Tags(tags) => Value::Object(tags.iter().map(|tag| (tag.key.clone(), json!(tag.value))).collect::<Map<_, _>>()),
        _ => Value::String(plain(cell)),
    }
}

/// A cell as one plain text; sizes in the unit that its column says.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Code(text) | Cell::Status { text, .. } => text.clone(),
        Cell::Word(word) => (*word).to_owned(),
        Cell::Link(link) => link.text.clone(),
        Cell::Links(links) => links.iter().map(|link| link.text.as_str()).collect::<Vec<_>>().join("; "),
        Cell::Time(at) => iso(*at),
        Cell::Count(n) | Cell::Gib(n) | Cell::Mib(n) => n.to_string(),
        Cell::Tags(tags) => tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect::<Vec<_>>().join("; "),
    }
}

/// `2026-11-22T09:30:00Z`, after Howard Hinnant's `civil_from_days`, <https://howardhinnant.github.io/date_algorithms.html>.
fn iso(at: api::Timestamp) -> String {
    let (days, seconds) = (at.div_euclid(86_400), at.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, kind::Kind, resource::Resource, tag::Tag};
    use proptest::prelude::*;

    use super::*;
    use crate::spec::{self, Item};

    fn row(name: &str) -> (&'static dyn AnySpec, Row) {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let instance = Instance { tags: vec![Tag::new("Name", name), Tag::new("env", "=1+1")], ..Instance::sample() };
        (spec, Row::new(spec, Item::new(instance)))
    }

    #[test]
    fn moments_are_written_as_iso_8601() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(iso(1_795_339_800), "2026-11-22T09:30:00Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn no_name_becomes_a_formula_or_breaks_its_line() {
        assert_eq!(field("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(field("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(field("-12"), "-12");
        assert_eq!(field("a \"b\",\nc"), "\"a \"\"b\"\",\nc\"");
    }

    fn all(spec: &dyn AnySpec) -> Vec<Column> {
        (0..spec.columns().len()).map(Column::Fact).collect()
    }

    #[test]
    fn columns_go_along_as_they_are_shown() {
        let (spec, row) = row("web");
        let columns = [Column::Tag("env".into()), Column::Fact(0), Column::Tag("a,b".into())];
        assert_eq!(csv(spec, &columns, &[row]), "tag:env,name,\"tag:a,b\"\r\n'=1+1,web,\r\n");
    }

    #[test]
    fn json_keeps_numbers_tags_and_what_is_missing() {
        let (spec, row) = row("web \"1\"");
        let rows: Value = serde_json::from_str(&json(spec, &all(spec), &[row])).expect("what is written can be read");
        assert_eq!(rows[0]["name"], "web \"1\"");
        assert_eq!(rows[0]["tags"]["env"], "=1+1");
    }

    proptest! {
        #[test]
        fn every_line_has_as_many_fields_as_the_head(name in "[^\\x00]{0,40}") {
            let (spec, row) = row(&name);
            let text = csv(spec, &all(spec), &[row]);
            let mut n_fields = vec![1];
            let mut quoted = false;
            for c in text.trim_end_matches("\r\n").replace("\r\n", "\u{0}").chars() {
                match c {
                    '"' => quoted = !quoted,
                    ',' if !quoted => *n_fields.last_mut().expect("there is a line") += 1,
                    '\u{0}' if !quoted => n_fields.push(1),
                    _ => {}
                }
            }
            prop_assert_eq!(n_fields, vec![spec.columns().len(); 2]);
        }
    }
}
