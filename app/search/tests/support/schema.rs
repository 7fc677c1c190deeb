//! A schema with every kind of property.

use search::{Kind, Property, Schema};

pub fn schema() -> Schema {
    Schema {
        properties: vec![
            Property::new("name", "Name", Kind::Text).searched().cloud_filter("image-name"),
            Property::new("state", "State", Kind::Choice)
                .choice("running", "Running")
                .choice("stopped", "Stopped")
                .choice("available", "Available")
                .choice("unavailable", "Not available")
                .alias("status")
                .cloud_filter("instance-state-name"),
            Property::new("key", "Key", Kind::Text),
            Property::new("pair", "Key pair", Kind::Text).alias("key_name"),
            Property::new("group", "Security group", Kind::Text).multiple().searched().cloud_filter("group-name"),
            Property::new("cores", "Cores", Kind::Number),
            Property::new("size", "Size", Kind::Size { unit: 1 << 30 }),
            Property::new("launched", "Launched", Kind::Date),
            Property::new("ip", "Address", Kind::Address),
        ],
        has_tags: true,
        text_aliases: vec!["tags".to_owned()],
    }
}
