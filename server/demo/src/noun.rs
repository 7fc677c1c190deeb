//! What all kinds of EC2 have in common, and the describe call written once for them.

use crate::{
    filter::{Filters, Names},
    ops::{Call, Reply},
    page::{self, Table},
    protocol::{params::Scope, refusal::Refusal, value::Value},
    world::{Text, World},
};

/// A kind of EC2 resource.
pub trait Noun: Sized {
    /// The parameter that lists ids, such as `InstanceId`.
    const ID: &'static str;
    /// What ids begin with, and the error code for one that does not; `None` where any text will do.
    const SHAPE: Option<(&'static str, &'static str)>;
    const FILTERS: Names;
    /// What `MaxResults` may be.
    const MAX_RESULTS: (usize, usize) = (5, 1000);
    /// How many rows come without `MaxResults`.
    const DEFAULT_RESULTS: usize = usize::MAX;

    fn table(world: &World) -> &Table<Self>;
    /// The refusal of an id that is not there.
    fn unknown(id: &str) -> Refusal;
    /// The row as it stands in replies.
    fn show(&self, id: &str, world: &World) -> Value;

    /// The keys of the rows that are asked for by id; empty for all rows.
    fn asked(scope: &Scope<'_>, world: &World) -> Result<Vec<Text>, Refusal> {
        scope.list(Self::ID).into_iter().map(|id| Self::key(world, id)).collect()
    }

    /// The table's own key of an id.
    fn key(world: &World, id: &str) -> Result<Text, Refusal> {
        if let Some((prefix, code)) = Self::SHAPE
            && !id.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_hexdigit()))
        {
            return Err(Refusal::new(code, format!("Invalid id: \"{id}\" (expecting \"{prefix}...\")")));
        }
        Self::table(world).get_key_value(id).map(|(key, _)| key.clone()).ok_or_else(|| Self::unknown(id))
    }
}

/// One page of a kind, with the token of the next.
pub struct Rows {
    pub rows: Vec<Value>,
    pub next: Option<String>,
}

impl Rows {
    /// As a reply: the rows in the set that the kind's describe call names.
    pub fn reply(self, set: &'static str) -> Value {
        Value::Map(vec![(set, Value::List(self.rows)), ("nextToken", self.next.into())])
    }
}

/// The key of the row that a parameter names.
pub fn named<T: Noun>(call: &Call<'_>, parameter: &str) -> Result<Text, Refusal> {
    T::key(call.world, call.scope().require(parameter)?)
}

/// `Describe…` of a kind that is shown to everybody who asks, in the set of this name.
pub fn list<T: Noun>(call: &Call<'_>, set: &'static str) -> Reply {
    describe(&call.scope(), call.world, |_: &T| true).map(|rows| rows.reply(set))
}

/// `Describe…`: by ids or all, those that `pick` and the filters let pass, a page at a time.
pub fn describe<T: Noun>(scope: &Scope<'_>, world: &World, pick: impl Fn(&T) -> bool) -> Result<Rows, Refusal> {
    describe_as(scope, world, T::FILTERS, |row: &T, id| pick(row).then(|| row.show(id, world)))
}

/// As [`describe`], with rows shown another way; filters see what is shown.
pub fn describe_as<T: Noun>(
    scope: &Scope<'_>,
    world: &World,
    names: Names,
    show: impl Fn(&T, &str) -> Option<Value>,
) -> Result<Rows, Refusal> {
    let filters = Filters::read(scope, names)?;
    let limit = limit::<T>(scope)?;
    let asked = T::asked(scope, world)?;
    let pick = |id: &Text, row: &T| show(row, id).filter(|value| filters.hold(value));
    if !asked.is_empty() {
        let table = T::table(world);
        return Ok(Rows { rows: asked.iter().filter_map(|key| pick(key, table.get(key)?)).collect(), next: None });
    }
    let token = scope.text("NextToken");
    let page = page::page(T::table(world), token, limit, pick)
        .ok_or_else(|| Refusal::new("InvalidParameterValue", "Unable to parse pagination token"))?;
    Ok(Rows { rows: page.rows, next: page.next })
}

fn limit<T: Noun>(scope: &Scope<'_>) -> Result<usize, Refusal> {
    let (low, high) = T::MAX_RESULTS;
    match scope.number::<usize>("MaxResults")? {
        None => Ok(T::DEFAULT_RESULTS),
        Some(limit) if limit < low => Err(Refusal::new(
            "InvalidParameterValue",
            format!("Value ( {limit} ) for parameter maxResults is invalid. Expecting a value greater than or equal to {low}."),
        )),
        // Beyond the maximum EC2 gives the maximum.
        Some(limit) => Ok(limit.min(high)),
    }
}
