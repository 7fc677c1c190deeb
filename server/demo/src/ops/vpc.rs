//! VPCs.

use crate::{
    noun,
    ops::{Call, Reply},
    world::vpc::Vpc,
};

pub fn describe(call: &mut Call<'_>) -> Reply {
    noun::list::<Vpc>(call, "vpcSet")
}
