//! Subnets.

use crate::{
    noun,
    ops::{Call, Reply},
    world::subnet::Subnet,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::list::<Subnet>(call, "subnetSet")
}
