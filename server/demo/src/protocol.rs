//! The two XML protocols that EC2, IAM and STS speak: form parameters in, one tree of values out, written in either style.

pub mod params;
pub mod refusal;
pub mod value;
pub mod xml;
