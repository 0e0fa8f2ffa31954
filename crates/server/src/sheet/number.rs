//! Numbers as a spreadsheet shows them.

use rust_decimal::Decimal;

/// A number with the fifteen digits a spreadsheet has, without the traces of the binary fraction it is kept as: `0.3`
/// rather than `0.30000000000000004`, `6901234567892` rather than `6.901234567892E12`.
pub(super) fn shown(number: f64) -> String {
    let fifteen = format!("{number:.14e}");
    Decimal::from_scientific(&fifteen).map_or_else(
        |_| number.to_string(),
        |decimal| {
            let decimal = decimal.normalize();
            if decimal.is_zero() {
                "0".to_owned()
            } else {
                decimal.to_string()
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_shown_without_traces_of_how_they_are_kept() {
        for (number, text) in [
            (12.0, "12"),
            (0.300_000_000_000_000_04, "0.3"),
            (6_901_234_567_892.0, "6901234567892"),
            (12.5, "12.5"),
            (-3.0, "-3"),
            (-0.0, "0"),
            (1_200_000.0, "1200000"),
            (0.000_1, "0.0001"),
        ] {
            assert_eq!(shown(number), text);
        }
    }
}
