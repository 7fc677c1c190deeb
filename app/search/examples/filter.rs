//! The engine for other programs, so that it can be compared with theirs (end2end/search/differential.mjs): reads lines of fields between
//! tabs, `row`, name, zone, state, size, created, or `query` and its text, and answers each query with the numbers of the rows it finds.

use std::io::{self, BufRead, Write};

use search::{Clock, Kind, Property, Record, Schema, Search, Store, query::parse};

const TEXTS: usize = 3;

fn main() -> io::Result<()> {
    let mut store = Store::new(Schema {
        properties: vec![
            Property::new("name", "Name", Kind::Text).searched(),
            Property::new("zone", "Zone", Kind::Text).searched(),
            Property::new("state", "State", Kind::Text).searched(),
            Property::new("size", "Size", Kind::Number),
            Property::new("created", "Created", Kind::Date),
        ],
        ..Schema::default()
    });
    let mut record = Record::new();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (id, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        let mut fields = line.split('\t');
        match fields.next() {
            Some("row") => {
                record.begin(&id.to_string());
                for (property, field) in fields.enumerate().filter(|(_, field)| !field.is_empty()) {
                    match field.parse() {
                        Ok(number) if property >= TEXTS => record.number(property, number),
                        _ => record.value(property, field),
                    }
                }
                store.upsert(&record);
            }
            Some("query") => {
                let (query, _) = parse(fields.next().unwrap_or_default(), store.schema());
                let search = Search::new(&store, &query, Clock::default()).finish(&store);
                let rows: Vec<_> = search.hits().iter().map(|row| row.to_string()).collect();
                writeln!(out, "{}", rows.join(" "))?;
            }
            other => writeln!(out, "neither a row nor a query: {other:?}")?,
        }
    }
    out.flush()
}
