//! MFA devices, as they are kept, and the codes that they show: <https://www.rfc-editor.org/rfc/rfc6238>.

use hmac::{Hmac, Mac as _};
use sha1::Sha1;

use crate::clock::{Millis, SECOND};

/// What a device without a seed shows, as often as one likes.
pub const MFA_CODE: &str = "123456";
/// How long a code is shown.
const STEP: Millis = 30 * SECOND;
/// By how many steps the clock of a device that is being enabled may be wrong, and that of one that was.
const DRIFT: i64 = 20;
const LATE: i64 = 1;

pub struct VirtualDevice {
    /// What its codes are made from, in Base32.
    pub seed: Option<String>,
    /// From when on it was somebody's.
    pub enabled_at: Option<Millis>,
}

impl VirtualDevice {
    /// Whether it shows this code, or did so a moment ago.
    pub fn shows(&self, code: &str, now: Millis) -> bool {
        self.seed.as_ref().map_or(code == MFA_CODE, |seed| (-LATE..=LATE).any(|by| at(seed, now / STEP + by) == code))
    }

    /// Whether it shows these one after the other.
    pub fn shows_both(&self, first: &str, second: &str, now: Millis) -> bool {
        let Some(seed) = &self.seed else { return first == MFA_CODE };
        (-DRIFT..=DRIFT).any(|by| at(seed, now / STEP + by) == first && at(seed, now / STEP + by + 1) == second)
    }
}

/// The code of a step.
fn at(seed: &str, step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(&base32(seed)).expect("a key may be of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let from = usize::from(digest[19] & 0xf);
    let number = digest[from..from + 4].iter().fold(0_u32, |number, &byte| number << 8 | u32::from(byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The bytes of a text in Base32; what is no letter of it is skipped.
fn base32(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (vec![], 0_u32, 0_u32);
    for value in text.bytes().filter_map(|letter| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|&known| known == letter)) {
        held = held << 5 | u32::try_from(value).unwrap_or_default();
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            // No more than twelve bits are held.
            bytes.push((held >> bits).to_be_bytes()[3]);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", as in the RFC's table.
    const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")] {
            assert_eq!(at(SEED, seconds / 30), code);
        }
    }

    #[test]
    fn a_code_is_good_for_a_while_and_two_only_in_their_order() {
        let device = VirtualDevice { seed: Some(SEED.into()), enabled_at: None };
        let now = 1_234_567_890 * SECOND;
        let code = |by: i64| at(SEED, now / STEP + by);
        assert!(device.shows(&code(0), now) && device.shows(&code(-1), now) && !device.shows(&code(-3), now));
        assert!(device.shows_both(&code(-1), &code(0), now) && !device.shows_both(&code(0), &code(-1), now));
        assert!(!device.shows_both(&code(0), &code(2), now) && !device.shows(MFA_CODE, now));
    }
}
