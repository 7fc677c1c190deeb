//! How wide columns are: all of them fit where they can, those that the user has set are as they were set, and none is wider than it is of
//! use but the last, which takes what is left.

use crate::spec::column::Width;

/// What one column asks for, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// What it needs for most of what stands in it.
    pub least: f64,
    pub usual: f64,
    /// Beyond which it would be mostly empty.
    pub most: f64,
}

impl Wish {
    /// A column of the description; on a narrow screen it makes do with less.
    pub const fn of(width: Width, narrow: bool) -> Self {
        let (least, usual, most) = match width {
            Width::Narrow => (76.0, 104.0, 150.0),
            Width::Number => (84.0, 112.0, 150.0),
            Width::Medium => (112.0, 124.0, 190.0),
            Width::Id => (167.0, 180.0, 210.0),
            Width::Wide => (120.0, 204.0, 400.0),
        };
        Self { least: if narrow { 56.0 } else { least }, usual, most }
    }

    /// As wide as the user has set it.
    pub const fn set(width: f64) -> Self {
        Self { least: width, usual: width, most: width }
    }
}

/// The widths of columns that have so much room together. Their sum is the room, or more where it is not enough for the least of each.
pub fn fit(room: f64, wishes: &[Wish]) -> Vec<f64> {
    let usual: f64 = wishes.iter().map(|wish| wish.usual).sum();
    let give = |limit: fn(&Wish) -> f64| {
        let slack: f64 = wishes.iter().map(|wish| (limit(wish) - wish.usual).abs()).sum();
        let share = if slack > 0.0 { ((room - usual).abs() / slack).min(1.0) } else { 0.0 };
        wishes.iter().map(|wish| (wish.usual + (limit(wish) - wish.usual) * share).floor()).collect::<Vec<_>>()
    };
    let mut widths = give(if room < usual { |wish| wish.least } else { |wish| wish.most });
    let left = room - widths.iter().sum::<f64>();
    if let Some(last) = widths.last_mut()
        && left > 0.0
    {
        *last += left;
    }
    widths
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;
    use proptest::prelude::*;

    use super::*;
    use crate::spec;

    #[test]
    fn the_usual_columns_of_every_kind_fit_a_window_of_1440_pixels() {
        // Navigation, margins, checkbox, menu and a scroll bar.
        let room = 1440.0 - 216.0 - 48.0 - 40.0 - 44.0 - 15.0;
        for &kind in Kind::ALL {
            let Some(spec) = spec::of(kind) else { continue };
            let wishes: Vec<_> = spec.columns().iter().filter(|head| head.shown).map(|head| Wish::of(head.width, false)).collect();
            let widths = fit(room, &wishes);
            assert!(widths.iter().sum::<f64>() <= room, "{kind:?} needs {}", widths.iter().sum::<f64>());
        }
    }

    #[test]
    fn what_the_user_has_set_stays_and_the_last_takes_what_is_left() {
        let wishes = [Wish::set(100.0), Wish::set(80.0)];
        assert_eq!(fit(500.0, &wishes), [100.0, 400.0]);
        assert_eq!(fit(150.0, &wishes), [100.0, 80.0]);
        assert!(fit(500.0, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn room_is_used_up_and_nobody_starves(
            room in 0.0..3000.0,
            widths in prop::collection::vec(prop::sample::select(vec![Width::Narrow, Width::Number, Width::Medium, Width::Id, Width::Wide]), 1..14),
        ) {
            let room = f64::floor(room);
            let wishes: Vec<_> = widths.into_iter().map(|width| Wish::of(width, false)).collect();
            let least: f64 = wishes.iter().map(|wish| wish.least).sum();
            let fitted = fit(room, &wishes);
            let sum: f64 = fitted.iter().sum();
            prop_assert!((sum - f64::max(room, least)).abs() < 0.01, "{} of {}", sum, room);
            prop_assert!(fitted.iter().zip(&wishes).all(|(width, wish)| *width >= wish.least));
        }
    }
}
