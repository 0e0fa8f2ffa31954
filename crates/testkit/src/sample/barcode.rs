//! EAN-13 barcodes.

/// The check digit that belongs behind `twelve` digits: the weights are 1 and 3 in turn from the left.
/// `None` unless they are exactly twelve decimal digits.
pub fn check_digit(twelve: &str) -> Option<char> {
    if twelve.len() != 12 {
        return None;
    }
    let mut sum = 0;
    for (place, digit) in twelve.chars().enumerate() {
        sum += digit.to_digit(10)? * if place % 2 == 0 { 1 } else { 3 };
    }
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// Whether `code` is thirteen digits of which the last is the right check digit.
pub fn is_valid(code: &str) -> bool {
    code.len() == 13 && code.is_ascii() && code.chars().last() == check_digit(&code[..12])
}

/// The barcode of a maker's item: a Chinese prefix, four digits for the maker, five for the item, the check digit.
pub(super) fn ean13(maker: usize, item: usize) -> String {
    let mut code = format!("69{}{:04}{:05}", maker % 10, 1_307 + maker * 89, item);
    if let Some(digit) = check_digit(&code) {
        code.push(digit);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_follow_the_rule() {
        // The worked example every description of the rule gives.
        assert_eq!(check_digit("400638133393"), Some('1'));
        assert!(is_valid("4006381333931"));
        assert!(!is_valid("4006381333932"));
        assert!(!is_valid("400638133393"));
        assert_eq!(check_digit("40063813339x"), None);
    }

    #[test]
    fn made_barcodes_are_valid() {
        for maker in 0..80 {
            assert!(is_valid(&ean13(maker, 12_345)), "maker {maker}");
        }
    }
}
