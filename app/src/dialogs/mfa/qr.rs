//! A text as a picture that cameras read, made of elements.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// So many modules around it stay light, or no camera finds it: ISO/IEC 18004.
const QUIET: i32 = 4;

/// Nothing where the text is too long for a picture.
#[component]
pub fn Qr(text: String, label: String) -> impl IntoView {
    let code = QrCode::encode_text(&text, QrCodeEcc::Medium).ok()?;
    let whole = code.size() + 2 * QUIET;
    Some(view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("{0} {0} {whole} {whole}", -QUIET) shape-rendering="crispEdges">
            <path d=outline(&code)></path>
        </svg>
    })
}

/// The dark modules, those side by side as one.
fn outline(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                path += &format!("M{from} {y}h{}v1h-{}z", x - from, x - from);
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_dark_and_nothing_else() {
        let code = QrCode::encode_text("otpauth://totp/Demo:ann?secret=JBSWY3DPEHPK3PXP", QrCodeEcc::Medium).expect("it is short");
        let path = outline(&code);
        let drawn: i32 = path.split('h').skip(1).step_by(2).filter_map(|rest| rest.split('v').next()?.parse::<i32>().ok()).sum();
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|&(x, y)| code.get_module(x, y)).count();
        assert_eq!(usize::try_from(drawn), Ok(dark));
        // The upper left corner of every code: seven dark modules, then a light one.
        assert!(path.starts_with("M0 0h7v1h-7z"), "{path}");
    }
}
