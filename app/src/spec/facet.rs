//! Facets: the properties that a list can be narrowed by.

/// A property with values to choose from. The values are those that the rows have, and the fixed ones.
pub struct Facet<T: 'static> {
    pub head: FacetHead,
    pub values: Values<T>,
}

/// What there is to know of a facet without knowing the resource.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FacetHead {
    /// Stable: it is the parameter in URLs.
    pub key: &'static str,
    /// English; translated when drawn.
    pub label: &'static str,
    /// Values with a word of ours: `("true", "Detailed")`. They are offered even where no row has them, in this order.
    pub options: &'static [(&'static str, &'static str)],
    /// A parameter of older bookmarks that means the same.
    pub alias: &'static str,
    /// Whether a resource can have several values.
    pub is_multiple: bool,
}

/// How the values come out of a resource. The empty value means that it has none, and can be asked for like any other.
pub enum Values<T: 'static> {
    One(fn(&T) -> &str),
    Many(fn(&T) -> Vec<&str>),
}

impl<T> Facet<T> {
    pub const fn one(key: &'static str, label: &'static str, value: fn(&T) -> &str) -> Self {
        Self { head: FacetHead { key, label, options: &[], alias: "", is_multiple: false }, values: Values::One(value) }
    }

    pub const fn many(key: &'static str, label: &'static str, values: fn(&T) -> Vec<&str>) -> Self {
        Self { head: FacetHead { key, label, options: &[], alias: "", is_multiple: true }, values: Values::Many(values) }
    }

    pub const fn options(mut self, options: &'static [(&'static str, &'static str)]) -> Self {
        self.head.options = options;
        self
    }

    pub const fn alias(mut self, alias: &'static str) -> Self {
        self.head.alias = alias;
        self
    }

    /// Hands each value of a resource to `take`; the empty one where it has none.
    pub fn each(&self, resource: &T, take: &mut dyn FnMut(&str)) {
        match self.values {
            Values::One(value) => take(value(resource)),
            Values::Many(values) => {
                let values = values(resource);
                if values.is_empty() {
                    take("");
                }
                values.into_iter().for_each(take);
            }
        }
    }
}
