//! How wide a column would have to be for nothing in it to be cut.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::heading::table;

/// The width that what is drawn of a column needs, in pixels. Columns are counted from the one of the checkboxes.
pub fn natural(column: usize) -> Option<f64> {
    let table = table()?;
    let col: HtmlElement = table.query_selector(&format!("col:nth-child({})", column + 1)).ok().flatten()?.dyn_into().ok()?;
    let before = col.style().get_property_value("width").ok()?;
    // Only what is too narrow for its content tells how wide that is.
    col.style().set_property("width", "24px").ok()?;
    let cells = table.query_selector_all(&format!(":is(th, td):nth-child({})", column + 1)).ok()?;
    let cells = (0..cells.length()).filter_map(|index| cells.get(index)?.dyn_into::<Element>().ok());
    let widest = cells.filter(|cell| cell.parent_element().is_some_and(|row| !row.has_attribute("aria-hidden"))).map(|cell| needs(&cell));
    let widest = widest.fold(0.0, f64::max);
    col.style().set_property("width", &before).ok()?;
    (widest > 0.0).then_some(widest.ceil() + 1.0)
}

/// How far the content of a cell reaches, and the room that it keeps on its right.
fn needs(cell: &Element) -> f64 {
    let left = cell.get_bounding_client_rect().left();
    let Ok(inside) = cell.query_selector_all(":scope *:not([popover], [popover] *, .list-edge, .list-column-menu, .list-column-menu *)")
    else {
        return 0.0;
    };
    let inside = (0..inside.length()).filter_map(|index| inside.get(index)?.dyn_into::<Element>().ok());
    let reach = |element: Element| {
        let at = element.get_bounding_client_rect();
        at.left() - left + f64::from(element.scroll_width()).max(at.width())
    };
    let reach = inside.map(reach).fold(0.0, f64::max);
    let padding = leptos::prelude::window().get_computed_style(cell).ok().flatten();
    let padding = padding.and_then(|style| style.get_property_value("padding-right").ok()?.trim_end_matches("px").parse::<f64>().ok());
    // Bare text has no element of its own.
    (reach + padding.unwrap_or_default()).max(cell.scroll_width().into())
}
