//! The plan divided into its parts, and what is typed as finished.

use chrono::NaiveDate;
use countersign_contract::plan::{PlannedLine, PlannedOrder};
use countersign_domain::order::ProducedLine;
use countersign_domain::plan::{Span, Standing};

use crate::order_view::input::{self, InputError};

/// A part of the plan: the first day of a day, week or quarter; `None` for what is promised for no day.
pub type Part = Option<NaiveDate>;

/// The parts of the plan in which there is something, the nearest first and those without a day last.
pub fn parts(orders: &[PlannedOrder], span: Span) -> Vec<Part> {
    // They come by promised day, so that equal parts stand together.
    let mut parts: Vec<Part> = orders.iter().map(|order| part(order, span)).collect();
    parts.dedup();
    parts
}

/// The part an order is in.
pub fn part(order: &PlannedOrder, span: Span) -> Part {
    order.promised.map(|day| span.beginning(day))
}

/// How it stands with an order: as with the line that is worst off.
pub fn standing(order: &PlannedOrder) -> Standing {
    let worst = |standing: Standing| match standing {
        Standing::Done => 0_u8,
        Standing::OnTime => 1,
        Standing::AtRisk => 2,
        Standing::Late => 3,
    };
    let lines = order.lines.iter().map(|line| line.standing);
    lines
        .max_by_key(|standing| worst(*standing))
        .unwrap_or(Standing::Done)
}

/// How many of the orders stand so.
pub fn count(orders: &[PlannedOrder], wanted: Standing) -> usize {
    orders.iter().filter(|order| standing(order) == wanted).count()
}

/// What is finished of a line, in whole percent; everything of a line of nothing.
pub fn percent(line: &PlannedLine) -> u32 {
    let hundredfold = line
        .produced
        .get()
        .saturating_mul(rust_decimal::Decimal::ONE_HUNDRED);
    let share = hundredfold.checked_div(line.quantity.get());
    let whole = share.and_then(|share| u32::try_from(share.trunc().mantissa()).ok());
    whole.unwrap_or(100).min(100)
}

/// What was typed as finished in all of a line, where it differs from what is known.
///
/// # Errors
/// What is wrong with it.
pub fn produced(typed: &str, line: &PlannedLine) -> Result<Option<ProducedLine>, InputError> {
    let produced = input::quantity(typed, Some(line.quantity))?;
    Ok((produced != line.produced).then_some(ProducedLine {
        line_id: line.id,
        produced,
    }))
}

#[cfg(test)]
mod tests {
    use countersign_contract::account::CustomerRef;
    use countersign_domain::id::{CustomerId, LineId, OrderId};
    use countersign_domain::quantity::Quantity;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn line(quantity: u32, produced: u32, standing: Standing) -> PlannedLine {
        PlannedLine {
            id: LineId(Uuid::from_u128(1)),
            sku: String::new(),
            name: LocalText::default(),
            unit: LocalText::default(),
            quantity: Quantity::whole(quantity),
            produced: Quantity::whole(produced),
            standing,
        }
    }

    fn order(promised: Option<&str>, lines: Vec<PlannedLine>) -> PlannedOrder {
        PlannedOrder {
            id: OrderId(Uuid::from_u128(1)),
            number: String::new(),
            version: 1,
            customer: CustomerRef {
                id: CustomerId(Uuid::nil()),
                code: String::new(),
                name: LocalText::default(),
            },
            promised: promised.map(day),
            lines,
        }
    }

    #[test]
    fn the_plan_has_the_parts_in_which_there_is_something() {
        let days = [Some("2026-11-23"), Some("2026-11-29"), Some("2026-12-01"), None];
        let orders = days.map(|day| order(day, Vec::new()));
        let found = |span| parts(&orders, span).len();
        assert_eq!(
            (found(Span::Day), found(Span::Week), found(Span::Quarter)),
            (4, 3, 2)
        );
        assert_eq!(
            parts(&orders, Span::Week),
            [Some(day("2026-11-23")), Some(day("2026-11-30")), None]
        );
    }

    #[test]
    fn an_order_stands_as_its_worst_line() {
        let both = |one, other| order(None, vec![line(4, 0, one), line(4, 0, other)]);
        assert_eq!(standing(&both(Standing::Late, Standing::Done)), Standing::Late);
        assert_eq!(
            standing(&both(Standing::OnTime, Standing::AtRisk)),
            Standing::AtRisk
        );
        assert_eq!(standing(&order(None, Vec::new())), Standing::Done);
        let orders = [
            both(Standing::Late, Standing::Done),
            both(Standing::Done, Standing::Done),
        ];
        assert_eq!(
            (count(&orders, Standing::Late), count(&orders, Standing::OnTime)),
            (1, 0)
        );
    }

    #[test]
    fn progress_is_told_in_whole_percent_and_never_rounded_up_to_all() {
        let percent_of = |quantity, produced| percent(&line(quantity, produced, Standing::OnTime));
        assert_eq!(percent_of(3, 2), 66);
        assert_eq!(percent_of(1000, 999), 99);
        assert_eq!(percent_of(4, 4), 100);
        assert_eq!(percent_of(0, 0), 100);
    }

    #[test]
    fn what_is_finished_is_told_in_all_and_only_where_it_is_new() {
        let line = line(60, 40, Standing::OnTime);
        assert_eq!(produced("40", &line), Ok(None));
        assert_eq!(
            produced("50", &line).map(|produced| produced.map(|one| one.produced)),
            Ok(Some(Quantity::whole(50)))
        );
        assert_eq!(
            produced("61", &line),
            Err(InputError::TooMuch(Quantity::whole(60)))
        );
    }
}
