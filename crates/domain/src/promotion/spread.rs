//! Spreading a discount of the order over its lines (domain.md section 5.6).

use crate::money::{Currency, Money};

/// `discount` spread over `amounts` in proportion, each share rounded half up to the minor unit; the last takes the
/// rounding difference. Where that would leave it below nothing or above its amount, the one before it takes the rest, and
/// so on: a share is never negative and never more than its line.
///
/// The shares add up to `discount`, which must lie between nothing and the sum of `amounts`. `None` when an amount is
/// beyond what a decimal can hold.
pub(super) fn spread(discount: Money, amounts: &[Money], currency: &Currency) -> Option<Vec<Money>> {
    let sum: Money = amounts.iter().copied().sum();
    if discount == Money::ZERO || sum == Money::ZERO {
        return Some(vec![currency.round(Money::ZERO.0); amounts.len()]);
    }
    let last = amounts.len().saturating_sub(1);
    let mut shares = Vec::with_capacity(amounts.len());
    for amount in &amounts[..last] {
        let exact = discount.0.checked_mul(amount.0)?.checked_div(sum.0)?;
        shares.push(currency.round(exact).min(*amount));
    }
    shares.push(currency.round(Money::ZERO.0));
    let mut rest = discount - shares.iter().copied().sum();
    for (share, amount) in shares.iter_mut().zip(amounts).rev() {
        if rest == Money::ZERO {
            break;
        }
        let whole = (*share + rest).clamp(Money::ZERO, *amount);
        rest -= whole - *share;
        *share = currency.round(whole.0);
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::spread;
    use crate::money::{Currency, Money};

    fn shares(discount: i64, amounts: &[i64]) -> Vec<String> {
        let amounts: Vec<Money> = amounts.iter().map(|cents| Money::new(*cents, 2)).collect();
        let shares = spread(Money::new(discount, 2), &amounts, &Currency::default()).expect("small amounts");
        assert_eq!(
            shares.iter().copied().sum::<Money>(),
            Money::new(discount, 2),
            "they add up"
        );
        shares.iter().map(Money::to_string).collect()
    }

    #[test]
    fn the_last_line_takes_the_rounding_difference() {
        assert_eq!(shares(1_000, &[3_000, 3_000, 3_000]), ["3.33", "3.33", "3.34"]);
        assert_eq!(shares(200, &[10_000, 5_000]), ["1.33", "0.67"]);
        assert_eq!(shares(15_000, &[10_000, 5_000]), ["100.00", "50.00"]);
    }

    #[test]
    fn no_share_is_negative_or_more_than_its_line() {
        // Half up, nine of these would be 0.09 of 0.05: the last can't give back 0.04.
        let tenth = shares(5, &[100; 10]);
        assert_eq!(tenth[..6], ["0.01", "0.01", "0.01", "0.01", "0.01", "0.00"]);
        // Four shares of 0.00 would leave 0.02 for a line of 0.01.
        assert_eq!(
            shares(2, &[1, 1, 1, 1, 1]),
            ["0.00", "0.00", "0.00", "0.01", "0.01"]
        );
    }
}
